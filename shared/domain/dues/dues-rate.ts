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

/** The row in force on a date: the latest that has begun. */
export function rateOn(rates: readonly DuesRate[], kind: MembershipKind, date: string): DuesRate | undefined {
  return rates
    .filter((rate) => rate.kind === kind && rate.validFrom <= date)
    .reduce<DuesRate | undefined>(
      (latest, rate) => (latest && latest.validFrom > rate.validFrom ? latest : rate),
      undefined,
    );
}
