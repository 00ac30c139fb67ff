import * as z from "zod";
import {
  type CaseFile,
  type CaseRound,
  scanVerdicts,
  type UploadRecord,
} from "../../../domain/agreement/case-file.ts";
import { languages, membershipKinds } from "../../../domain/agreement/kind.ts";
import type { Link } from "../../../domain/approval/link.ts";
import type { DuesRate } from "../../../domain/dues/dues-rate.ts";
import { type RunFile, runStatuses } from "../../../domain/dues/dues-run.ts";
import { type AuditEvent, auditCodes } from "../../../domain/filing/audit-event.ts";
import type { PersonRecord } from "../../../domain/filing/person.ts";
import { type RoundRecord, roundOutcomes } from "../../../domain/filing/round.ts";
import { type TaskRecord, taskReasons, taskResolutions } from "../../../domain/filing/task.ts";
import { judgementSchema } from "../../../domain/judgement/judgement.ts";
import type { DuesLine } from "../../../domain/membership/member.ts";
import type { MemberFile } from "../../../domain/membership/member-file.ts";
import type { OfficeFile } from "../../../domain/office/office-file.ts";
import { authorityTypes, type Organisation } from "../../../domain/organisation/organisation.ts";
import {
  type CaseId,
  type MemberId,
  type OfficeId,
  type Owner,
  type OwnerKind,
  type PersonId,
  parseOwner,
  type RunId,
  type TaskId,
} from "../../../domain/owner.ts";
import { calendarDate, cvr, emailAddress, gln, idOf, moment, oere, vatCategory } from "./brands.ts";
import type { Key } from "./keys.ts";
import { round, storedCase } from "./stored-case.ts";
import { recipient } from "./stored-mails.ts";
import type { RawItem } from "./table.ts";

/** What each item must be when it is read back: a table is a boundary like any other. */

const sequence = z.int().nonnegative();
const chainHead = z.object({ sequence, hash: z.string() });

const organisation = z.object({
  name: z.string(),
  cvr,
  gln: gln.optional(),
  authorityType: z.enum(authorityTypes).optional(),
  population: z.number().optional(),
  address: z.object({ street: z.string(), postalCode: z.string(), city: z.string() }).optional(),
}) satisfies z.ZodType<Organisation>;

export const caseItem = z.object({
  case: storedCase,
  head: chainHead,
  organisation,
  signerId: idOf<PersonId>(),
  contactId: idOf<PersonId>(),
}) satisfies z.ZodType<Pick<CaseFile, "case" | "head" | "organisation" | "signerId" | "contactId">>;

export const memberItem = z.object({
  member: z.object({
    id: idOf<MemberId>(),
    memberNumber: z.string(),
    kind: z.enum(membershipKinds),
    organisation,
    language: z.enum(languages),
    joinedOn: calendarDate,
    admittedAt: moment,
    admittedBy: z.object({ caseId: idOf<CaseId>(), caseNumber: z.string() }),
    agreement: z.object({ key: z.string(), versionId: z.string(), sha256: z.string() }),
  }),
  head: chainHead,
  contactId: idOf<PersonId>(),
}) satisfies z.ZodType<Pick<MemberFile, "member" | "head" | "contactId">>;

export const runItem = z.object({
  run: z.object({ id: idOf<RunId>(), year: z.int(), status: z.enum(runStatuses) }),
  head: chainHead,
}) satisfies z.ZodType<Pick<RunFile, "run" | "head">>;

export const officeItem = z.object({
  office: z.object({ id: idOf<OfficeId>() }),
  head: chainHead,
}) satisfies z.ZodType<Pick<OfficeFile, "office" | "head">>;

export const uploadItem = z.object({
  versionId: z.string(),
  key: z.string(),
  sha256: z.string(),
  bytes: z.int().nonnegative(),
  registeredAt: moment,
  judgement: judgementSchema.optional(),
  pageImageKey: z.string().optional(),
  scan: z.object({ verdict: z.enum(scanVerdicts), at: moment }).optional(),
}) satisfies z.ZodType<UploadRecord>;

export const roundItem = round.extend({
  sha256: z.string(),
  ended: z
    .object({
      outcome: z.enum(roundOutcomes),
      at: moment,
      byId: idOf<PersonId>().optional(),
      reasonId: idOf<PersonId>().optional(),
    })
    .optional(),
}) satisfies z.ZodType<RoundRecord>;
export const caseRoundItem = roundItem.extend({ versionId: z.string() }) satisfies z.ZodType<CaseRound>;

