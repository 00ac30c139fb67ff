import { type AgreementKind, type MembershipKind, subjectKey } from "../../../domain/agreement/kind.ts";
import type { Stage } from "../../../domain/filing/round.ts";
import type { CvrNumber } from "../../../domain/organisation/cvr-number.ts";
import {
  type AnyOwner,
  type CaseId,
  type MemberId,
  type Owner,
  type OwnerKind,
  ownerKinds,
  ownerOf,
  ownerText,
  type PersonId,
  type TaskId,
} from "../../../domain/owner.ts";

/** The primary key of an item. */
export interface Key {
  pk: string;
  sk: string;
}

/** Where the sparse `work` index lists an item: what waits, oldest first. */
export interface WorkEntry {
  workPk: string;
  workSk: string;
}

/** The attribute by which DynamoDB clears an item away some time after; never a rule. */
export const TTL_ATTRIBUTE = "ttl";

/** A number as text that sorts as the number does: 12 digits for counts, 15 for epoch milliseconds. */
const count = (value: number) => String(value).padStart(12, "0");
const moment = (epochMs: number) => String(epochMs).padStart(15, "0");

/** What an owner's partition is called, and the item of what its file is about. */
const names = {
  case: "CASE",
  member: "MEMBER",
  run: "RUN",
  office: "OFFICE",
} as const satisfies Record<OwnerKind, string>;

const pkOf = (owner: AnyOwner): string => `${names[owner.kind]}#${owner.id}`;
const caseKey = (id: CaseId): string => pkOf({ kind: "case", id });
const memberKey = (id: MemberId): string => pkOf({ kind: "member", id });

/** Who applies for what: one open case each, once the contact has answered. */
export interface AppliedFor {
  kind: AgreementKind;
  cvr: CvrNumber;
  contactHash: string;
}

const openPk = ({ kind, cvr, contactHash }: AppliedFor): string =>
  `OPEN#${subjectKey({ kind })}#${cvr}#${contactHash}`;

/**
 * The one key map of the one table: every key that exists is made here.
 *
 *     CASE#id       | CASE, UPLOAD#version        MEMBER#id | MEMBER, DUES#year#line, POSTING#id
 *     RUN#id        | RUN                         OFFICE#os2 | OFFICE
 *       in each of them: AUDIT#seq LATER MAIL#ledgerKey OUTBOX#seq PERSON#id ROUND#nn#stage TASK#id WAIT#name
 *     OPEN#kind#cvr#contactHash | OPEN, UNCONFIRMED#case
 *                                     one confirmed open case a contact, released in the closing transaction; nobody
 *                                     can occupy a CVR. Beside it the applications that nobody has answered for
 *     LINK#hash     | LINK {owner}    REPEAT#hash | REPEAT {case}, for a day
 *     CVR#kind#cvr  | MEMBER          unique; the member's own key isn't the CVR, for authorities merge
 *     RATE#kind     | validFrom       SETTING#name | validFrom
 *     ENTERED#name  | ENTERED         a setting that waits for a second person
 *     PAID#row      | POSTING         a bank row once, however often its file is imported
 *     COUNTER#name  | COUNTER         LIMIT#what#hash#window | COUNT
 */
