import { type LinkOpening, openLinkOf } from "../../shared/casework/open-link.ts";
import { planLinesOf } from "../../shared/casework/open-run.ts";
import { planCsv } from "../../shared/domain/dues/plan-sheet.ts";
import { formulaGuard } from "../../shared/domain/invoicing/formula-guard.ts";
import { chromeOf } from "../../shared/http/chrome.ts";
import type { Reply } from "../../shared/http/reply.ts";
import type { HttpRequest } from "../../shared/http/request.ts";
import { runStanding } from "../../shared/http/run-reply.ts";
import type { AssetUrls } from "../../shared/pages/kit/assets.ts";
import { refusedLinkPage } from "../../shared/pages/refused-link-page.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { PlanStore } from "../../shared/ports/plan-store.ts";
import type { SettingsSource } from "../../shared/ports/settings-source.ts";

export interface ShowRunFileDependencies extends LinkOpening {
  plans: Pick<PlanStore, "read">;
  settings: SettingsSource;
  clock: Clock;
  assets: AssetUrls;
}

/** `GET /decisions/{token}/plan.csv`: every line of the plan, for as long as the link leads to it. */
export async function showRunFile(
  request: HttpRequest,
  dependencies: ShowRunFileDependencies,
): Promise<Reply> {
  const { settings, clock, assets, plans } = dependencies;
  const now = clock.now();
  const [opened, current] = await Promise.all([
    openLinkOf("run", "decision", request.parameters["token"], dependencies),
    settings.at(now),
  ]);
  const chrome = chromeOf(request, assets, current.sender);
  if (!opened) return { outcome: "unknown", page: refusedLinkPage({ why: "unknown" }, chrome) };
  const standing = runStanding(opened.file, opened.link, current.people, now);
  if (standing.kind !== "open" && standing.kind !== "decided")
    return { outcome: "gone", page: refusedLinkPage({ why: "superseded" }, chrome) };
  const csv = planCsv(await planLinesOf(opened.file, plans), formulaGuard);
  return {
    outcome: "shown",
    bytes: new TextEncoder().encode(csv),
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${opened.file.run.id}.csv"`,
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    },
  };
}
