import type { Brand } from "../brand.ts";

/**
 * The kinds that can be applied for. One more name here, and the compiler names every place that has to say what
 * the new kind is: its rules below, its words, its template, its field in the form, its key in the table.
 */
export const agreementKinds = ["member", "partner"] as const;
export type AgreementKind = (typeof agreementKinds)[number];

/** The kind that an address or a form names; undefined where it names none that there is. */
export function kindNamed(text: unknown): AgreementKind | undefined {
  return agreementKinds.find((kind) => kind === text);
}

/** Names one of OS2's products in keys and addresses: small letters, digits and hyphens. */
export type ProductId = Brand<string, "ProductId">;

/**
 * What an agreement is about, and so what two of them collide on. An authority is a member once, and takes part in
 * each product once: a participation without its product says too little to be kept apart from another.
 */
export type AgreementSubject =
  | { kind: "member" }
  | { kind: "partner" }
  | { kind: "participation"; product: ProductId };

/** The subject as it stands in keys: `member`, `partner`, `participation-os2faktor`. */
export function subjectKey(subject: AgreementSubject): string {
  return "product" in subject ? `${subject.kind}-${subject.product}` : subject.kind;
}

/** What the form asks for besides who applies, who signs and whom we write to. */
export interface FormRules {
  asksGln: boolean;
  asksAuthorityType: boolean;
  asksPopulation: boolean;
  asksProduct: boolean;
}

export interface KindRules {
  /** What an approval makes of the applicant: a member or partner, or a member's part in a product. */
  concludes: "membership" | "participation";
  /** Whether the chair approves after the secretariat. Source: the guide for new authorities; a dated setting overrides it. */
  countersignedByChair: boolean;
  votes: 0 | 1;
  /** The letter in the mark that is printed on the agreement. */
  mark: string;
  form: FormRules;
}

/** Source: bylaws §4.1–2. */
export const kindRules = {
  member: {
    concludes: "membership",
    countersignedByChair: true,
    votes: 1,
    mark: "M",
    form: { asksGln: true, asksAuthorityType: true, asksPopulation: true, asksProduct: false },
  },
  partner: {
    concludes: "membership",
    countersignedByChair: true,
    votes: 0,
    mark: "P",
    form: { asksGln: false, asksAuthorityType: false, asksPopulation: false, asksProduct: false },
  },
} as const satisfies Record<AgreementKind, KindRules>;

/** The kinds that make somebody a member or a partner, with a number in the register and dues of its own. */
export type MembershipKind = {
  [Kind in AgreementKind]: (typeof kindRules)[Kind]["concludes"] extends "membership" ? Kind : never;
}[AgreementKind];

export const membershipKinds = agreementKinds.filter(
  (kind): kind is MembershipKind => kindRules[kind].concludes === "membership",
);

/** One value for each kind. */
export function forEachKind<Value>(value: (kind: AgreementKind) => Value): Record<AgreementKind, Value> {
  return Object.fromEntries(agreementKinds.map((kind) => [kind, value(kind)])) as Record<
    AgreementKind,
    Value
  >;
}

export const languages = ["da", "en"] as const;
export type Language = (typeof languages)[number];
