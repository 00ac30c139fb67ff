import type { RunFile, RunReport } from "../dues/dues-run.ts";
import { runMail, secretaries } from "../errands/mail-errands.ts";
import type { Change } from "../files.ts";
import type { NewId } from "../filing/change.ts";
import type { ApproverRecord, ReasonRecord } from "../filing/person.ts";
import { newTask } from "../filing/tasks.ts";
import type { EmailAddress } from "../organisation/email-address.ts";
import type { PersonId } from "../owner.ts";
import type { People } from "../settings/settings.ts";

/** The hour is over and nobody has stopped it: from here on lines are charged. */
export function sendingBegins({ run }: RunFile, now: number): Change<"run"> | undefined {
  if (run.status !== "waiting" || now < run.sendsAt) return undefined;
  const { id, year, plan, held, confirmedAt } = run;
  return {
    after: { id, year, status: "charging", plan, held, confirmedAt },
    audit: [{ code: "RUN_SENDING", at: now, actor: "system", details: { sha256: plan.sha256 } }],
  };
}

/** Somebody stops a confirmed run, before or while it sends; what is sent stands, and the rest waits for a new plan. */
export function runIsStopped(
  { run }: RunFile,
  { by, reason }: { by: EmailAddress; reason: string },
  people: People,
  newId: NewId,
  now: number,
): Change<"run"> | undefined {
  if (run.status !== "waiting" && run.status !== "charging") return undefined;
  const { id, year, plan, held, confirmedAt } = run;
  const who: ApproverRecord = { id: newId() as PersonId, role: "approver", email: by };
  const why: ReasonRecord | undefined = reason
    ? { id: newId() as PersonId, role: "reason", text: reason }
    : undefined;
  return {
    after: { id, year, status: "stopped", plan, held, confirmedAt, stoppedAt: now },
    audit: [{ code: "RUN_STOPPED", at: now, actor: who.id, details: { sha256: plan.sha256 } }],
    records: [{ type: "person", person: who }, ...(why ? [{ type: "person", person: why } as const] : [])],
    errands: [
      { type: "wake" },
      ...[...secretaries(people), { role: "chair" as const, address: people.chair }].map((to) =>
        runMail(to, "run-stopped", String(now), { at: now }),
      ),
    ],
  };
}

/** Every line has been tried. */
export function runIsReported(
  { run, rounds }: RunFile,
  report: RunReport,
  people: People,
  now: number,
): Change<"run"> | undefined {
  if (run.status !== "charging") return undefined;
  const { id, year, plan, held, confirmedAt } = run;
  const round = rounds.length;
  return {
    after: { id, year, status: "reported", plan, held, confirmedAt, report, reportedAt: now },
    audit: [{ code: "RUN_REPORTED", at: now, actor: "system", details: { ...report } }],
    errands: secretaries(people).map((to) => runMail(to, "run-report", round, { round })),
  };
}

/** A step broke: a person is told, and settling the task plans anew. */
export function runIsHeld(
  file: RunFile,
  error: string,
  people: People,
  newId: NewId,
  now: number,
): Change<"run"> | undefined {
  const { run } = file;
  if (run.status === "reported" || run.status === "cancelled" || run.status === "stopped") return undefined;
  const opened = newTask(
    file,
    { reason: "STEP_FAILED", cause: `${run.status}-${file.rounds.length}`, detail: error },
    people,
    newId,
    now,
  );
  if (!opened) return undefined;
  return {
    audit: [
      { code: "HELD", at: now, actor: "system", details: { taskId: opened.task.id, reason: "STEP_FAILED" } },
    ],
    records: opened.records,
    errands: [{ type: "wake" }, ...opened.errands],
  };
}
