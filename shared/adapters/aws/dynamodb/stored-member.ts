import * as z from "zod/mini";
import type { Delivery, Payer } from "../../../domain/dues/invoice-readiness.ts";
import { type Posting, type PostingId, postingKinds } from "../../../domain/ledger/posting.ts";
import type { MemberOrigin } from "../../../domain/membership/member.ts";
import type { References } from "../../../domain/membership/references.ts";
import type { Standing } from "../../../domain/membership/standing.ts";
import type { CaseId, PersonId } from "../../../domain/owner.ts";
import { calendarDate, cvr, gln, idOf, moment, oere } from "./brands.ts";

/** What a member's own items hold besides who it is: how it stands, where it came from, what it was asked for and paid. */

const entered = {
  on: calendarDate,
  enteredAt: moment,
  byId: idOf<PersonId>(),
  reasonId: idOf<PersonId>(),
};

export const standing = z.discriminatedUnion("status", [
  z.object({ status: z.literal("current") }),
  z.object({ status: z.literal("left"), ...entered, successor: z.optional(cvr) }),
  z.object({ status: z.literal("ceased"), ...entered }),
  z.object({ status: z.literal("proposed-as-resigned"), ...entered }),
  z.object({ status: z.literal("resigned"), ...entered }),
  z.object({ status: z.literal("excluded"), ...entered }),
]) satisfies z.ZodMiniType<Standing>;

export const memberOrigin = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("case"),
    admittedAt: moment,
    caseId: idOf<CaseId>(),
    caseNumber: z.string(),
    agreement: z.object({ key: z.string(), versionId: z.string(), sha256: z.string() }),
  }),
  z.object({
    kind: z.literal("import"),
    importedAt: moment,
    planSha256: z.string(),
    opening: z.object({
      lastInvoicedYear: z.optional(z.int()),
      open: z.optional(z.object({ invoice: z.string(), amountOere: oere, dueOn: calendarDate })),
    }),
  }),
]) satisfies z.ZodMiniType<MemberOrigin>;

const reference = z.object({ value: z.string(), since: calendarDate });
export const storedReferences = z.object({
  person: z.optional(reference),
  order: z.optional(reference),
  account: z.optional(reference),
}) satisfies z.ZodMiniType<References>;

export const address = z.object({ street: z.string(), postalCode: z.string(), city: z.string() });

export const payer = z.object({
  organisation: z.object({ name: z.string(), cvr, gln: z.optional(gln), address: z.optional(address) }),
  references: z.object({
    person: z.optional(z.string()),
    order: z.optional(z.string()),
    account: z.optional(z.string()),
  }),
  contactName: z.string(),
}) satisfies z.ZodMiniType<Payer>;

export const delivery = z.discriminatedUnion("state", [
  z.object({ state: z.literal("to-hand-over") }),
  z.object({ state: z.literal("handed-over"), on: calendarDate, at: moment }),
  z.object({ state: z.literal("rejected"), rule: z.string(), at: moment }),
]) satisfies z.ZodMiniType<Delivery>;

export const postingItem = z.object({
  id: idOf<PostingId>(),
  kind: z.enum(postingKinds),
  invoice: z.string(),
  amountOere: oere,
  on: calendarDate,
  enteredAt: moment,
  source: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("bank"), row: z.string() }),
    z.object({ kind: z.literal("person"), byId: idOf<PersonId>(), reasonId: idOf<PersonId>() }),
  ]),
  creditNoteNumber: z.optional(z.int().check(z.positive())),
}) satisfies z.ZodMiniType<Posting>;
