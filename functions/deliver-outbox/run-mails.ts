import type { DuesRun } from "../../shared/domain/dues/dues-run.ts";
import { approverName, reasonText } from "../../shared/domain/filing/person.ts";
import type { RoundRecord } from "../../shared/domain/filing/round.ts";
import {
  planRequestMail,
  type RunLink,
  type RunMail,
  runCancelledMail,
  runConfirmedMail,
  runReportMail,
  runStoppedMail,
} from "../../shared/emails/run-mails.ts";
import { anyonesMails } from "./anyones-mails.ts";
import type { Composers, From } from "./composing.ts";

type FromRun<Subject = unknown> = From<"run", Subject>;

/** What a run owes to those who answer for it. */
export const runMails: Composers<"run"> = {
  ...anyonesMails,
  "plan-request": async (from) => {
    const { run } = from.file;
    const round = roundOf(from);
    if (run.status !== "awaiting-confirmation" || !round || round.ended) return undefined;
    return planRequestMail(
      { ...about(from), ...(await linkTo(from, round)), summary: run.plan.summary },
      from.language,
    );
  },
  "run-confirmed": async (from) => {
    const { run } = from.file;
    const round = roundOf(from);
    if (run.status !== "waiting" || !round?.ended?.byId) return undefined;
    return runConfirmedMail(
      {
        ...about(from),
        ...(await linkTo(from, round)),
        summary: run.plan.summary,
        held: run.held.memberNumbers.length,
        confirmedBy: approverName(from.file, round.ended.byId),
        sendsAt: run.sendsAt,
      },
      from.language,
    );
  },
  "run-cancelled": async (from) => {
    const { run } = from.file;
    const ended = roundOf(from)?.ended;
    if (run.status !== "cancelled" || !ended?.byId) return undefined;
    const by = approverName(from.file, ended.byId);
    return runCancelledMail(
      { ...about(from), by, reason: reasonText(from.file, run.reasonId) },
      from.language,
    );
  },
  "run-stopped": async (from) => {
    const { at } = from.subject;
    const stop = from.file.audit.find((event) => event.code === "RUN_STOPPED" && event.at === at);
    if (!stop) return undefined;
    const by = approverName(from.file, stop.actor as Parameters<typeof approverName>[1]);
    return runStoppedMail({ ...about(from), by, at }, from.language);
  },
  "run-report": async (from) => {
    const { run } = from.file;
    const round = roundOf(from);
    if (run.status !== "reported" || !round) return undefined;
    return runReportMail(
      { ...about(from), ...(await linkTo(from, round)), report: run.report },
      from.language,
    );
  },
};

function about({ file, settings, to }: FromRun): RunMail {
  const run: DuesRun = file.run;
  return { sender: settings.sender, year: run.year, role: to.role === "chair" ? "chair" : "secretary" };
}

function roundOf({ file, subject }: FromRun<{ round: number }>): RoundRecord | undefined {
  return file.rounds.find(({ number }) => number === subject.round);
}

async function linkTo({ issue }: FromRun, round: RoundRecord): Promise<RunLink> {
  const { address, caseCode } = await issue.decisionLink(round);
  return { link: address, caseCode };
}
