import type { Brand } from "../brand.ts";
import type { VatCategory } from "../dues/dues-rate.ts";
import type { Sender } from "./settings.ts";

/** A Danish bank account: registration number of four digits, account number of at most ten. */
export interface PayeeAccount {
  registrationNumber: string;
  accountNumber: string;
}

/** In which category the association's dues fall; the rate rows must say the same. */
export interface DuesVat {
  category: VatCategory;
  percent: number;
}

/** Who demands money, where it is to be paid, and with what VAT. */
export interface Payee {
  sender: Sender;
  account: PayeeAccount;
  vat: DuesVat;
}

/** A payee each part of which one person has entered and another confirmed: nothing that asks for money is written without. */
export type ConfirmedPayee = Brand<Payee, "ConfirmedPayee">;

/** What has to be confirmed, by the name of its setting, with the code that says that it isn't. */
export const payeeParts = {
  sender: "SENDER",
  account: "ACCOUNT",
  vat: "VAT",
} as const satisfies Record<keyof Payee, string>;
export type MissingPart = (typeof payeeParts)[keyof Payee];

export type PayeeReadiness =
  | { kind: "confirmed"; payee: ConfirmedPayee }
  | { kind: "unconfirmed"; missing: readonly [MissingPart, ...MissingPart[]] };

/**
 * Whether money may be asked for. The only place where a confirmed payee is made.
 * @param confirmed the parts that two persons stand for; what only one has entered is left out.
 */
export function payeeOf(confirmed: { [Part in keyof Payee]: Payee[Part] | undefined }): PayeeReadiness {
  const { sender, account, vat } = confirmed;
  if (sender && account && vat)
    return { kind: "confirmed", payee: { sender, account, vat } as ConfirmedPayee };
  const missing = (Object.keys(payeeParts) as (keyof Payee)[])
    .filter((part) => confirmed[part] === undefined)
    .map((part) => payeeParts[part]);
  return { kind: "unconfirmed", missing: missing as [MissingPart, ...MissingPart[]] };
}
