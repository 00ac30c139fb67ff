import { type Decidable, type LinkStanding, linkStanding } from "../domain/approval/decision.ts";
import type { DecisionLink } from "../domain/approval/link.ts";
import type { RunFile } from "../domain/dues/dues-run.ts";
import type { PlanLine } from "../domain/dues/plan-line.ts";
import type { People, Settings } from "../domain/settings/settings.ts";
import type { Chrome } from "../pages/kit/shell.ts";
import { type PlanView, planPage } from "../pages/plan-page.ts";
import { refusedLinkPage } from "../pages/refused-link-page.ts";
import { type RunAction, runPage } from "../pages/run-page.ts";
import type { Reply } from "./reply.ts";

export interface RunScreen {
  token: string;
  link: DecisionLink;
  file: RunFile;
  settings: Settings;
  chrome: Chrome;
  now: number;
  /** The plan's lines while it is to be decided on. */
  lines: readonly PlanLine[];
  /** E-invoices of the run that nobody has said are handed over. */
  toHandOver: number;
}

/** What is under decision in a run: its plan, by its hash. */
function decidableRun({ run, rounds, audit }: RunFile): Decidable {
  const atHand =
    run.status === "awaiting-confirmation"
      ? { number: run.round.number, sha256: run.plan.sha256 }
      : undefined;
  return { rounds, atHand, audit };
}

export function runStanding(file: RunFile, link: DecisionLink, people: People, now: number): LinkStanding {
  return linkStanding(link, decidableRun(file), people, now);
}

/** What can be done to a run now, besides deciding on its plan. */
export function runAction({ run }: RunFile, toHandOver: number): RunAction | undefined {
  if (run.status === "waiting" || run.status === "charging") return "stop";
  return toHandOver > 0 && (run.status === "reported" || run.status === "stopped")
    ? "handed-over"
    : undefined;
}

export function lockedReply({ chrome }: Pick<RunScreen, "chrome">): Reply {
  return { outcome: "locked", page: refusedLinkPage({ why: "locked" }, chrome) };
}

/** What stands behind a run's link, whatever it is still good for. Rendering changes nothing. */
export function runReply(
  screen: RunScreen,
  form: {
    problems?: PlanView["problems"];
    typed?: PlanView["typed"];
    problem?: "CODE_MALFORMED" | "CODE_WRONG";
    outcome?: "shown" | "malformed" | "wrong-code" | "conflict";
  } = {},
): Reply {
  const { token, link, file, settings, chrome, now, lines, toHandOver } = screen;
  const decisionPath = `/decisions/${token}`;
  const standing = runStanding(file, link, settings.people, now);
  const outcome = form.outcome ?? "shown";
  switch (standing.kind) {
    case "open": {
      const { run } = file;
      if (run.status !== "awaiting-confirmation") break;
      const { problems = [], typed } = form;
      const view = {
        decisionPath,
        year: run.year,
        approver: link.recipient.address,
        summary: run.plan.summary,
        lines,
        problems,
        ...(typed && { typed }),
      };
      return { outcome, page: planPage(view, chrome) };
    }
    case "decided": {
      const action = runAction(file, toHandOver);
      const { problem } = form;
      return { outcome, page: runPage({ decisionPath, run: file.run, toHandOver, action, problem }, chrome) };
    }
    case "locked":
      return lockedReply(screen);
    case "expired":
      return { outcome: "gone", page: refusedLinkPage({ why: "expired" }, chrome) };
    case "superseded":
      break;
  }
  return { outcome: "gone", page: refusedLinkPage({ why: "superseded" }, chrome) };
}
