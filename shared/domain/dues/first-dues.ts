import type { MembershipKind } from "../agreement/kind.ts";
import { addDays } from "../calendar/copenhagen-date.ts";
import { type DuesRate, type Oere, oere, rateOn, type VatCategory } from "./dues-rate.ts";

/** One year's dues of one payer, before it has a number. Amounts in øre. */
export interface DuesCharge {
  year: number;
  period: "full-year" | "half-year";
  amountOere: Oere;
  vatCategory: VatCategory;
  vatPercent: number;
  vatOere: Oere;
  totalOere: Oere;
  dueOn: string;
}

/**
 * What a new member owes for the rest of its first year, or nothing where the rate is 0.
 * @throws RateIsMissing where nobody has decided what the kind pays: that is not free.
 * Half a year's dues when joining after 1 July; 1 July itself pays in full; halves round up to the whole øre.
 * VAT rounds half up to the whole øre.
 * Source: bylaws §5.1.
 * @param joinedOn Copenhagen date of the last approval, yyyy-mm-dd.
 * @param invoicedOn Copenhagen date of the invoice, from which the due date counts.
 */
export function firstDues(
  kind: MembershipKind,
  joinedOn: string,
  invoicedOn: string,
  rates: readonly DuesRate[],
  dueDays: number,
): DuesCharge | undefined {
  const rate = rateOn(rates, kind, joinedOn);
  if (rate.amountOere === 0) return undefined;
  const year = Number(joinedOn.slice(0, 4));
  const period = joinedOn > `${year}-07-01` ? "half-year" : "full-year";
  const amountOere = period === "half-year" ? oere(Math.ceil(rate.amountOere / 2)) : rate.amountOere;
  const vatOere = oere(Math.floor((amountOere * rate.vatPercent + 50) / 100));
  return {
    year,
    period,
    amountOere,
    vatCategory: rate.vatCategory,
    vatPercent: rate.vatPercent,
    vatOere,
    totalOere: oere(amountOere + vatOere),
    dueOn: addDays(invoicedOn, dueDays),
  };
}
