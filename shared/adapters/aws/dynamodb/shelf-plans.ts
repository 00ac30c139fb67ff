import {
  type AgreementCase,
  isClosed,
  isConfirmed,
  nextActor,
} from "../../../domain/agreement/agreement-case.ts";
import type { CaseFile } from "../../../domain/agreement/case-file.ts";
import { contactHash, contactOf } from "../../../domain/agreement/case-questions.ts";
import type { SharedRecord } from "../../../domain/filing/change.ts";
import type { Filed } from "../../../domain/filing/filed.ts";
import type { RoundRecord } from "../../../domain/filing/round.ts";
import type { Posting } from "../../../domain/ledger/posting.ts";
import type { MemberFile } from "../../../domain/membership/member-file.ts";
import type { Owner } from "../../../domain/owner.ts";
import { roundPart, sharedRecordPart } from "./filed-parts.ts";
import { takenNumbers } from "./invoice-counter.ts";
import {
  caseItem,
  caseRoundItem,
  duesItem,
  memberItem,
  officeItem,
  parseItem,
  roundItem,
  runItem,
  uploadItem,
} from "./items.ts";
import { type AppliedFor, keyOf, listed, prefixes, workList, yearList } from "./keys.ts";
import { itemsOf, type ShelfPlan } from "./shelf-plan.ts";
import { postingItem } from "./stored-member.ts";
import { absent, type Part } from "./table.ts";

export const casePlan: ShelfPlan<"case"> = {
  kind: "case",
  fileOf: (stored, filed, items) => ({
    ...filed,
    ...parseItem(caseItem, stored),
    uploads: itemsOf(items, prefixes.upload, uploadItem).sort((a, b) => a.registeredAt - b.registeredAt),
    rounds: itemsOf(items, prefixes.round, caseRoundItem),
  }),
  bodyOf: (file) => file.case,
  bodyPut: ({ owner, organisation, signerId, contactId }, agreement, head) => {
    return {
      case: agreement,
      head,
      organisation,
      signerId,
      contactId,
      ...placeInWork(agreement, owner),
    };
  },
  statusOf: ({ status }) => status,
  recordPart: (owner, record, read) => {
    switch (record.type) {
      case "upload":
        return {
          label: "upload",
          put: { ...keyOf.upload(owner.id, record.upload.versionId), ...record.upload },
        };
      default:
        return roundOrShared(owner, record, read);
    }
  },
  alongside: (read, after) =>
    read && isClosed(after) && !isClosed(read.case) && isConfirmed(read.case) ? [releaseOfGuard(read)] : [],
};

/**
 * In the work index a case stands at whoever has to act, until nobody has. One whose contact has not answered stands
 * by itself, at the moment at which it is gone, so that a flood of them is nobody's work.
 */
function placeInWork(agreement: AgreementCase, owner: Owner<"case">) {
  if ("until" in agreement.confirmation)
    return listed(workList.unconfirmed, agreement.confirmation.until, owner);
  const actor = nextActor(agreement);
  return actor === "nobody" ? {} : listed(workList.actor(actor), agreement.since, owner);
}

/** Whose application a case is, as its guard is named. */
export function appliedFor(file: Pick<CaseFile, "case" | "persons" | "contactId">): AppliedFor {
  const { kind, cvr } = file.case;
  return { kind, cvr, contactHash: contactHash(contactOf(file).email) };
}

/** Only the case's own guard: a closed case whose task is resolved later must not free the next case's. */
function releaseOfGuard(read: CaseFile): Part {
  return {
    label: "release-guard",
    delete: keyOf.openGuard(appliedFor(read)),
    condition: {
      expression: "#caseId = :caseId",
      names: { "#caseId": "caseId" },
      values: { ":caseId": read.owner.id },
    },
  };
}

export const memberPlan: ShelfPlan<"member"> = {
  kind: "member",
  fileOf: (stored, filed, items) => ({
    ...filed,
    ...parseItem(memberItem, stored),
    rounds: itemsOf(items, prefixes.round, roundItem),
    dues: itemsOf(items, prefixes.dues, duesItem),
    postings: itemsOf(items, prefixes.posting, postingItem).sort((a, b) => a.enteredAt - b.enteredAt),
  }),
  bodyOf: (file) => file.member,
  bodyPut: ({ contactId }, member, head) => ({
    member,
    head,
    contactId,
    yearPk: yearList.members(member.kind),
    yearSk: member.id,
  }),
  statusOf: ({ standing }) => standing.status,
  recordPart: (owner, record, read) => {
    switch (record.type) {
      case "dues-line": {
        const { line } = record;
        return {
          label: "dues-line",
          put: {
            ...keyOf.dues(owner.id, line.year, line.line),
            ...line,
            yearPk: yearList.dues(line.year),
            yearSk: `${owner.id}#${line.line}`,
          },
        };
      }
      case "posting":
        return {
          label: "posting",
          put: { ...keyOf.posting(owner.id, record.posting.id), ...record.posting },
          condition: absent,
        };
      default:
        return roundOrShared(owner, record, read);
    }
  },
  alongside: (read, _after, records) => [
    ...takenNumbers(
      read?.dues ?? [],
      records.flatMap((record) => (record.type === "dues-line" ? [record.line] : [])),
    ),
    ...records.flatMap((record) => (record.type === "posting" ? bankRowParts(record.posting, read) : [])),
  ],
};

/** The label by which a bank row that was booked already is recognised. */
export const BANK_ROW = "bank-row";

/** A bank row is booked once, on whomever: its guard is written with the posting. */
function bankRowParts({ source, id }: Posting, read: MemberFile | undefined): Part[] {
  if (source.kind !== "bank" || !read) return [];
  const { id: memberId } = read.owner;
  return [
    { label: BANK_ROW, put: { ...keyOf.bankRow(source.row), memberId, posting: id }, condition: absent },
  ];
}

export const runPlan: ShelfPlan<"run"> = {
  kind: "run",
  fileOf: (stored, filed, items) => ({
    ...filed,
    ...parseItem(runItem, stored),
    rounds: itemsOf(items, prefixes.round, roundItem),
  }),
  bodyOf: (file) => file.run,
  bodyPut: (_file, run, head) => ({ run, head }),
  statusOf: ({ status }) => status,
  recordPart: roundOrShared,
};

export const officePlan: ShelfPlan<"office"> = {
  kind: "office",
  fileOf: (stored, filed, items) => ({
    ...filed,
    ...parseItem(officeItem, stored),
    rounds: itemsOf(items, prefixes.round, roundItem),
  }),
  bodyOf: (file) => file.office,
  bodyPut: (_file, office, head) => ({ office, head }),
  statusOf: () => "office",
  recordPart: roundOrShared,
};

function roundOrShared(
  owner: Owner,
  record: SharedRecord | { type: "round"; round: RoundRecord },
  read: Pick<Filed, "mails"> | undefined,
): Part {
  return record.type === "round" ? roundPart(owner, record.round) : sharedRecordPart(owner, record, read);
}
