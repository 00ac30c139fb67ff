import type { AgreementKind, Language } from "../../../domain/agreement/kind.ts";

/** What the printed agreement says around its clauses. */
export const agreementWords = {
  da: {
    locale: "da-DK",
    applicant: { member: "Myndigheden", partner: "Virksomheden" },
    forApplicant: { member: "For myndigheden", partner: "For virksomheden" },
    intro: "Aftalen er indgået mellem parterne nedenfor på de vilkår, der følger.",
    version: (day: string) => `Version af ${day}`,
    parties: "Parter",
    terms: "Vilkår",
    caseNumber: "Sag",
    cvr: "CVR-nr.",
    gln: "EAN-nr.",
    address: "Adresse",
    contact: "Kontakt",
    email: "E-mail",
    phone: "Telefon",
    signatures: "Underskrifter",
    howToSign: "Aftalen kan underskrives digitalt eller i hånden. OS2 underskriver til sidst.",
    os2: "Foreningen",
    forOs2: "For OS2",
    signature: "Underskrift",
    date: "Dato",
    name: "Navn",
    chair: "Formand for bestyrelsen",
    page: (page: number, pages: number) => `Side ${page} af ${pages}`,
  },
  en: {
    locale: "en-GB",
    applicant: { member: "The authority", partner: "The company" },
    forApplicant: { member: "For the authority", partner: "For the company" },
    intro: "This agreement is made between the parties below on the terms that follow.",
    version: (day: string) => `Version of ${day}`,
    parties: "Parties",
    terms: "Terms",
    caseNumber: "Case",
    cvr: "CVR no.",
    gln: "EAN no.",
    address: "Address",
    contact: "Contact",
    email: "Email",
    phone: "Phone",
    signatures: "Signatures",
    howToSign: "The agreement can be signed digitally or by hand. OS2 signs last.",
    os2: "The association",
    forOs2: "For OS2",
    signature: "Signature",
    date: "Date",
    name: "Name",
    chair: "Chair of the board",
    page: (page: number, pages: number) => `Page ${page} of ${pages}`,
  },
} as const satisfies Record<
  Language,
  Record<string, unknown> & {
    applicant: Record<AgreementKind, string>;
    forApplicant: Record<AgreementKind, string>;
  }
>;

export type AgreementWords = (typeof agreementWords)[Language];
