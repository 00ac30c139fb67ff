import { isClosed, isConfirmed, isUndecided } from "../agreement/agreement-case.ts";
import type { CaseFile } from "../agreement/case-file.ts";
import { askForNewFile, type CaseDeadlines, close, release } from "../agreement/transitions.ts";
import { caseMail } from "../errands/mail-errands.ts";
import type { CaseChange } from "../files.ts";
import type { ReasonRecord } from "../filing/person.ts";
import type { TaskRecord, TaskResolution } from "../filing/task.ts";
import { theContact } from "./parts.ts";

type Effect = Pick<CaseChange, "after" | "records" | "errands">;

/** What a task's resolution does to a case, besides settling the task. */
export function settlingMoves(
  file: CaseFile,
  task: TaskRecord,
  { resolution, reason }: { resolution: TaskResolution; reason: ReasonRecord },
  settings: { deadlines: CaseDeadlines },
  now: number,
): Effect {
  const agreement = file.case;
  const held = !isClosed(agreement) && agreement.hold?.taskId === task.id ? agreement : undefined;
  if (!held) return {};
  if (resolution === "ask-for-new-file" && isUndecided(held)) {
    return {
      after: askForNewFile(held, "secretariat", reason.id, now, settings.deadlines),
      records: [{ type: "person", person: reason }],
      errands: [caseMail(theContact(file), "sent-back", task.id, { reasonId: reason.id })],
    };
  }
  if (resolution === "close-case" && isConfirmed(held))
    return {
      after: close(held, { reason: "another-admitted" }, now),
      errands: [caseMail(theContact(file), "closed", task.id, {})],
    };
  return { after: release(held), errands: [{ type: "start" }] };
}
