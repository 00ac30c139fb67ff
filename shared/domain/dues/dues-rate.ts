import type { MembershipKind } from "../agreement/kind.ts";
import type { Brand } from "../brand.ts";

/** Whole øre; 100 to the krone. */
export type Oere = Brand<number, "Oere">;

export function oere(amount: number): Oere {
  if (!Number.isSafeInteger(amount) || amount < 0)
    throw new RangeError(`${amount} is not a whole number of øre`);
  return amount as Oere;
}

/** UNCL5305: S standard-rated, E exempt, O outside the scope of VAT. */
export const vatCategories = ["S", "E", "O"] as const;
export type VatCategory = (typeof vatCategories)[number];

/** One row of the dated rate table: what a kind pays for a whole year from a date on. */
export interface DuesRate {
  kind: MembershipKind;
  /** Copenhagen date, yyyy-mm-dd. */
  validFrom: string;
  amountOere: Oere;
  vatCategory: VatCategory;
  vatPercent: number;
  /** Who decided it and when; the rows that came with the product have their source instead. */
  decision?: RateDecision | undefined;
}

export interface RateDecision {
  /** Copenhagen date of the general assembly's or the board's decision. */
  decidedOn: string;
  /** Who entered it. */
  enteredBy: string;
  /** The old amount was kept, and somebody says so: that is a decision too. */
  unchanged?: true | undefined;
}

/**
 * What the general assembly has decided so far; the table's rows come on top.
 * Sources: the "about" page (25,000 DKK; suppliers pay nothing), the guide for new authorities (excluding VAT), bylaws §5.1 and §7.5.
 */
export const knownRates: readonly DuesRate[] = Object.values({
  member: {
    kind: "member",
    validFrom: "2017-01-01",
    amountOere: oere(2_500_000),
    vatCategory: "S",
    vatPercent: 25,
  },
  partner: { kind: "partner", validFrom: "2017-01-01", amountOere: oere(0), vatCategory: "O", vatPercent: 0 },
} as const satisfies { [Kind in MembershipKind]: DuesRate & { kind: Kind } });

/** Nobody has decided what a kind pays on a date; taking that for free would welcome and never bill. */
export class RateIsMissing extends Error {
  override readonly name = "RateIsMissing";
  constructor(kind: MembershipKind, date: string) {
    super(`no rate for ${kind} on ${date}: npm run settings -- rate`);
  }
}

/**
 * The row that somebody decided for a year, if anybody did. A year's bulk demand needs one, be it the old amount again:
 * what nobody decided on is not asked of everybody.
 */
export function decidedRate(
  rates: readonly DuesRate[],
  kind: MembershipKind,
  year: number,
): DuesRate | undefined {
  return rates.find((rate) => rate.kind === kind && rate.validFrom === `${year}-01-01` && rate.decision);
}

/** The row in force on a date: the latest that has begun. @throws RateIsMissing */
export function rateOn(rates: readonly DuesRate[], kind: MembershipKind, date: string): DuesRate {
  const [latest] = rates
    .filter((rate) => rate.kind === kind && rate.validFrom <= date)
    .toSorted((a, b) => (a.validFrom < b.validFrom ? 1 : -1));
  if (!latest) throw new RateIsMissing(kind, date);
  return latest;
}
