import { changeFile } from "../../shared/casework/change-file.ts";
import { type LinkOpening, openLinkOf } from "../../shared/casework/open-link.ts";
import { applicantWithdraws } from "../../shared/domain/case-changes/case-ends.ts";
import { errorReply } from "../../shared/http/error-reply.ts";
import type { Reply } from "../../shared/http/reply.ts";
import { type HttpRequest, isForeignOrigin } from "../../shared/http/request.ts";
import type { AssetUrls } from "../../shared/pages/kit/assets.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { SettingsSource } from "../../shared/ports/settings-source.ts";

export interface WithdrawApplicationDependencies extends LinkOpening {
  settings: SettingsSource;
  clock: Clock;
  assets: AssetUrls;
  baseUrl: string;
}

/** `POST /agreements/{key}/withdraw`: the applicant takes the application back, until the last approval. */
export async function withdrawApplication(
  request: HttpRequest,
  dependencies: WithdrawApplicationDependencies,
): Promise<Reply> {
  const { filing, settings, clock, assets, baseUrl } = dependencies;
  const key = request.parameters["key"];
  const opened = await openLinkOf("case", "status", key, dependencies);
  if (!opened) return errorReply("not-found", request, assets);
  if (isForeignOrigin(request, baseUrl)) return errorReply("foreign-origin", request, assets);
  const caseId = opened.file.case.id;
  const { people } = await settings.at(clock.now());
  const outcome = await changeFile<"case", "withdrawn" | "too-late">(filing.case, caseId, (file) => {
    const change = applicantWithdraws(file, people, clock.now());
    if (change) return { change, outcome: "withdrawn" };
    return { outcome: file.case.status === "withdrawn" ? "withdrawn" : "too-late" };
  });
  if (outcome !== "withdrawn") return errorReply("closed", request, assets);
  return {
    outcome: "see-other",
    location: `/agreements/${key}${request.language === "en" ? "?lang=en" : ""}`,
  };
}
