/** What the audit trail can say happened. Codes only: names and free text lie in person records. */
export const auditCodes = [
  "APPLICATION_RECEIVED",
  "CONTACT_CONFIRMED",
  "CONFIRMATION_AWAITED",
  "UPLOAD_REGISTERED",
  "UPLOAD_SUPERSEDED",
  "UPLOAD_REPEATED",
  "UPLOAD_OVER_LIMIT",
  "DOCUMENT_JUDGED",
  "SCAN_VERDICT",
  "UPLOAD_REJECTED",
  "ROUND_OPENED",
  "APPROVED",
  "SENT_BACK",
  "DECLINED",
  "WRONG_CASE_CODE",
  "LINK_LOCKED",
  "LINK_RENEWED",
  "WITHDRAWN",
  "EXPIRED",
  "CLOSED",
  "ARCHIVED",
  "ADMITTED",
  "HELD",
  "TASK_OPENED",
  "TASK_RESOLVED",
  "MAIL_REFUSED",
  "MAIL_BOUNCED",
  "MAIL_COMPLAINED",
  "MAIL_BOUNCE_NOTED",
  "RUN_BEGUN",
  "RUN_PLANNED",
  "RUN_CONFIRMED",
  "RUN_CANCELLED",
  "RUN_SENDING",
  "RUN_STOPPED",
  "RUN_ACTED_ON",
  "RUN_REPORTED",
  "DUES_CHARGED",
  "HANDED_OVER",
  "PAYMENT_BOOKED",
  "SETTING_CHANGED",
  "SETTING_ENTERED",
  "SETTING_CONFIRMED",
] as const;
export type AuditCode = (typeof auditCodes)[number];

/** One thing that happened, before it has a place in the chain. */
export interface AuditEntry {
  code: AuditCode;
  at: number;
  /** "system", "submitter", or the salted hash of the address of the person who acted. */
  actor: string;
  /** Codes, ids, hashes and numbers only. */
  details: Readonly<Record<string, string | number>>;
}

/** An entry in its place: each holds the hash of the one before, so that a change or a gap shows. */
export interface AuditEvent extends AuditEntry {
  sequence: number;
  /** Of what the file is about, after the event; in that thing's own words. */
  status: string;
  previousHash: string;
  hash: string;
}

/** Where a chain stands: kept on the case and moved in the same transaction, so that a missing tail shows. */
export interface ChainHead {
  sequence: number;
  hash: string;
}

export const emptyChain: ChainHead = { sequence: 0, hash: "" };
