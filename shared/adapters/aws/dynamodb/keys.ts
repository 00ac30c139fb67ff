import type { CaseId, MemberId, PersonId, Stage, TaskId } from "../../../domain/agreement/agreement-case.ts";
import { type AgreementKind, type MembershipKind, subjectKey } from "../../../domain/agreement/kind.ts";
import type { CvrNumber } from "../../../domain/organisation/cvr-number.ts";

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

/**
 * The one key map of the one table: every key that exists is made here.
 *
 *     CASE#id       | CASE, UPLOAD#version, ROUND#nn#stage, AUDIT#seq, MAIL#ledgerKey, OUTBOX#seq, PERSON#id, TASK#id, WAIT#version
 *     OPEN#kind#cvr | OPEN            one open case; released in the closing transaction
 *     LINK#hash     | LINK
 *     MEMBER#id     | MEMBER, DUES#year#line, AUDIT#seq
 *     CVR#kind#cvr  | MEMBER          unique; the member's own key isn't the CVR, for authorities merge
 *     RATE#kind     | validFrom       SETTING#name | validFrom       SETTINGS | HEAD, AUDIT#seq
 *     COUNTER#name  | COUNTER         LIMIT#what#hash#window | COUNT
 */
export const keyOf = {
  case: (id: CaseId): Key => ({ pk: `CASE#${id}`, sk: "CASE" }),
  upload: (id: CaseId, versionId: string): Key => ({ pk: `CASE#${id}`, sk: `UPLOAD#${versionId}` }),
  round: (id: CaseId, round: { number: number; stage: Stage }): Key => ({
    pk: `CASE#${id}`,
    sk: `ROUND#${String(round.number).padStart(4, "0")}#${round.stage}`,
  }),
  caseAudit: (id: CaseId, sequence: number): Key => ({ pk: `CASE#${id}`, sk: `AUDIT#${count(sequence)}` }),
  mail: (id: CaseId, ledgerKey: string): Key => ({ pk: `CASE#${id}`, sk: `MAIL#${ledgerKey}` }),
  errand: (id: CaseId, sequence: number): Key => ({ pk: `CASE#${id}`, sk: `OUTBOX#${count(sequence)}` }),
  person: (id: CaseId, personId: PersonId): Key => ({ pk: `CASE#${id}`, sk: `PERSON#${personId}` }),
  task: (id: CaseId, taskId: TaskId): Key => ({ pk: `CASE#${id}`, sk: `TASK#${taskId}` }),
  wait: (id: CaseId, versionId: string): Key => ({ pk: `CASE#${id}`, sk: `WAIT#${versionId}` }),

  openGuard: (kind: AgreementKind, cvr: CvrNumber): Key => ({
    pk: `OPEN#${subjectKey({ kind })}#${cvr}`,
    sk: "OPEN",
  }),
  link: (linkHash: string): Key => ({ pk: `LINK#${linkHash}`, sk: "LINK" }),

  member: (id: MemberId): Key => ({ pk: `MEMBER#${id}`, sk: "MEMBER" }),
  dues: (id: MemberId, year: number, line: number): Key => ({
    pk: `MEMBER#${id}`,
    sk: `DUES#${year}#${String(line).padStart(4, "0")}`,
  }),
  memberAudit: (id: MemberId, sequence: number): Key => ({
    pk: `MEMBER#${id}`,
    sk: `AUDIT#${count(sequence)}`,
  }),
  memberOfCvr: (kind: MembershipKind, cvr: CvrNumber): Key => ({ pk: `CVR#${kind}#${cvr}`, sk: "MEMBER" }),

  rate: (kind: MembershipKind, validFrom: string): Key => ({ pk: `RATE#${kind}`, sk: validFrom }),
  setting: (name: string, validFromMs: number): Key => ({ pk: `SETTING#${name}`, sk: moment(validFromMs) }),
  settingsHead: (): Key => ({ pk: "SETTINGS", sk: "HEAD" }),
  settingsAudit: (sequence: number): Key => ({ pk: "SETTINGS", sk: `AUDIT#${count(sequence)}` }),

  invoiceCounter: (): Key => ({ pk: "COUNTER#invoice", sk: "COUNTER" }),
  caseCounter: (year: number): Key => ({ pk: `COUNTER#case#${year}`, sk: "COUNTER" }),
  limit: (what: string, subjectHash: string, window: number): Key => ({
    pk: `LIMIT#${what}#${subjectHash}#${window}`,
    sk: "COUNT",
  }),
};

/** What the sort key of an item in a case's partition begins with, up to and including the `#`. */
export const caseItemPrefixes = {
  upload: "UPLOAD#",
  round: "ROUND#",
  audit: "AUDIT#",
  mail: "MAIL#",
  errand: "OUTBOX#",
  person: "PERSON#",
  task: "TASK#",
  wait: "WAIT#",
} as const;

export const DUES_PREFIX = "DUES#";

/** The lists of the work index. */
export const workList = {
  actor: (actor: "submitter" | "secretariat" | "chair" | "system"): string => `ACTOR#${actor}`,
  errands: "OUTBOX",
  tasks: "TASK",
  uncertainMails: "MAIL#uncertain",
};

/** Places an item in a list of the work index. `owner` makes the sort key unique and says where to look. */
export function listed(list: string, sinceMs: number, owner: string): WorkEntry {
  return { workPk: list, workSk: `${moment(sinceMs)}#${owner}` };
}

/** Sort keys of a work list up to, and not including, a moment. */
export function before(epochMs: number): string {
  return moment(epochMs);
}

export const yearList = {
  dues: (year: number): string => `DUES#${year}`,
  members: (kind: MembershipKind): string => `MEMBERS#${kind}`,
};

/** The id of the case in whose partition an item lies. */
export function caseIdOf(pk: string): CaseId | undefined {
  return pk.startsWith("CASE#") ? (pk.slice("CASE#".length) as CaseId) : undefined;
}
