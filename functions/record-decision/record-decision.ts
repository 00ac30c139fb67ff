import { type LinkOpening, openLink } from "../../shared/casework/open-link.ts";
import type { RunReading } from "../../shared/casework/open-run.ts";
import { tryCode } from "../../shared/casework/try-code.ts";
import { isCaseCode, readCodeAndReason, reasonMaxLength } from "../../shared/contracts/coded-form.ts";
import type { CaseFile, CaseRound } from "../../shared/domain/agreement/case-file.ts";
import { decidable, roundOf, uploadOf } from "../../shared/domain/agreement/case-questions.ts";
import {
  type Decision,
  decisionsOf,
  type LinkStanding,
  linkStanding,
  needsReason,
  outcomeOf,
} from "../../shared/domain/approval/decision.ts";
import type { DecisionLink } from "../../shared/domain/approval/link.ts";
import { approverDecides } from "../../shared/domain/case-changes/approver-decides.ts";
import { isCaseFile, isRunFile } from "../../shared/domain/files.ts";
import type { NewId } from "../../shared/domain/filing/change.ts";
import { chromeOf } from "../../shared/http/chrome.ts";
import {
  type DecisionScreen,
  decidedOtherwiseReply,
  decisionReply,
} from "../../shared/http/decision-reply.ts";
import { errorReply } from "../../shared/http/error-reply.ts";
import type { Reply } from "../../shared/http/reply.ts";
import { type HttpRequest, isForeignOrigin } from "../../shared/http/request.ts";
import type { AssetUrls } from "../../shared/pages/kit/assets.ts";
import type { DecisionProblem } from "../../shared/pages/parts/decision-form.ts";
import { refusedLinkPage } from "../../shared/pages/refused-link-page.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { Limits } from "../../shared/ports/limits.ts";
import type { LinkTokens } from "../../shared/ports/link-tokens.ts";
import type { SettingsSource } from "../../shared/ports/settings-source.ts";

import { recordPlanDecision } from "./record-plan-decision.ts";

export interface RecordDecisionDependencies extends LinkOpening, RunReading {
  /** How long a confirmed run waits before it sends. */
  runWaitMs: number;
  tokens: LinkTokens;
  limits: Limits;
  settings: SettingsSource;
  clock: Clock;
  newId: NewId;
  assets: AssetUrls;
  baseUrl: string;
}

interface TypedDecision {
  decision: Decision | undefined;
  caseCode: string;
  reason: string;
}

/** `POST /decisions/{token}`: decides, where the link is good for it and the typed case code is the mail's. */
export async function recordDecision(
  request: HttpRequest,
  dependencies: RecordDecisionDependencies,
): Promise<Reply> {
  const { limits, settings, clock, assets, baseUrl } = dependencies;
  const now = clock.now();
  const posts = await limits.hit("decisions-per-address", request.address, now);
  if (!posts.allowed) return errorReply("too-many", request, assets, posts.retryAfterSeconds);
  const token = request.parameters["token"] ?? "";
  const [opened, current] = await Promise.all([openLink("decision", token, dependencies), settings.at(now)]);
  const chrome = chromeOf(request, assets, current.sender);
  if (!opened) return { outcome: "unknown", page: refusedLinkPage({ why: "unknown" }, chrome) };
  if (isForeignOrigin(request, baseUrl))
    return { outcome: "foreign-origin", page: refusedLinkPage({ why: "foreign-origin" }, chrome) };

  const { link, file } = opened;
  if (isRunFile(file))
    return recordPlanDecision(request, { token, link, file, settings: current, chrome, now }, dependencies);
  if (!isCaseFile(file)) return { outcome: "unknown", page: refusedLinkPage({ why: "unknown" }, chrome) };
  const typed = readForm(request, link);
  const standing = linkStanding(link, decidable(file), current.people, now);
  const screen: DecisionScreen = { token, link, file, standing, settings: current, chrome, now };
  if (standing.kind !== "open") return alreadyOver(screen, standing, typed);

  const problems = problemsOf(typed, screen);
  if (problems.length > 0 || !typed.decision)
    return decisionReply(screen, { problems, typed, outcome: "malformed" });
  return decide(request, screen, { ...typed, decision: typed.decision }, dependencies);
}

function readForm(request: HttpRequest, { recipient }: DecisionLink): TypedDecision {
  const form = new URLSearchParams(request.body);
  const choices: readonly Decision[] = decisionsOf[recipient.role === "chair" ? "chair" : "secretariat"];
  const decision = choices.find((candidate) => candidate === form.get("decision"));
  return { decision, ...readCodeAndReason(form) };
}

/** All that is wrong with the form, at once. */
function problemsOf(
  { decision, caseCode, reason }: TypedDecision,
  { file, link }: DecisionScreen,
): DecisionProblem[] {
  const round = roundOf(file, link.round);
  const light = round && uploadOf(file, round.versionId)?.judgement?.light;
  const problems: DecisionProblem[] = [];
  if (!decision) problems.push({ code: "CHOICE_MISSING" });
  if (decision && needsReason(decision, light) && reason === "") problems.push({ code: "REASON_MISSING" });
  if (reason.length > reasonMaxLength) problems.push({ code: "REASON_TOO_LONG", maxLength: reasonMaxLength });
  if (!isCaseCode(caseCode)) problems.push({ code: "CODE_MALFORMED" });
  return problems;
}

/** A replay of what was decided leads to it; anything else is told what became of the round. */
function alreadyOver(
  screen: DecisionScreen,
  standing: LinkStanding<CaseRound>,
  { decision }: TypedDecision,
): Reply {
  if (standing.kind !== "decided") return decisionReply(screen);
  return decision && outcomeOf[decision] === standing.outcome
    ? { outcome: "see-other", location: `/decisions/${screen.token}` }
    : decidedOtherwiseReply(screen, standing.round);
}

type Decided = { kind: "recorded" } | { kind: "over"; file: CaseFile; standing: LinkStanding<CaseRound> };

/** Of two decisions in the same moment one is recorded, and the other is told of it. */
async function decide(
  request: HttpRequest,
  screen: DecisionScreen,
  typed: TypedDecision & { decision: Decision },
  dependencies: RecordDecisionDependencies,
): Promise<Reply> {
  const { link, token, settings } = screen;
  const tried = await tryCode<"case", Decided>(
    { link, token, caseCode: typed.caseCode, address: request.address },
    settings.people,
    (file, now) => {
      const standing = linkStanding(link, decidable(file), settings.people, now);
      if (standing.kind !== "open") return { outcome: { kind: "over", file, standing } };
      const change = approverDecides(file, link, standing.round, typed, settings, dependencies.newId, now);
      return { change, outcome: { kind: "recorded" } };
    },
    dependencies,
  );
  if (tried === "no-such-file")
    return decisionReply({ ...screen, standing: { kind: "superseded", outcome: undefined } });
  if (tried.kind === "too-many")
    return errorReply("too-many", request, dependencies.assets, tried.retryAfterSeconds);
  if (tried.kind === "wrong-code") {
    if (tried.attemptsLeft < 1) return decisionReply({ ...screen, standing: { kind: "locked" } });
    const problems = [{ code: "CODE_WRONG", attemptsLeft: tried.attemptsLeft }] as const;
    return decisionReply(screen, { problems, typed, outcome: "wrong-code" });
  }
  if (tried.outcome.kind === "over") {
    const { file, standing } = tried.outcome;
    return alreadyOver({ ...screen, file, standing }, standing, typed);
  }
  return { outcome: "see-other", location: `/decisions/${token}` };
}
