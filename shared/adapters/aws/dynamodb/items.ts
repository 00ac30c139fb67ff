import * as z from "zod/mini";
import {
  type CaseFile,
  type CaseRound,
  scanVerdicts,
  type UploadRecord,
} from "../../../domain/agreement/case-file.ts";
import { languages, membershipKinds } from "../../../domain/agreement/kind.ts";
import type { Link } from "../../../domain/approval/link.ts";
import type { DuesRate } from "../../../domain/dues/dues-rate.ts";
import type { RunFile } from "../../../domain/dues/dues-run.ts";
import { missingForInvoice } from "../../../domain/dues/invoice-readiness.ts";
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
import { address, delivery, memberOrigin, payer, standing, storedReferences } from "./stored-member.ts";
import { confirmedPayee } from "./stored-payee.ts";
import { storedRun } from "./stored-run.ts";
import type { RawItem } from "./table.ts";

/** What each item must be when it is read back: a table is a boundary like any other. */

const sequence = z.int().check(z.nonnegative());
const chainHead = z.object({ sequence, hash: z.string() });

const organisation = z.object({
  name: z.string(),
  cvr,
  gln: z.optional(gln),
  authorityType: z.optional(z.enum(authorityTypes)),
  population: z.optional(z.number()),
  address: z.optional(address),
}) satisfies z.ZodMiniType<Organisation>;

export const caseItem = z.object({
  case: storedCase,
  head: chainHead,
  organisation,
  signerId: idOf<PersonId>(),
  contactId: idOf<PersonId>(),
}) satisfies z.ZodMiniType<Pick<CaseFile, "case" | "head" | "organisation" | "signerId" | "contactId">>;

export const memberItem = z.object({
  member: z.object({
    id: idOf<MemberId>(),
    memberNumber: z.string(),
    kind: z.enum(membershipKinds),
    organisation,
    language: z.enum(languages),
    joinedOn: calendarDate,
    standing,
    origin: memberOrigin,
    references: storedReferences,
    officialEmail: z.optional(emailAddress),
  }),
  head: chainHead,
  contactId: idOf<PersonId>(),
}) satisfies z.ZodMiniType<Pick<MemberFile, "member" | "head" | "contactId">>;

export const runItem = z.object({
  run: storedRun,
  head: chainHead,
}) satisfies z.ZodMiniType<Pick<RunFile, "run" | "head">>;

export const officeItem = z.object({
  office: z.object({ id: idOf<OfficeId>() }),
  head: chainHead,
}) satisfies z.ZodMiniType<Pick<OfficeFile, "office" | "head">>;

export const uploadItem = z.object({
  versionId: z.string(),
  key: z.string(),
  sha256: z.string(),
  bytes: z.int().check(z.nonnegative()),
  registeredAt: moment,
  judgement: z.optional(judgementSchema),
  pageImageKey: z.optional(z.string()),
  scan: z.optional(z.object({ verdict: z.enum(scanVerdicts), at: moment })),
}) satisfies z.ZodMiniType<UploadRecord>;

export const roundItem = z.extend(round, {
  sha256: z.string(),
  ended: z.optional(
    z.object({
      outcome: z.enum(roundOutcomes),
      at: moment,
      byId: z.optional(idOf<PersonId>()),
      reasonId: z.optional(idOf<PersonId>()),
    }),
  ),
}) satisfies z.ZodMiniType<RoundRecord>;
export const caseRoundItem = z.extend(roundItem, {
  versionId: z.string(),
}) satisfies z.ZodMiniType<CaseRound>;

export const auditItem = z.object({
  code: z.enum(auditCodes),
  at: moment,
  actor: z.string(),
  details: z.record(z.string(), z.union([z.string(), z.number()])),
  sequence,
  status: z.string(),
  previousHash: z.string(),
  hash: z.string(),
}) satisfies z.ZodMiniType<AuditEvent>;

const personId = { id: idOf<PersonId>() };
export const personItem = z.discriminatedUnion("role", [
  z.object({ ...personId, role: z.literal("signer"), name: z.string(), title: z.string() }),
  z.object({
    ...personId,
    role: z.literal("contact"),
    name: z.string(),
    email: emailAddress,
    phone: z.optional(z.string()),
  }),
  z.object({ ...personId, role: z.literal("approver"), email: emailAddress, name: z.optional(z.string()) }),
  z.object({ ...personId, role: z.literal("reason"), text: z.string() }),
]) satisfies z.ZodMiniType<PersonRecord>;

