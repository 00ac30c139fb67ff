import type { Errand } from "../errands/errand.ts";
import type { AuditEntry } from "../filing/audit-event.ts";
import type { AgreementCase } from "./agreement-case.ts";
import type { MailRecord, PersonRecord, RoundRecord, TaskRecord, UploadRecord } from "./case-file.ts";

/** A record that changes or appears together with the case. */
export type RecordChange =
  | { type: "upload"; upload: UploadRecord }
  | { type: "round"; round: RoundRecord }
  | { type: "person"; person: PersonRecord }
  | { type: "task"; task: TaskRecord }
  | { type: "mail"; mail: MailRecord };

/** What one event does to a case: new state, what is recorded, and what must reach the outside. Committed whole. */
export interface Change<After extends AgreementCase = AgreementCase> {
  after: After;
  audit: readonly [AuditEntry, ...AuditEntry[]];
  records?: readonly RecordChange[];
  errands?: readonly Errand[];
}

/** Where new ids come from: the domain draws no lots of its own. */
export type NewId = () => string;
