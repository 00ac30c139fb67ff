import type { AgreementTemplate, Clause } from "./agreement-template.ts";

/** Source of the terms: bylaws §4.1–4.6 and §7.5. */
const danish = {
  purpose: {
    id: "purpose",
    heading: "Formål",
    text: "Ved denne aftale indtræder virksomheden som leverandørpartner i OS2 og forpligter sig til at udvikle og vedligeholde løsninger som open source efter OS2's retningslinjer.",
  },
  authority: {
    id: "authority",
    heading: "Underskrift og kontaktperson",
    text: "Aftalen underskrives af en person med ret til at tegne virksomheden, og virksomheden udpeger en fast kontaktperson i forhold til OS2.",
  },
  noVote: {
    id: "no-vote",
    heading: "Ingen stemmeret",
    text: "Leverandørpartneren har ikke stemmeret på generalforsamlingen og opnår ikke fortrinsret til opgaver for foreningens medlemmer.",
  },
  dues: {
    id: "dues",
    heading: "Kontingent",
    text: "Leverandørpartneren betaler ikke kontingent, medmindre generalforsamlingen fastsætter et kontingent for leverandørpartnere.",
  },
  sourceCode: {
    id: "source-code",
    heading: "Kildekode",
    text: "Kildekode, som leverandørpartneren udvikler til OS2's produkter, frigives under produktets open source-licens og lægges i OS2's fælles kodebibliotek.",
  },
  leaving: {
    id: "leaving",
    heading: "Ophør",
    text: "Leverandørpartneren kan opsige partnerskabet skriftligt, og opsigelsen har virkning fra den dag, den er registreret modtaget.",
  },
} as const satisfies Record<string, Clause>;

const english = {
  purpose: {
    id: "purpose",
    heading: "Purpose",
    text: "By this agreement the company becomes a supplier partner of OS2 and undertakes to develop and maintain solutions as open source under OS2's guidelines.",
  },
  authority: {
    id: "authority",
    heading: "Signature and contact person",
    text: "The agreement is signed by a person with the right to sign for the company, and the company appoints a fixed contact person towards OS2.",
  },
  noVote: {
    id: "no-vote",
    heading: "No vote",
    text: "The supplier partner has no vote at the general assembly and gains no preference for work for the association's members.",
  },
  dues: {
    id: "dues",
    heading: "Dues",
    text: "The supplier partner pays no dues unless the general assembly sets dues for supplier partners.",
  },
  sourceCode: {
    id: "source-code",
    heading: "Source code",
    text: "Source code that the supplier partner develops for OS2's products is released under the product's open source licence and placed in OS2's shared repository.",
  },
  leaving: {
    id: "leaving",
    heading: "Termination",
    text: "The supplier partner may end the partnership in writing, with effect from the day the notice is registered as received.",
  },
} as const satisfies Record<keyof typeof danish, Clause>;

const titles = { da: "Leverandørpartneraftale", en: "Supplier partner agreement" } as const;

/** Newest first. The clause on source code came with the bylaws of 2026-03-17. */
export const partnerAgreements: readonly AgreementTemplate[] = [
  {
    kind: "partner",
    version: "2026-03-17",
    language: "da",
    title: titles.da,
    clauses: Object.values(danish),
  },
  {
    kind: "partner",
    version: "2026-03-17",
    language: "en",
    title: titles.en,
    clauses: Object.values(english),
  },
  {
    kind: "partner",
    version: "2023-01-01",
    language: "da",
    title: titles.da,
    clauses: Object.values(danish).filter((clause) => clause !== danish.sourceCode),
  },
  {
    kind: "partner",
    version: "2023-01-01",
    language: "en",
    title: titles.en,
    clauses: Object.values(english).filter((clause) => clause !== english.sourceCode),
  },
];
