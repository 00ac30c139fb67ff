import * as z from "zod";
import {
  type CaseId,
  type CaseStatus,
  type MemberId,
  type PersonId,
  statusRules,
  type TaskId,
} from "../../../domain/agreement/agreement-case.ts";
import {
  type MailRecord,
  type PersonRecord,
  type RoundRecord,
  roundOutcomes,
  scanVerdicts,
  type TaskRecord,
  type UploadRecord,
} from "../../../domain/agreement/case-file.ts";
import { membershipKinds } from "../../../domain/agreement/kind.ts";
import type { Link } from "../../../domain/approval/link.ts";
import type { DuesRate } from "../../../domain/dues/dues-rate.ts";
import { mailNames, type OutboxItem } from "../../../domain/errands/errand.ts";
import { type AuditEvent, auditCodes } from "../../../domain/filing/audit-event.ts";
import { taskReasons, taskResolutions } from "../../../domain/filing/task.ts";
import { judgementSchema } from "../../../domain/judgement/judgement.ts";
import type { DuesLine, Member } from "../../../domain/membership/member.ts";
import { authorityTypes, type Organisation } from "../../../domain/organisation/organisation.ts";
import { calendarDate, cvr, emailAddress, gln, idOf, moment, oere, vatCategory } from "./brands.ts";
import type { Key } from "./keys.ts";
import { round, storedCase } from "./stored-case.ts";
import type { RawItem } from "./table.ts";

/** What each item must be when it is read back: a table is a boundary like any other. */

const caseStatuses = Object.keys(statusRules) as [CaseStatus, ...CaseStatus[]];
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
});

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
  versionId: z.string(),
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

export const auditItem = z.object({
  code: z.enum(auditCodes),
  at: moment,
  actor: z.string(),
  details: z.record(z.string(), z.union([z.string(), z.number()])),
  sequence,
  status: z.enum([...caseStatuses, "member", "settings"]),
  previousHash: z.string(),
  hash: z.string(),
}) satisfies z.ZodType<AuditEvent>;

export const personItem = z.object({
  id: idOf<PersonId>(),
  role: z.enum(["signer", "contact", "approver", "reason"]),
  name: z.string().optional(),
  title: z.string().optional(),
  email: emailAddress.optional(),
  phone: z.string().optional(),
  text: z.string().optional(),
}) satisfies z.ZodType<PersonRecord>;

export const taskItem = z.object({
  id: idOf<TaskId>(),
  reason: z.enum(taskReasons),
  cause: z.string(),
  since: moment,
  detail: z.string().optional(),
  resolved: z
    .object({ resolution: z.enum(taskResolutions), at: moment, byId: idOf<PersonId>().optional() })
    .optional(),
}) satisfies z.ZodType<TaskRecord>;

const recipientRole = z.enum(["contact", "secretary", "chair"]);
const recipient = z.object({ role: recipientRole, address: emailAddress });
const mailSubject = z.object({
  round: z.int().optional(),
  versionId: z.string().optional(),
  reasonId: idOf<PersonId>().optional(),
  approverId: idOf<PersonId>().optional(),
  taskId: idOf<TaskId>().optional(),
  invoiceNumber: z.int().optional(),
});

export const mailItem = z.object({
  ledgerKey: z.string(),
  mail: z.enum(mailNames),
  step: z.string(),
  role: recipientRole,
  subject: mailSubject,
  recipientHash: z.string(),
  claimedAt: moment,
  state: z.enum(["claimed", "sent", "delivered", "bounced", "complained", "refused"]),
  messageId: z.string().optional(),
  settledAt: moment.optional(),
}) satisfies z.ZodType<MailRecord>;

const outboxPlace = z.object({ sequence, since: moment });

export const errandItem = z.discriminatedUnion("type", [
  outboxPlace.extend({
    type: z.literal("mail"),
    mail: z.enum(mailNames),
    step: z.string(),
    to: recipient,
    subject: mailSubject,
  }),
  outboxPlace.extend({ type: z.literal("resume"), versionId: z.string() }),
]) satisfies z.ZodType<OutboxItem>;

export const waitItem = z.object({ versionId: z.string(), token: z.string(), storedAt: moment });

const linkFacts = z.object({ linkHash: z.string(), caseId: idOf<CaseId>(), issuedAt: moment });

export const linkItem = z.discriminatedUnion("purpose", [
  linkFacts.extend({ purpose: z.literal("status") }),
  linkFacts.extend({
    purpose: z.literal("decision"),
    round: z.int().positive(),
    sha256: z.string(),
    recipient,
    expiresAt: moment,
    wrongCodes: z.int().nonnegative(),
  }),
  linkFacts.extend({ purpose: z.literal("task"), taskId: idOf<TaskId>(), recipient, expiresAt: moment }),
]) satisfies z.ZodType<Link>;

export const memberItem = z.object({
  id: idOf<MemberId>(),
  kind: z.enum(membershipKinds),
  organisation,
  joinedOn: calendarDate,
  admittedAt: moment,
  caseId: idOf<CaseId>(),
  agreement: z.object({ key: z.string(), versionId: z.string(), sha256: z.string() }),
}) satisfies z.ZodType<Member>;

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
export const settingsHeadItem = z.object({ head: chainHead });
/** Which case an item of the work index belongs to. */
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
