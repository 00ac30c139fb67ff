import * as z from "zod/mini";
import { isCvr } from "../../../domain/organisation/cvr-number.ts";
import { isGln } from "../../../domain/organisation/gln.ts";
import type { ConfirmedPayee, DuesVat, PayeeAccount } from "../../../domain/settings/payee.ts";
import type { Sender } from "../../../domain/settings/settings.ts";
import { emailAddress, vatCategory } from "./brands.ts";

/** Who sends, where it is paid and with what VAT: as settings, and on the invoices that were made under them. */

export const sender = z.object({
  name: z.string().check(z.minLength(1)),
  cvr: z.string().check(z.refine((text): boolean => isCvr(text), "not a CVR number")),
  gln: z.string().check(z.refine((text): boolean => isGln(text), "not a GLN")),
  street: z.string().check(z.minLength(1)),
  postalCode: z.string().check(z.minLength(1)),
  city: z.string().check(z.minLength(1)),
  email: emailAddress,
}) satisfies z.ZodMiniType<Sender>;

export const payeeAccount = z.object({
  registrationNumber: z.string().check(z.regex(/^\d{4}$/, "four digits")),
  accountNumber: z.string().check(z.regex(/^\d{4,10}$/, "four to ten digits")),
}) satisfies z.ZodMiniType<PayeeAccount>;

export const duesVat = z
  .object({ category: vatCategory, percent: z.number().check(z.minimum(0), z.maximum(100)) })
  .check(
    z.refine(
      ({ category, percent }) => (category === "S") === percent > 0,
      "only category S has a percentage",
    ),
  ) satisfies z.ZodMiniType<DuesVat>;

const payee = z.object({ sender, account: payeeAccount, vat: duesVat });
/** On an issued line: it was confirmed when the line was issued, by a type that allows nothing else. */
export const confirmedPayee = payee as unknown as z.ZodMiniType<ConfirmedPayee>;
