import type { SharedErrand } from "../errands/errand.ts";
import type { MailRecord } from "../errands/mail-record.ts";
import type { AuditEntry } from "./audit-event.ts";
import type { PersonRecord } from "./person.ts";
import type { TaskRecord } from "./task.ts";

/** A record that any file can have. */
export type SharedRecord =
  | { type: "person"; person: PersonRecord }
  | { type: "task"; task: TaskRecord }
  | { type: "mail"; mail: MailRecord };

/** A change that any file can take: what it is about stays as it is. */
export interface SharedChange {
  audit: readonly [AuditEntry, ...AuditEntry[]];
  records?: readonly SharedRecord[];
  errands?: readonly SharedErrand[];
}

/** Where new ids come from: the domain draws no lots of its own. */
export type NewId = () => string;