export const keyOf = {
  /** What a file is about. */
  body: (owner: AnyOwner): Key => ({ pk: pkOf(owner), sk: names[owner.kind] }),
  round: (owner: AnyOwner, round: { number: number; stage: Stage }): Key => ({
    pk: pkOf(owner),
    sk: `ROUND#${String(round.number).padStart(4, "0")}#${round.stage}`,
  }),
  audit: (owner: AnyOwner, sequence: number): Key => ({ pk: pkOf(owner), sk: `AUDIT#${count(sequence)}` }),
  mail: (owner: AnyOwner, ledgerKey: string): Key => ({ pk: pkOf(owner), sk: `MAIL#${ledgerKey}` }),
  errand: (owner: AnyOwner, sequence: number): Key => ({ pk: pkOf(owner), sk: `OUTBOX#${count(sequence)}` }),
  person: (owner: AnyOwner, personId: PersonId): Key => ({ pk: pkOf(owner), sk: `PERSON#${personId}` }),
  task: (owner: AnyOwner, taskId: TaskId): Key => ({ pk: pkOf(owner), sk: `TASK#${taskId}` }),
  /** When the owner's errands are looked at again. */
  later: (owner: AnyOwner): Key => ({ pk: pkOf(owner), sk: "LATER" }),
  wait: (owner: AnyOwner, name: string): Key => ({ pk: pkOf(owner), sk: `WAIT#${name}` }),

  upload: (id: CaseId, versionId: string): Key => ({ pk: caseKey(id), sk: `UPLOAD#${versionId}` }),
  dues: (id: MemberId, year: number, line: number): Key => ({
    pk: memberKey(id),
    sk: `DUES#${year}#${String(line).padStart(4, "0")}`,
  }),
  posting: (id: MemberId, posting: string): Key => ({ pk: memberKey(id), sk: `POSTING#${posting}` }),
  /** A bank row once, however often its file is imported. */
  bankRow: (row: string): Key => ({ pk: `PAID#${row}`, sk: "POSTING" }),

  openGuard: (applied: AppliedFor): Key => ({ pk: openPk(applied), sk: "OPEN" }),
  unconfirmed: (applied: AppliedFor, id: CaseId): Key => ({ pk: openPk(applied), sk: `UNCONFIRMED#${id}` }),
  link: (linkHash: string): Key => ({ pk: `LINK#${linkHash}`, sk: "LINK" }),
  memberOfCvr: (kind: MembershipKind, cvr: CvrNumber): Key => ({ pk: `CVR#${kind}#${cvr}`, sk: "MEMBER" }),

  rate: (kind: MembershipKind, validFrom: string): Key => ({ pk: `RATE#${kind}`, sk: validFrom }),
  setting: (name: string, validFromMs: number): Key => ({ pk: `SETTING#${name}`, sk: moment(validFromMs) }),
  entered: (name: string): Key => ({ pk: `ENTERED#${name}`, sk: "ENTERED" }),

  repeat: (keyHash: string): Key => ({ pk: `REPEAT#${keyHash}`, sk: "REPEAT" }),

  invoiceCounter: (): Key => ({ pk: "COUNTER#invoice", sk: "COUNTER" }),
  memberCounter: (): Key => ({ pk: "COUNTER#member", sk: "COUNTER" }),
  caseCounter: (year: number): Key => ({ pk: `COUNTER#case#${year}`, sk: "COUNTER" }),
  limit: (what: string, subjectHash: string, window: number): Key => ({
    pk: `LIMIT#${what}#${subjectHash}#${window}`,
    sk: "COUNT",
  }),
};

/** What the sort key of an item in a file's partition begins with, up to and including the `#`. */
export const prefixes = {
  round: "ROUND#",
  audit: "AUDIT#",
  mail: "MAIL#",
  errand: "OUTBOX#",
  person: "PERSON#",
  task: "TASK#",
  wait: "WAIT#",
  unconfirmed: "UNCONFIRMED#",
  upload: "UPLOAD#",
  dues: "DUES#",
  posting: "POSTING#",
} as const;

/** The lists of the work index. */
export const workList = {
  actor: (actor: "submitter" | "secretariat" | "chair" | "system"): string => `ACTOR#${actor}`,
  errands: "OUTBOX",
  tasks: "TASK",
  uncertainMails: "MAIL#uncertain",
  /** Cases whose contact has not answered, by the moment at which they are gone. */
  unconfirmed: "UNCONFIRMED",
  /** Confirmed open cases for one body and kind, to show to a secretary. */
  rivals: ({ kind, cvr }: Pick<AppliedFor, "kind" | "cvr">): string =>
    `RIVALS#${subjectKey({ kind })}#${cvr}`,
};

/** Places an item of an owner's in a list of the work index; `what` tells it from the owner's others there. */
export function listed(list: string, sinceMs: number, owner: AnyOwner, what?: string | number): WorkEntry {
  const end = what === undefined ? "" : `#${what}`;
  return { workPk: list, workSk: `${moment(sinceMs)}#${ownerText(owner)}${end}` };
}

/** Sort keys of a work list up to, and not including, a moment. */
export function before(epochMs: number): string {
  return moment(epochMs);
}

export const yearList = {
  dues: (year: number): string => `DUES#${year}`,
  members: (kind: MembershipKind): string => `MEMBERS#${kind}`,
};

/** The owner in whose partition an item lies. */
export function ownerOfPk(pk: string): Owner | undefined {
  const [name, ...id] = pk.split("#");
  const kind = ownerKinds.find((candidate) => names[candidate] === name);
  return kind && id.length > 0 ? (ownerOf(kind, id.join("#") as never) as Owner) : undefined;
}
