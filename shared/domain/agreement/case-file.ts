import type { MailName, MailSubject, OutboxItem, Recipient } from "../errands/errand.ts";
import type { AuditEvent, ChainHead } from "../filing/audit-event.ts";
import type { TaskReason, TaskResolution } from "../filing/task.ts";
import type { Judgement } from "../judgement/judgement.ts";
import type { EmailAddress } from "../organisation/email-address.ts";
import type { Organisation } from "../organisation/organisation.ts";
import type { AgreementCase, PersonId, Round, TaskId } from "./agreement-case.ts";

/** Personal data and free text, apart from everything that is chained and kept, so that it can be erased. */
export interface PersonRecord {
  id: PersonId;
  role: "signer" | "contact" | "approver" | "reason";
  name?: string | undefined;
  title?: string | undefined;
  email?: EmailAddress | undefined;
  phone?: string | undefined;
  /** The free text of a reason. */
  text?: string | undefined;
}

export const scanVerdicts = [
  "NO_THREATS_FOUND",
  "THREATS_FOUND",
  "UNSUPPORTED",
  "ACCESS_DENIED",
  "FAILED",
] as const;
export type ScanVerdict = (typeof scanVerdicts)[number];

/** One file that was sent. The bytes stay; what we learn of them is added. */
export interface UploadRecord {
  versionId: string;
  key: string;
  sha256: string;
  bytes: number;
  registeredAt: number;
  judgement?: Judgement | undefined;
  pageImageKey?: string | undefined;
  scan?: { verdict: ScanVerdict; at: number } | undefined;
}

export const roundOutcomes = [
  "approved",
  "sent-back",
  "declined",
  "superseded",
  "withdrawn",
  "expired",
] as const;
export type RoundOutcome = (typeof roundOutcomes)[number];

/** A round as it is remembered: what it was about, and how it ended. */
export interface RoundRecord extends Round {
  versionId: string;
  sha256: string;
  ended?:
    | { outcome: RoundOutcome; at: number; byId?: PersonId | undefined; reasonId?: PersonId | undefined }
    | undefined;
}

/** Something that only a person can settle. Opened once per cause. */
export interface TaskRecord {
  id: TaskId;
  reason: TaskReason;
  /** What caused it, so that the same cause opens one task: a step, a version, a mail's ledger key. */
  cause: string;
  since: number;
  /** A code or an id that the page explains, never free text about a person. */
  detail?: string | undefined;
  resolved?: { resolution: TaskResolution; at: number; byId?: PersonId | undefined } | undefined;
}

/** The mail ledger's line: claimed before sending, so that nothing uncertain is ever resent blindly. */
export interface MailRecord {
  /** Owner, step and recipient's hash in the letters SES allows in a tag; also the SES message tag. */
  ledgerKey: string;
  /** What was sent, without the address: it can be sent again once a person has decided so. */
  mail: MailName;
  step: string;
  role: Recipient["role"];
  subject: MailSubject;
  recipientHash: string;
  claimedAt: number;
  state: "claimed" | "sent" | "delivered" | "bounced" | "complained" | "refused";
  messageId?: string | undefined;
  settledAt?: number | undefined;
}

/** Everything we hold on one case (Danish: sagsmappe), read in one consistent query. */
export interface CaseFile {
  case: AgreementCase;
  /** Where the audit chain stands. Its sequence is also what a change is conditional on. */
  head: ChainHead;
  organisation: Organisation;
  signerId: PersonId;
  contactId: PersonId;
  persons: ReadonlyMap<PersonId, PersonRecord>;
  uploads: readonly UploadRecord[];
  rounds: readonly RoundRecord[];
  tasks: readonly TaskRecord[];
  audit: readonly AuditEvent[];
  outbox: readonly OutboxItem[];
  mails: readonly MailRecord[];
  /** The task token each waiting execution has handed out, by the upload's version id. Never leaves the system. */
  waits: ReadonlyMap<string, { token: string; storedAt: number }>;
}
