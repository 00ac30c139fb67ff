export const agreementKinds = ["member", "partner"] as const;
export type AgreementKind = (typeof agreementKinds)[number];

export interface KindRules {
  /** Whether the chair approves after the secretariat. Source: the guide for new authorities; a dated setting overrides it. */
  countersignedByChair: boolean;
  votes: 0 | 1;
}

/** Source: bylaws §4.1–2. */
export const kindRules = {
  member: { countersignedByChair: true, votes: 1 },
  partner: { countersignedByChair: true, votes: 0 },
} as const satisfies Record<AgreementKind, KindRules>;

export const languages = ["da", "en"] as const;
export type Language = (typeof languages)[number];
