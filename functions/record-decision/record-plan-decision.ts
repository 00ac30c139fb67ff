import { type RunReading, readRun } from "../../shared/casework/open-run.ts";
import { tryCode } from "../../shared/casework/try-code.ts";
import { isCaseCode, reasonMaxLength } from "../../shared/contracts/coded-form.ts";
import { outcomeOf } from "../../shared/domain/approval/decision.ts";
import type { RunFile } from "../../shared/domain/dues/dues-run.ts";
import {
  type PlanDecision,
  planDecisions,
  planIsDecided,
} from "../../shared/domain/run-changes/plan-is-decided.ts";
import { errorReply } from "../../shared/http/error-reply.ts";
import type { Reply } from "../../shared/http/reply.ts";
import type { HttpRequest } from "../../shared/http/request.ts";
import { lockedReply, type RunScreen, runReply, runStanding } from "../../shared/http/run-reply.ts";
import type { PlanProblem, PlanView } from "../../shared/pages/plan-page.ts";
import type { RecordDecisionDependencies } from "./record-decision.ts";

type Opened = Omit<RunScreen, "lines" | "toHandOver">;
type Typed = NonNullable<PlanView["typed"]> & { caseCode: string };

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
  return decide(request, screen, { ...typed, decision: typed.decision }, dependencies);
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
    ["CODE_MALFORMED", !isCaseCode(typed.caseCode)],
  ];
  return rules.filter(([, broken]) => broken).map(([code]) => code);
}

/** Of two confirmations in the same moment one is recorded, and the other is told of it. */
async function decide(
  request: HttpRequest,
  screen: RunScreen,
  typed: Typed & { decision: PlanDecision },
  dependencies: RecordDecisionDependencies & RunReading,
): Promise<Reply> {
  const { link, settings, token } = screen;
  const { people } = settings;
  const { newId, runWaitMs: waitMs } = dependencies;
  const { decision, reason, holdReason, hold } = typed;
  const confirms = decision === "approve";
  const chosen = { decision, by: link.recipient.address, reason: confirms ? holdReason : reason };
  const tried = await tryCode<"run", RunFile | "recorded">(
    { link, token, caseCode: typed.caseCode, address: request.address },
    people,
    (file, now) =>
      runStanding(file, link, people, now).kind === "open"
        ? {
            change: planIsDecided(
              file,
              { ...chosen, hold: confirms ? hold : [] },
              { people, waitMs },
              newId,
              now,
            ),
            outcome: "recorded",
          }
        : { outcome: file },
    dependencies,
  );
  if (tried === "no-such-file") return runReply(screen, { outcome: "conflict" });
  if (tried.kind === "too-many")
    return errorReply("too-many", request, dependencies.assets, tried.retryAfterSeconds);
  if (tried.kind === "wrong-code")
    return tried.attemptsLeft < 1
      ? lockedReply(screen)
      : runReply(screen, { problems: ["CODE_WRONG"], typed, outcome: "wrong-code" });
  if (tried.outcome === "recorded") return { outcome: "see-other", location: `/decisions/${token}` };
  const file = tried.outcome;
  return runReply({ ...screen, file, ...(await readRun(file, dependencies)) }, { outcome: "conflict" });
}
