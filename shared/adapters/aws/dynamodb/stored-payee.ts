import * as z from "zod";
import { isCvr } from "../../../domain/organisation/cvr-number.ts";
import { isGln } from "../../../domain/organisation/gln.ts";
import type { ConfirmedPayee, DuesVat, PayeeAccount } from "../../../domain/settings/payee.ts";
import type { Sender } from "../../../domain/settings/settings.ts";
import { emailAddress, vatCategory } from "./brands.ts";

/** Who sends, where it is paid and with what VAT: as settings, and on the invoices that were made under them. */

export const sender = z.object({
  name: z.string().min(1),
  cvr: z.string().refine((text): boolean => isCvr(text), "not a CVR number"),
  gln: z.string().refine((text): boolean => isGln(text), "not a GLN"),
  street: z.string().min(1),
  postalCode: z.string().min(1),
  city: z.string().min(1),
  email: emailAddress,
}) satisfies z.ZodType<Sender>;

export const payeeAccount = z.object({
  registrationNumber: z.string().regex(/^\d{4}$/, "four digits"),
  accountNumber: z.string().regex(/^\d{4,10}$/, "four to ten digits"),
}) satisfies z.ZodType<PayeeAccount>;

export const duesVat = z
  .object({ category: vatCategory, percent: z.number().min(0).max(100) })
  .refine(
    ({ category, percent }) => (category === "S") === percent > 0,
    "only category S has a percentage",
  ) satisfies z.ZodType<DuesVat>;

const payee = z.object({ sender, account: payeeAccount, vat: duesVat });
/** On an issued line: it was confirmed when the line was issued, by a type that allows nothing else. */
export const confirmedPayee = payee as unknown as z.ZodType<ConfirmedPayee>;
