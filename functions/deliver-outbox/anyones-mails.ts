import { aboutOf } from "../../shared/domain/about.ts";
import type { MailsOf, SharedMailName } from "../../shared/domain/errands/mails.ts";
import type { AnyFile } from "../../shared/domain/files.ts";
import { approverName } from "../../shared/domain/filing/person.ts";
import type { OwnerKind } from "../../shared/domain/owner.ts";
import type { FileMail } from "../../shared/emails/case-mail.ts";
import { linkLockedMail } from "../../shared/emails/link-locked-mail.ts";
import type { Mail } from "../../shared/emails/mail-layout.ts";
import { taskOpenedMail } from "../../shared/emails/task-opened-mail.ts";
import type { From } from "./composing.ts";

type FromAnyone<Name extends SharedMailName> = From<OwnerKind, MailsOf["office"][Name]>;

/** The mails that any owner can owe. */
export const anyonesMails = {
  "task-opened": async (from: FromAnyone<"task-opened">): Promise<Mail | undefined> => {
    const file: AnyFile = from.file;
    const task = file.tasks.find((candidate) => candidate.id === from.subject.taskId);
    if (!task || task.resolved) return undefined;
    const { address, caseCode, expiresAt } = await from.issue.taskLink(task.id);
    return taskOpenedMail(
      {
        ...about(from),
        reason: task.reason,
        detail: task.detail,
        openedAt: task.since,
        taskLink: address,
        caseCode,
        expiresAt,
        renewed: from.subject.renewed,
      },
      from.language,
    );
  },
  "link-locked": async (from: FromAnyone<"link-locked">): Promise<Mail | undefined> => {
    const { purpose, approverId } = from.subject;
    const approver = approverName(from.file, approverId);
    return linkLockedMail({ ...about(from), purpose, approver, lockedAt: from.now }, from.language);
  },
} satisfies Record<SharedMailName, unknown>;

function about({ file, settings }: From<OwnerKind, unknown>): FileMail {
  const { reference, name } = aboutOf(file);
  return { sender: settings.sender, caseNumber: reference, organisationName: name };
}
