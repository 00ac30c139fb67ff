/** What is counted, each with its window in seconds and its ceiling (a stage setting). */
export type LimitName =
  | "forms-per-address"
  | "forms-per-cvr"
  | "uploads-per-case"
  | "wrong-codes-per-address"
  | "decisions-per-address"
  | MailLimitName;

export type MailLimitName =
  /** To addresses that have not answered: each gets few, and each source of applications a fair part of the day's. */
  | "unconfirmed-mails-per-recipient"
  | "unconfirmed-mails-per-source"
  | "unconfirmed-mails-in-fair-parts"
  | "unconfirmed-mails-beyond"
  | "dues-mails"
  | "other-mails"
  | "mails-per-recipient"
  /** Decisions and tasks: counted, never held back. */
  | "first-mails";

export type LimitVerdict = { allowed: true } | { allowed: false; retryAfterSeconds: number };

/** Counters in the table: HTTP APIs have neither a WAF nor Retry-After. Subjects are stored hashed. */
export interface Limits {
  hit(limit: LimitName, subject: string, now: number): Promise<LimitVerdict>;
  /** Takes one back that was counted at that moment before anybody knew that it need not be. */
  giveBack(limit: LimitName, subject: string, now: number): Promise<void>;
}
