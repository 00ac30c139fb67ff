import type { MembershipKind } from "../agreement/kind.ts";
import { dueDate } from "../calendar/bank-days.ts";
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

/** What a payer owes for a year by the rates: the joining year's part, and every year after that whole. */
export interface Charging {
  rates: readonly DuesRate[];
  /** Days from the invoice to the due date, which then is the next bank day. */
  dueDays: number;
  /** Copenhagen date of the invoice. */
  invoicedOn: string;
}

/**
 * What a new member owes for the rest of its first year, or nothing where the rate is 0.
 * Half a year's dues when joining after 1 July; 1 July itself pays in full.
 * Source: bylaws §5.1.
 * @param joinedOn Copenhagen date of the last approval, yyyy-mm-dd.
 * @throws RateIsMissing where nobody has decided what the kind pays: that is not free.
 */
export function firstDues(
  kind: MembershipKind,
  joinedOn: string,
  { rates, dueDays, invoicedOn }: Charging,
): DuesCharge | undefined {
  const year = Number(joinedOn.slice(0, 4));
  const period = joinedOn > `${year}-07-01` ? "half-year" : "full-year";
  return chargeOf(rateOn(rates, kind, joinedOn), { year, period, dueOn: dueDate(invoicedOn, dueDays) });
}

/**
 * What a payer owes for a whole calendar year, its first one by when it joined; nothing for a year before it joined,
 * and nothing where the rate is 0.
 * @throws RateIsMissing
 */
export function yearlyDues(
  payer: { kind: MembershipKind; joinedOn: string },
  year: number,
  charging: Charging,
): DuesCharge | undefined {
  const joinedIn = Number(payer.joinedOn.slice(0, 4));
  if (joinedIn > year) return undefined;
  if (joinedIn === year) return firstDues(payer.kind, payer.joinedOn, charging);
  const rate = rateOn(charging.rates, payer.kind, `${year}-01-01`);
  return chargeOf(rate, { year, period: "full-year", dueOn: dueDate(charging.invoicedOn, charging.dueDays) });
}

/** Halves round up to the whole øre; VAT rounds half up to it. */
function chargeOf(
  rate: DuesRate,
  { year, period, dueOn }: Pick<DuesCharge, "year" | "period" | "dueOn">,
): DuesCharge | undefined {
  if (rate.amountOere === 0) return undefined;
  const amountOere = period === "half-year" ? oere(Math.ceil(rate.amountOere / 2)) : rate.amountOere;
  const { vatCategory, vatPercent } = rate;
  const vatOere = vatOf(amountOere, vatPercent);
  const totalOere = oere(amountOere + vatOere);
  return { year, period, amountOere, vatCategory, vatPercent, vatOere, totalOere, dueOn };
}

/** VAT on a whole amount, rounded half up to the whole øre. */
export function vatOf(amountOere: Oere, percent: number): Oere {
  return oere(Math.floor((amountOere * percent + 50) / 100));
}