export const auditItem = z.object({
  code: z.enum(auditCodes),
  at: moment,
  actor: z.string(),
  details: z.record(z.string(), z.union([z.string(), z.number()])),
  sequence,
  status: z.string(),
  previousHash: z.string(),
  hash: z.string(),
}) satisfies z.ZodType<AuditEvent>;

const personId = { id: idOf<PersonId>() };
export const personItem = z.discriminatedUnion("role", [
  z.object({ ...personId, role: z.literal("signer"), name: z.string(), title: z.string() }),
  z.object({
    ...personId,
    role: z.literal("contact"),
    name: z.string(),
    email: emailAddress,
    phone: z.string().optional(),
  }),
  z.object({ ...personId, role: z.literal("approver"), email: emailAddress, name: z.string().optional() }),
  z.object({ ...personId, role: z.literal("reason"), text: z.string() }),
]) satisfies z.ZodType<PersonRecord>;

export const taskItem = z.object({
  id: idOf<TaskId>(),
  reason: z.enum(taskReasons),
  cause: z.string(),
  since: moment,
  detail: z.string().optional(),
  resolved: z
    .object({
      resolution: z.enum(taskResolutions),
      at: moment,
      byId: idOf<PersonId>().optional(),
      reasonId: idOf<PersonId>().optional(),
    })
    .optional(),
}) satisfies z.ZodType<TaskRecord>;

export const waitItem = z.object({ name: z.string(), token: z.string(), storedAt: moment });

const ownedBy = <Kind extends OwnerKind>(...kinds: readonly Kind[]) =>
  z.string().transform((text, context): Owner<Kind> => {
    const owner = parseOwner(text);
    if (owner && (kinds.length === 0 || kinds.some((kind) => kind === owner.kind)))
      return owner as Owner<Kind>;
    context.issues.push({ code: "custom", input: text, message: "not an owner of such a link" });
    return z.NEVER;
  });
const linkFacts = z.object({ linkHash: z.string(), owner: ownedBy<OwnerKind>(), issuedAt: moment });

/** The owner is stored as one word, as everywhere outside the domain. */
export const linkItem = z.discriminatedUnion("purpose", [
  linkFacts.extend({ purpose: z.literal("status"), owner: ownedBy("case") }),
  linkFacts.extend({
    purpose: z.literal("decision"),
    round: z.int().positive(),
    sha256: z.string(),
    recipient,
    expiresAt: moment,
  }),
  linkFacts.extend({ purpose: z.literal("task"), taskId: idOf<TaskId>(), recipient, expiresAt: moment }),
]) satisfies z.ZodType<Link>;

export const duesItem = z.object({
  memberId: idOf<MemberId>(),
  line: z.int().positive(),
  year: z.int(),
  period: z.enum(["full-year", "half-year"]),
  amountOere: oere,
  vatCategory,
  vatPercent: z.number(),
  vatOere: oere,
  totalOere: oere,
  dueOn: calendarDate,
  invoicedOn: calendarDate,
  state: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("issued"), invoiceNumber: z.int().positive() }),
    z.object({ kind: z.literal("not-invoice-ready"), missing: z.literal("GLN") }),
  ]),
}) satisfies z.ZodType<DuesLine>;

export const rateItem = z.object({
  kind: z.enum(membershipKinds),
  validFrom: calendarDate,
  amountOere: oere,
  vatCategory,
  vatPercent: z.number().nonnegative(),
}) satisfies z.ZodType<DuesRate>;

export const openGuardItem = z.object({ caseId: idOf<CaseId>() });
export const memberOfCvrItem = z.object({ memberId: idOf<MemberId>() });
export const counterItem = z.object({ last: z.int().nonnegative() });
/** Which line of the ledger an item of the work index is. */
export const ledgerKeyItem = z.object({ ledgerKey: z.string() });
/** Whose an item of the work index is. */
export const keyItem = z.object({ pk: z.string(), sk: z.string() });

/** An item is not what the code can read: by hand, by a newer version, or by a fault of ours. */
export class ItemDoesNotParse extends Error {
  override readonly name = "ItemDoesNotParse";
  constructor(key: Key, error: z.ZodError) {
    // Paths and codes only: an item may hold what must not be in a log.
    const faults = error.issues.map((issue) => `${issue.path.join(".")}: ${issue.code}`).join(", ");
    super(`the item ${key.pk} | ${key.sk} doesn't parse: ${faults}`);
  }
}

/** Reads an item back as what it was stored as. */
export function parseItem<Output>(schema: z.ZodType<Output>, item: RawItem): Output {
  const parsed = schema.safeParse(item);
  if (parsed.success) return parsed.data;
  throw new ItemDoesNotParse({ pk: String(item["pk"]), sk: String(item["sk"]) }, parsed.error);
}
