import { changeFile } from "../../shared/casework/change-file.ts";
import { type RunReading, readRun } from "../../shared/casework/open-run.ts";
import { outcomeOf } from "../../shared/domain/approval/decision.ts";
import { wrongCodesAllowed } from "../../shared/domain/approval/link.ts";
import type { RunFile } from "../../shared/domain/dues/dues-run.ts";
import {
  type PlanDecision,
  planDecisions,
  planIsDecided,
} from "../../shared/domain/run-changes/plan-is-decided.ts";
import { errorReply } from "../../shared/http/error-reply.ts";
import type { Reply } from "../../shared/http/reply.ts";
import type { HttpRequest } from "../../shared/http/request.ts";
import { type RunScreen, runReply, runStanding } from "../../shared/http/run-reply.ts";
import type { PlanProblem, PlanView } from "../../shared/pages/plan-page.ts";
import type { RecordDecisionDependencies } from "./record-decision.ts";

type Opened = Omit<RunScreen, "lines" | "toHandOver">;
type Typed = NonNullable<PlanView["typed"]> & { caseCode: string };

const reasonMaxLength = 2_000;

/**
 * `POST /decisions/{token}` on a run: confirms the plan, has it made again, or cancels the year's run. The round is
 * about the plan's SHA-256, so a plan that was made again voids what was mailed before.
 */
export async function recordPlanDecision(
  request: HttpRequest,
  opened: Opened,
  dependencies: RecordDecisionDependencies & RunReading,
): Promise<Reply> {
  const { link, file, settings, now, token } = opened;
  const screen: RunScreen = { ...opened, ...(await readRun(file, dependencies)) };
  const typed = readForm(request.body, screen);
  const standing = runStanding(file, link, settings.people, now);
  if (standing.kind === "decided")
    return typed.decision && outcomeOf[typed.decision] === standing.outcome
      ? { outcome: "see-other", location: `/decisions/${token}` }
      : runReply(screen, { outcome: "conflict" });
  if (standing.kind !== "open") return runReply(screen);
  const problems = problemsOf(typed, screen);
  if (problems.length > 0 || !typed.decision)
    return runReply(screen, { problems, typed, outcome: "malformed" });
  // Counted before it is compared: a thousand guesses in the same moment are still only five.
  const attempts = await dependencies.links.countWrongCode(link);
  if (attempts > wrongCodesAllowed) return runReply({ ...screen, link: { ...link, wrongCodes: attempts } });
  if (typed.caseCode !== (await dependencies.tokens.caseCode(token))) {
    const byAddress = await dependencies.limits.hit("wrong-codes-per-address", request.address, now);
    if (!byAddress.allowed)
      return errorReply("too-many", request, dependencies.assets, byAddress.retryAfterSeconds);
    return runReply(screen, { problems: ["CODE_WRONG"], typed, outcome: "wrong-code" });
  }
  return decide(screen, typed.decision, typed, dependencies);
}

function readForm(body: string, { lines }: RunScreen): Typed {
  const form = new URLSearchParams(body);
  const decision = planDecisions.find((candidate) => candidate === form.get("decision"));
  const text = (name: string) => (form.get(name) ?? "").trim().slice(0, reasonMaxLength);
  const chargeable = new Set(
    lines.filter(({ verdict }) => verdict.kind === "charge").map(({ memberNumber }) => memberNumber),
  );
  const hold = [...new Set(form.getAll("hold"))].filter((memberNumber) => chargeable.has(memberNumber));
  const caseCode = (form.get("caseCode") ?? "").replace(/\s/g, "");
  return { decision, reason: text("reason"), holdReason: text("holdReason"), hold, caseCode };
}

/** All that is wrong with the form, at once. */
function problemsOf(typed: Typed, { file: { run } }: RunScreen): PlanProblem[] {
  const obstacles = "plan" in run ? run.plan.summary.obstacles : [];
  const rules: readonly (readonly [PlanProblem, boolean])[] = [
    ["CHOICE_MISSING", typed.decision === undefined],
    ["NOT_CONFIRMABLE", typed.decision === "approve" && obstacles.length > 0],
    ["REASON_MISSING", typed.decision === "decline" && typed.reason === ""],
    ["HOLD_REASON_MISSING", typed.decision === "approve" && typed.hold.length > 0 && typed.holdReason === ""],
    ["CODE_MALFORMED", !/^\d{4}$/.test(typed.caseCode)],
  ];
  return rules.filter(([, broken]) => broken).map(([code]) => code);
}

/** Reads, judges and commits in one: of two confirmations in the same moment one is recorded. */
async function decide(
  screen: RunScreen,
  decision: PlanDecision,
  { reason, holdReason, hold }: Typed,
  { filing, clock, newId, runWaitMs, ...reading }: RecordDecisionDependencies & RunReading,
): Promise<Reply> {
  const { link, settings, token } = screen;
  const decided = await changeFile<"run", RunFile | "recorded">(filing.run, screen.file.owner.id, (file) => {
    const now = clock.now();
    if (runStanding(file, link, settings.people, now).kind !== "open") return { outcome: file };
    const why = decision === "approve" ? holdReason : reason;
    const held = decision === "approve" ? hold : [];
    const by = link.recipient.address;
    const world = { people: settings.people, waitMs: runWaitMs };
    return {
      change: planIsDecided(file, { decision, by, reason: why, hold: held }, world, newId, now),
      outcome: "recorded",
    };
  });
  if (decided === "recorded") return { outcome: "see-other", location: `/decisions/${token}` };
  const file = decided === "no-such-file" ? screen.file : decided;
  return runReply({ ...screen, file, ...(await readRun(file, reading)) }, { outcome: "conflict" });
}
