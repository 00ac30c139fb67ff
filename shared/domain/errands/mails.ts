import type { OwnerKind, PersonId, TaskId } from "../owner.ts";

type Nothing = Record<never, never>;

/** What any file can owe. */
interface MailsOfAll {
  "task-opened": { taskId: TaskId; renewed?: true | undefined };
  /** Whose link it was, and what it was for. */
  "link-locked": { purpose: "decision" | "task"; approverId: PersonId };
}

/**
 * Which owner owes which mail, and what its text looks up in that owner's file when it is written: codes and ids,
 * never what a person typed. A mail that an owner doesn't owe, or without what its text looks up, doesn't compile.
 */
export interface MailsOf {
  case: MailsOfAll & {
    receipt: Nothing;
    "status-link-again": Nothing;
    "upload-rejected": { versionId: string };
    "decision-request": { round: number; renewed?: true | undefined };
    "decided-by-other": { round: number };
    "sent-back": { reasonId: PersonId };
    declined: Nothing;
    expired: Nothing;
    withdrawn: Nothing;
    "round-ended": { round: number };
  };
  member: MailsOfAll & {
    welcome: Nothing;
    dues: { invoiceNumber: number };
  };
  run: MailsOfAll;
  office: MailsOfAll;
}

export type MailNameOf<Kind extends OwnerKind> = { [One in Kind]: keyof MailsOf[One] & string }[Kind];
export type MailName = MailNameOf<OwnerKind>;
export type SharedMailName = keyof MailsOfAll;

interface MailRules {
  /** Whether it may wait when the day's ceiling is reached: decisions and tasks go first, and always. */
  priority: "first" | "normal";
}

const shared = {
  "task-opened": { priority: "first" },
  "link-locked": { priority: "first" },
} as const satisfies Record<SharedMailName, MailRules>;

/** Every mail there is, by who owes it. */
export const mailRules = {
  case: {
    ...shared,
    receipt: { priority: "normal" },
    "status-link-again": { priority: "normal" },
    "upload-rejected": { priority: "normal" },
    "decision-request": { priority: "first" },
    "decided-by-other": { priority: "normal" },
    "sent-back": { priority: "normal" },
    declined: { priority: "normal" },
    expired: { priority: "normal" },
    withdrawn: { priority: "normal" },
    "round-ended": { priority: "normal" },
  },
  member: { ...shared, welcome: { priority: "normal" }, dues: { priority: "normal" } },
  run: shared,
  office: shared,
} as const satisfies { [Kind in OwnerKind]: Record<MailNameOf<Kind>, MailRules> };

export function mailPriority(kind: OwnerKind, mail: MailName): MailRules["priority"] {
  const rules: Partial<Record<MailName, MailRules>> = mailRules[kind];
  return rules[mail]?.priority ?? "normal";
}
