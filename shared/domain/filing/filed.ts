import type { OutboxItem } from "../errands/errand.ts";
import type { MailRecord } from "../errands/mail-record.ts";
import type { Owner, OwnerKind, PersonId } from "../owner.ts";
import { type AuditEvent, type ChainHead, emptyChain } from "./audit-event.ts";
import type { PersonRecord } from "./person.ts";
import type { RoundRecord } from "./round.ts";
import type { TaskRecord } from "./task.ts";

/** The task token a waiting execution has handed out. Never leaves the system. */
export interface WaitRecord {
  token: string;
  storedAt: number;
}

/** What every owner's file has, whatever it is about; read in one consistent query. */
export interface Filed<Kind extends OwnerKind = OwnerKind> {
  owner: Owner<Kind>;
  /** Where the audit chain stands. Its sequence is also what a change is conditional on. */
  head: ChainHead;
  persons: ReadonlyMap<PersonId, PersonRecord>;
  rounds: readonly RoundRecord[];
  tasks: readonly TaskRecord[];
  audit: readonly AuditEvent[];
  outbox: readonly OutboxItem<Kind>[];
  mails: readonly MailRecord<Kind>[];
  /** By name: in a case the upload's version id, in a run "confirmation". */
  waits: ReadonlyMap<string, WaitRecord>;
}

/** A file in which nothing has happened yet. */
export function emptyFiled<Kind extends OwnerKind>(owner: Owner<Kind>): Filed<Kind> {
  return {
    owner,
    head: emptyChain,
    persons: new Map(),
    rounds: [],
    tasks: [],
    audit: [],
    outbox: [],
    mails: [],
    waits: new Map(),
  };
}