export const taskItem = z.object({
  id: idOf<TaskId>(),
  reason: z.enum(taskReasons),
  cause: z.string(),
  since: moment,
  detail: z.optional(z.string()),
  resolved: z.optional(
    z.object({
      resolution: z.enum(taskResolutions),
      at: moment,
      byId: z.optional(idOf<PersonId>()),
      reasonId: z.optional(idOf<PersonId>()),
    }),
  ),
}) satisfies z.ZodMiniType<TaskRecord>;

export const waitItem = z.object({ name: z.string(), token: z.string(), storedAt: moment });

const ownedBy = <Kind extends OwnerKind>(...kinds: readonly Kind[]) =>
  z.pipe(
    z.string(),
    z.transform((text, context): Owner<Kind> => {
      const owner = parseOwner(text);
      if (owner && (kinds.length === 0 || kinds.some((kind) => kind === owner.kind)))
        return owner as Owner<Kind>;
      context.issues.push({ code: "custom", input: text, message: "not an owner of such a link" });
      return z.NEVER;
    }),
  );
const linkFacts = z.object({ linkHash: z.string(), owner: ownedBy<OwnerKind>(), issuedAt: moment });

/** The owner is stored as one word, as everywhere outside the domain. */
export const linkItem = z.discriminatedUnion("purpose", [
  z.extend(linkFacts, { purpose: z.literal("status"), owner: ownedBy("case") }),
  z.extend(linkFacts, { purpose: z.literal("confirmation"), owner: ownedBy("case") }),
  z.extend(linkFacts, {
    purpose: z.literal("decision"),
    round: z.int().check(z.positive()),
    sha256: z.string(),
    recipient,
    expiresAt: moment,
  }),
  z.extend(linkFacts, { purpose: z.literal("task"), taskId: idOf<TaskId>(), recipient, expiresAt: moment }),
]) satisfies z.ZodMiniType<Link>;

export const duesItem = z.object({
  memberId: idOf<MemberId>(),
  line: z.int().check(z.positive()),
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
    z.object({
      kind: z.literal("issued"),
      invoiceNumber: z.int().check(z.positive()),
      payee: confirmedPayee,
      payer,
      delivery,
      credited: z.optional(
        z.object({
          creditNoteNumber: z.int().check(z.positive()),
          on: calendarDate,
          reasonId: idOf<PersonId>(),
        }),
      ),
    }),
    z.object({ kind: z.literal("not-invoice-ready"), missing: z.enum(missingForInvoice) }),
  ]),
  runId: z.optional(idOf<RunId>()),
}) satisfies z.ZodMiniType<DuesLine>;

export const rateItem = z.object({
  kind: z.enum(membershipKinds),
  validFrom: calendarDate,
  amountOere: oere,
  vatCategory,
  vatPercent: z.number().check(z.nonnegative()),
  decision: z.optional(
    z.object({
      decidedOn: calendarDate,
      enteredBy: z.string(),
      unchanged: z.optional(z.literal(true)),
    }),
  ),
}) satisfies z.ZodMiniType<DuesRate>;

export const openGuardItem = z.object({ caseId: idOf<CaseId>() });
export const repeatItem = z.object({ caseId: idOf<CaseId>(), bodyHash: z.string(), until: moment });
export const memberOfCvrItem = z.object({ memberId: idOf<MemberId>() });
export const counterItem = z.object({ last: z.int().check(z.nonnegative()) });
/** Which line of the ledger an item of the work index is. */
export const ledgerKeyItem = z.object({ ledgerKey: z.string() });
/** Whose an item of the work index is. */
export const keyItem = z.object({ pk: z.string(), sk: z.string() });

/** An item is not what the code can read: by hand, by a newer version, or by a fault of ours. */
export class ItemDoesNotParse extends Error {
  override readonly name = "ItemDoesNotParse";
  constructor(key: Key, error: z.core.$ZodError) {
    // Paths and codes only: an item may hold what must not be in a log.
    const faults = error.issues.map((issue) => `${issue.path.join(".")}: ${issue.code}`).join(", ");
    super(`the item ${key.pk} | ${key.sk} doesn't parse: ${faults}`);
  }
}

/** Reads an item back as what it was stored as. */
export function parseItem<Output>(schema: z.ZodMiniType<Output>, item: RawItem): Output {
  const parsed = schema.safeParse(item);
  if (parsed.success) return parsed.data;
  throw new ItemDoesNotParse({ pk: String(item["pk"]), sk: String(item["sk"]) }, parsed.error);
}
