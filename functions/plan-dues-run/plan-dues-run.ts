import { changeFileIfDue } from "../../shared/casework/change-file.ts";
import type { DuesExecution } from "../../shared/contracts/dues.ts";
import type { StepDone } from "../../shared/contracts/waits.ts";
import { copenhagenDate } from "../../shared/domain/calendar/copenhagen-date.ts";
import { chunked, inPlanOrder, planOf } from "../../shared/domain/dues/dues-plan.ts";
import { type PlanLine, planLine } from "../../shared/domain/dues/plan-line.ts";
import { planIsLaid } from "../../shared/domain/run-changes/plan-is-laid.ts";
import type { Settings } from "../../shared/domain/settings/settings.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { Shelf } from "../../shared/ports/filing.ts";
import type { Members } from "../../shared/ports/members.ts";
import type { PlanStore } from "../../shared/ports/plan-store.ts";
import type { SettingsSource } from "../../shared/ports/settings-source.ts";

export interface PlanDuesRunDependencies {
  runs: Shelf<"run">;
  members: Pick<Members, "all" | "read">;
  plans: PlanStore;
  settings: SettingsSource;
  clock: Clock;
}

/** Members that are read at once: enough to hide the way to the table, few enough for a small function's memory. */
const AT_ONCE = 20;

/** Works out every payer's line, keeps them in chunks under their hash, and asks both secretaries. */
export async function planDuesRun(
  { runId }: DuesExecution,
  { runs, members, plans, settings, clock }: PlanDuesRunDependencies,
): Promise<StepDone> {
  const file = await runs.read(runId);
  if (file?.run.status !== "planning") return {};
  const now = clock.now();
  const current = await settings.at(now);
  const { year } = file.run;
  const lines = inPlanOrder(await everyLine(members, year, current, copenhagenDate(now)));
  const plan = planOf(year, lines, current, now);
  const address = { runId, sha256: plan.sha256 };
  for (const [index, chunk] of chunked(lines).entries()) await plans.write(address, index + 1, chunk);
  await changeFileIfDue(runs, runId, (read) => planIsLaid(read, plan, current.people, now));
  return {};
}

/** By each member's own file, read consistently: the index only says who there is. */
async function everyLine(
  members: PlanDuesRunDependencies["members"],
  year: number,
  settings: Settings,
  today: string,
): Promise<PlanLine[]> {
  const ids = (await members.all()).map(({ id }) => id);
  const lines: PlanLine[] = [];
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const files = await Promise.all(ids.slice(from, from + AT_ONCE).map((id) => members.read(id)));
    lines.push(...files.flatMap((file) => (file ? [planLine(file, year, settings, today)] : [])));
  }
  return lines;
}
