import { type DuesRun, duesRun, isOver, type RunFile } from "../dues/dues-run.ts";
import type { Change } from "../files.ts";
import type { AuditEntry } from "../filing/audit-event.ts";
import { emptyFiled } from "../filing/filed.ts";

/** Who has a year planned: the calendar, or a person by a command. */
interface Asking {
  actor: string;
  now: number;
}

/** A year's run, of which nothing is known yet but that it is to be planned. */
export function runBegins(year: number, asking: Asking): { file: RunFile; change: Change<"run"> } {
  const owner = duesRun(year);
  const run: DuesRun = { id: owner.id, year, status: "planning" };
  return {
    file: { ...emptyFiled(owner), run },
    change: { after: run, audit: [begun(year, asking)], errands: [{ type: "start" }] },
  };
}

/** A run that is over is planned again: only what is missing or changed is left to charge, in March too. */
export function runIsPlannedAgain({ run }: RunFile, asking: Asking): Change<"run"> | undefined {
  if (!isOver(run)) return undefined;
  const { id, year } = run;
  return {
    after: { id, year, status: "planning" },
    audit: [begun(year, asking)],
    errands: [{ type: "start" }],
  };
}

function begun(year: number, { actor, now }: Asking): AuditEntry {
  return { code: "RUN_BEGUN", at: now, actor, details: { year } };
}
