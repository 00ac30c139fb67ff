import * as z from "zod/mini";
import { type Oere, vatCategories } from "../../../domain/dues/dues-rate.ts";
import { type CvrNumber, isCvr } from "../../../domain/organisation/cvr-number.ts";
import { type EmailAddress, parseEmailAddress } from "../../../domain/organisation/email-address.ts";
import { type Gln, isGln } from "../../../domain/organisation/gln.ts";

/** Schemas of the domain's branded values, as they are stored. */

/** An id that we made: any text, as long as there is some. */
export const idOf = <Id extends string>() =>
  z.custom<Id>((value) => typeof value === "string" && value !== "", "not an id");

export const cvr = z.custom<CvrNumber>((value) => typeof value === "string" && isCvr(value), "not a CVR");
export const gln = z.custom<Gln>((value) => typeof value === "string" && isGln(value), "not a GLN");
export const emailAddress = z.custom<EmailAddress>(
  (value) => typeof value === "string" && parseEmailAddress(value) === value,
  "not an e-mail address",
);
export const oere = z.custom<Oere>(
  (value) => typeof value === "number" && Number.isSafeInteger(value) && value >= 0,
  "not a whole number of øre",
);
export const vatCategory = z.enum(vatCategories);

/** Epoch milliseconds. */
export const moment = z.int().check(z.nonnegative());
/** yyyy-mm-dd. */
export const calendarDate = z.iso.date();
