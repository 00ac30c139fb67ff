import type { OwnerKind } from "../owner.ts";
import type { MailToSend, Recipient } from "./errand.ts";

/**
 * How far each state has come. Events are delivered again and out of order: a line only ever moves on. `refused` is
 * lowest of the settled: an event that says the mail was sent is better evidence than an error of ours.
 */
export const mailProgress = {
  claimed: 0,
  refused: 1,
  sent: 2,
  delivered: 3,
  bounced: 4,
  complained: 5,
} as const;
export type MailState = keyof typeof mailProgress;
export const mailStates = Object.keys(mailProgress) as [MailState, ...MailState[]];

/** The states that a line may move to this one from. */
export function statesBefore(state: MailState): MailState[] {
  return mailStates.filter((candidate) => mailProgress[candidate] < mailProgress[state]);
}

/** What was sent, without the address: it can be sent again once a person has decided so. */
type Sent<Mail> = Mail extends MailToSend ? Pick<Mail, "mail" | "step" | "subject"> : never;

/** The mail ledger's line: claimed before sending, so that nothing uncertain is ever resent blindly. */
export type MailRecord<Kind extends OwnerKind = OwnerKind> = Sent<MailToSend<Kind>> & {
  /** Owner, step and recipient's hash in the letters SES allows in a tag; also the SES message tag. */
  ledgerKey: string;
  role: Recipient["role"];
  recipientHash: string;
  claimedAt: number;
  state: MailState;
  messageId?: string | undefined;
  settledAt?: number | undefined;
  /** What came back without closing the address (Transient/General: an answer by machine), each once. */
  noted?: readonly string[] | undefined;
};

/** Whether a line says that its address takes no mail. */
export function closesAddress({ state }: Pick<MailRecord, "state">): boolean {
  return state === "bounced" || state === "complained";
}
