import { aboutOf } from "../../shared/domain/about.ts";
import type { SharedMailName } from "../../shared/domain/errands/mails.ts";
import type { AnyFile } from "../../shared/domain/files.ts";
import type { OwnerKind, TaskId } from "../../shared/domain/owner.ts";
import type { Mail } from "../../shared/emails/mail-layout.ts";
import { taskOpenedMail } from "../../shared/emails/task-opened-mail.ts";
import type { From } from "./composing.ts";

/** The mails that any owner can owe. */
export const anyonesMails = {
  "task-opened": async (from: From<OwnerKind, { taskId: TaskId }>): Promise<Mail | undefined> => {
    const file: AnyFile = from.file;
    const task = file.tasks.find((candidate) => candidate.id === from.subject.taskId);
    if (!task || task.resolved) return undefined;
    const { reference, name } = aboutOf(file);
    const { address, expiresAt } = await from.issue.taskLink(task.id);
    return taskOpenedMail(
      {
        sender: from.settings.sender,
        caseNumber: reference,
        organisationName: name,
        reason: task.reason,
        detail: task.detail,
        openedAt: task.since,
        taskLink: address,
        expiresAt,
      },
      from.language,
    );
  },
} satisfies Record<SharedMailName, unknown>;
