import { changeFileIfDue } from "../../shared/casework/change-file.ts";
import { type LinkOpening, openLinkOf } from "../../shared/casework/open-link.ts";
import { membersToHandOver, type RunReading, readRun } from "../../shared/casework/open-run.ts";
import { tryCode } from "../../shared/casework/try-code.ts";
import { isCaseCode, readCodeAndReason } from "../../shared/contracts/coded-form.ts";
import { isLocked, linkMark } from "../../shared/domain/approval/case-code.ts";
import type { DecisionLink } from "../../shared/domain/approval/link.ts";
import type { RunFile } from "../../shared/domain/dues/dues-run.ts";
import type { Change } from "../../shared/domain/files.ts";
import type { NewId } from "../../shared/domain/filing/change.ts";
import { invoicesAreHandedOver } from "../../shared/domain/member-changes/invoices-are-handed-over.ts";
import { runIsStopped } from "../../shared/domain/run-changes/run-is-sent.ts";
import { chromeOf } from "../../shared/http/chrome.ts";
import { errorReply } from "../../shared/http/error-reply.ts";
import type { Reply } from "../../shared/http/reply.ts";
import { type HttpRequest, isForeignOrigin } from "../../shared/http/request.ts";
import {
  lockedReply,
  type RunScreen,
  runAction,
  runReply,
  runStanding,
} from "../../shared/http/run-reply.ts";
import type { AssetUrls } from "../../shared/pages/kit/assets.ts";
import { refusedLinkPage } from "../../shared/pages/refused-link-page.ts";
import type { RunAction } from "../../shared/pages/run-page.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { Limits } from "../../shared/ports/limits.ts";
import type { LinkTokens } from "../../shared/ports/link-tokens.ts";
import type { Members } from "../../shared/ports/members.ts";
import type { SettingsSource } from "../../shared/ports/settings-source.ts";

export interface ActOnRunDependencies extends LinkOpening, RunReading {
  tokens: LinkTokens;
  limits: Limits;
  members: Pick<Members, "read" | "commit">;
  settings: SettingsSource;
  clock: Clock;
  newId: NewId;
  assets: AssetUrls;
  baseUrl: string;
}

/**
 * `POST /decisions/{token}/stop` and `…/handed-over`: what secretaries and chair can do to a run that is decided, with
 * the code of the mail their link stands in. What is done already is answered as done.
 */
export async function actOnRun(request: HttpRequest, dependencies: ActOnRunDependencies): Promise<Reply> {
  const { limits, settings, clock, assets, baseUrl } = dependencies;
  const now = clock.now();
  const posts = await limits.hit("decisions-per-address", request.address, now);
  if (!posts.allowed) return errorReply("too-many", request, assets, posts.retryAfterSeconds);
  const token = request.parameters["token"] ?? "";
  const [opened, current] = await Promise.all([
    openLinkOf("run", "decision", token, dependencies),
    settings.at(now),
  ]);
  const chrome = chromeOf(request, assets, current.sender);
  if (!opened) return { outcome: "unknown", page: refusedLinkPage({ why: "unknown" }, chrome) };
  if (isForeignOrigin(request, baseUrl))
    return { outcome: "foreign-origin", page: refusedLinkPage({ why: "foreign-origin" }, chrome) };
  const { link, file } = opened;
  const screen: RunScreen = {
    ...{ token, link, file, settings: current, chrome, now },
    ...(await readRun(file, dependencies)),
  };
  if (runStanding(file, link, current.people, now).kind !== "decided") return runReply(screen);
  const wanted: RunAction = request.path.endsWith("/stop") ? "stop" : "handed-over";
  if (runAction(file, screen.toHandOver) !== wanted) return runReply(screen, { outcome: "conflict" });
  const { caseCode } = readCodeAndReason(new URLSearchParams(request.body));
  if (!isCaseCode(caseCode)) return runReply(screen, { problem: "CODE_MALFORMED", outcome: "malformed" });
  if (isLocked(link, file)) return lockedReply(screen);
  const tried = await tryCode<"run", "right">(
    { link, token, caseCode, address: request.address },
    current.people,
    (fresh, at) => ({ change: actedOn(fresh, wanted, link, at), outcome: "right" }),
    dependencies,
  );
  if (tried === "no-such-file") return runReply(screen, { outcome: "conflict" });
  if (tried.kind === "too-many") return errorReply("too-many", request, assets, tried.retryAfterSeconds);
  if (tried.kind === "wrong-code")
    return tried.attemptsLeft < 1
      ? lockedReply(screen)
      : runReply(screen, { problem: "CODE_WRONG", outcome: "wrong-code" });
  await actions[wanted](screen, dependencies);
  return { outcome: "see-other", location: `/decisions/${token}` };
}

/** Who asked for what stands in the run's own trail, before anything of it is done. */
function actedOn({ run }: RunFile, action: RunAction, link: DecisionLink, now: number): Change<"run"> {
  const details = { action, status: run.status, link: linkMark(link) };
  return { audit: [{ code: "RUN_ACTED_ON", at: now, actor: link.recipient.role, details }] };
}

const actions: Record<RunAction, (screen: RunScreen, dependencies: ActOnRunDependencies) => Promise<void>> = {
  stop: async ({ file, link, settings }, { filing, clock, newId }) => {
    const by = { by: link.recipient.address, reason: "" };
    await changeFileIfDue(filing.run, file.owner.id, (run) =>
      runIsStopped(run, by, settings.people, newId, clock.now()),
    );
  },
  /** Each member in a transaction of its own: what a crash leaves is handed over by the next click. */
  "handed-over": async ({ file }, { members, plans, clock }) => {
    for (const { memberId } of await membersToHandOver(file, { members, plans }))
      await changeFileIfDue(members, memberId, (member) =>
        invoicesAreHandedOver(member, ({ runId }) => runId === file.run.id, "secretariat", clock.now()),
      );
  },
};
