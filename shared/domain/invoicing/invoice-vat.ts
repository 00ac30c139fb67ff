import type { VatCategory } from "../dues/dues-rate.ts";

/** Code (BT-121, of the VATEX list) and text (BT-120) of why there is no VAT. */
export interface ExemptionReason {
  reasonCode: string;
  reasonText: string;
}

/**
 * How VAT is told: a standard rate needs no reason, and an exemption is none without its own.
 * Source: EN 16931, BR-S-10, BR-E-10, BR-O-10.
 */
export type InvoiceVat =
  | { category: "S"; percent: number; reasonCode?: never; reasonText?: never }
  | ({ category: Exclude<VatCategory, "S">; percent: 0 } & ExemptionReason);

/**
 * What an association's dues are exempt by, where a rate row doesn't say otherwise.
 * Source: momsloven § 13, stk. 1, nr. 4 is article 132(1)(l) of the VAT directive.
 */
const reasons = {
  E: {
    reasonCode: "VATEX-EU-132-1L",
    reasonText: "Momsfritaget efter momslovens § 13, stk. 1, nr. 4",
  },
  O: { reasonCode: "VATEX-EU-O", reasonText: "Uden for momslovens anvendelsesområde" },
} as const satisfies Record<Exclude<VatCategory, "S">, ExemptionReason>;

/** A rate row's VAT as an invoice tells it. @param percent counts at the standard rate alone */
export function invoiceVat(category: VatCategory, percent: number, reason?: ExemptionReason): InvoiceVat {
  return category === "S"
    ? { category, percent }
    : { category, percent: 0, ...(reason ?? reasons[category]) };
}
