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
    /** The one mail to an address that has not answered yet. */
    "confirm-contact": Nothing;
    closed: Nothing;
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
    /** What went out as an e-invoice. */
    "invoice-copy": { invoiceNumber: number };
  };
  run: MailsOfAll & {
    /** The dry run, and a link on which it is confirmed. */
    "plan-request": { round: number };
    "run-confirmed": { round: number };
    "run-cancelled": { round: number };
    "run-stopped": { at: number };
    "run-report": { round: number };
  };
  office: MailsOfAll;
}

export type MailNameOf<Kind extends OwnerKind> = { [One in Kind]: keyof MailsOf[One] & string }[Kind];
export type MailName = MailNameOf<OwnerKind>;
export type SharedMailName = keyof MailsOfAll;

export type MailPriority = "first" | "normal" | "dues" | "unconfirmed";

interface MailRules {
  /**
   * Whose share of the day's mail it is: decisions and tasks go first, and always; what goes to addresses that have
   * not answered is the smallest share, so that a flood of forms delays nobody else's mail.
   */
  priority: MailPriority;
}

const shared = {
  "task-opened": { priority: "first" },
  "link-locked": { priority: "first" },
} as const satisfies Record<SharedMailName, MailRules>;

/** Every mail there is, by who owes it. */
export const mailRules = {
  case: {
    ...shared,
    "confirm-contact": { priority: "unconfirmed" },
    closed: { priority: "normal" },
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
  member: { ...shared, welcome: { priority: "normal" }, "invoice-copy": { priority: "dues" } },
  run: {
    ...shared,
    "plan-request": { priority: "first" },
    "run-confirmed": { priority: "first" },
    "run-cancelled": { priority: "normal" },
    "run-stopped": { priority: "first" },
    "run-report": { priority: "normal" },
  },
  office: shared,
} as const satisfies { [Kind in OwnerKind]: Record<MailNameOf<Kind>, MailRules> };

export function mailPriority(kind: OwnerKind, mail: MailName): MailRules["priority"] {
  const rules: Partial<Record<MailName, MailRules>> = mailRules[kind];
  return rules[mail]?.priority ?? "normal";
}
