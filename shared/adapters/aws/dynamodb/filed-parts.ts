import type { Errand } from "../../../domain/errands/errand.ts";
import type { MailRecord } from "../../../domain/errands/mail-record.ts";
import { appendToChain } from "../../../domain/filing/audit-chain.ts";
import type { AuditEntry, ChainHead } from "../../../domain/filing/audit-event.ts";
import type { SharedRecord } from "../../../domain/filing/change.ts";
import type { Filed } from "../../../domain/filing/filed.ts";
import type { RoundRecord } from "../../../domain/filing/round.ts";
import type { TaskRecord } from "../../../domain/filing/task.ts";
import { type AnyOwner, ownerText } from "../../../domain/owner.ts";
import { keyOf, listed, workList } from "./keys.ts";
import { absent, type Condition, MOST_PARTS, type Part } from "./table.ts";

/** What a change of any file writes: pure, so that what is in one transaction can be read in one place. */

/** The label of the item that a file is about: what every change is conditional on. */
export const BODY = "body";
export const MAIL = "mail";

/** Nothing has been committed since the file was read. */
export function asRead(read: Pick<Filed, "head">): Condition {
  return {
    expression: "#head.#sequence = :read",
    names: { "#head": "head", "#sequence": "sequence" },
    values: { ":read": read.head.sequence },
  };
}

export function auditParts(owner: AnyOwner, from: ChainHead, status: string, entries: readonly AuditEntry[]) {
  const { head, events } = appendToChain(from, status, entries);
  const parts: Part[] = events.map((event) => ({
    label: "audit",
    put: { ...keyOf.audit(owner, event.sequence), ...event },
    condition: absent,
  }));
  return { head, parts };
}

/**
 * Errands are numbered from where the audit chain stands, so that no counter of their own is needed: a transaction
 * moves the chain by at least one and holds fewer than 100 errands. Each names its owner, for the table's stream.
 */
export function errandParts(
  owner: AnyOwner,
  head: ChainHead,
  errands: readonly Pick<Errand, "type">[],
  since: number,
): Part[] {
  return errands.map((errand, position) => {
    const sequence = head.sequence * MOST_PARTS + position;
    return {
      label: "errand",
      put: {
        ...keyOf.errand(owner, sequence),
        ...errand,
        owner: ownerText(owner),
        sequence,
        since,
        ...listed(workList.errands, since, owner, sequence),
      },
      condition: absent,
    };
  });
}

/** @param read the file that the change was decided on; nothing for a file that begins */
export function sharedRecordPart(
  owner: AnyOwner,
  record: SharedRecord,
  read: Pick<Filed, "mails"> | undefined,
): Part {
  switch (record.type) {
    case "person":
      return { label: "person", put: { ...keyOf.person(owner, record.person.id), ...record.person } };
    case "task":
      return { label: "task", put: taskPut(owner, record.task) };
    case "mail": {
      const before = read?.mails.find(({ ledgerKey }) => ledgerKey === record.mail.ledgerKey);
      return { label: MAIL, put: mailPut(owner, record.mail), condition: asLedgerStood(before) };
    }
  }
}

export function roundPart(owner: AnyOwner, round: RoundRecord): Part {
  return { label: "round", put: { ...keyOf.round(owner, round), ...round } };
}

function taskPut(owner: AnyOwner, task: TaskRecord) {
  const open = task.resolved ? {} : listed(workList.tasks, task.since, owner, task.id);
  return { ...keyOf.task(owner, task.id), ...task, ...open };
}

/** The ledger moves by itself as well, so its lines have a condition of their own: as they were read. */
function asLedgerStood(before: MailRecord | undefined): Condition {
  return before
    ? { expression: "#state = :read", names: { "#state": "state" }, values: { ":read": before.state } }
    : absent;
}

/** A line of the mail ledger; listed while nobody knows whether the mail went out. */
export function mailPut(owner: AnyOwner, mail: MailRecord) {
  const uncertain =
    mail.state === "claimed" ? listed(workList.uncertainMails, mail.claimedAt, owner, mail.ledgerKey) : {};
  return { ...keyOf.mail(owner, mail.ledgerKey), ...mail, ...uncertain };
}
