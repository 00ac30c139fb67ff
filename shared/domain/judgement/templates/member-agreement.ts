import type { AgreementTemplate, Clause } from "./agreement-template.ts";

/** Source of the terms: bylaws §4.1–4.6 and §5.1. */
const danish = {
  purpose: {
    id: "purpose",
    heading: "Formål",
    text: "Ved denne aftale indtræder myndigheden som medlem af OS2 – Offentligt digitaliseringsfællesskab, der ejer og udvikler fælles open source-løsninger for den offentlige sektor.",
  },
  authority: {
    id: "authority",
    heading: "Underskrift og kontaktperson",
    text: "Aftalen underskrives af en chef eller direktør med bemyndigelse til at forpligte myndigheden, og myndigheden udpeger en fast kontaktperson i forhold til OS2.",
  },
  vote: {
    id: "vote",
    heading: "Stemmeret",
    text: "Medlemmet har én stemme på generalforsamlingen og er forpligtet af foreningens vedtægter, som de til enhver tid er vedtaget.",
  },
  dues: {
    id: "dues",
    heading: "Kontingent",
    text: "Medlemmet betaler et årligt kontingent, som fastsættes af generalforsamlingen med virkning fra det følgende kalenderår; ved indmeldelse efter 1. juli betales halvt kontingent for det første år.",
  },
  index: {
    id: "index",
    heading: "Regulering",
    text: "Kontingentet reguleres årligt efter KL's pris- og lønfremskrivning, og bestyrelsen offentliggør det regulerede beløb.",
  },
  leaving: {
    id: "leaving",
    heading: "Udmeldelse",
    text: "Udmeldelse sker skriftligt og har virkning fra den dag, den er registreret modtaget; indbetalt kontingent refunderes ikke.",
  },
  arrears: {
    id: "arrears",
    heading: "Manglende betaling",
    text: "Betaler medlemmet ikke kontingent trods påkrav, betragtes medlemmet som udmeldt af foreningen.",
  },
} as const satisfies Record<string, Clause>;

const english = {
  purpose: {
    id: "purpose",
    heading: "Purpose",
    text: "By this agreement the authority becomes a member of OS2, the association of public authorities that owns and develops shared open source solutions for the public sector.",
  },
  authority: {
    id: "authority",
    heading: "Signature and contact person",
    text: "The agreement is signed by a head or director with authority to bind the public body, and the authority appoints a fixed contact person towards OS2.",
  },
  vote: {
    id: "vote",
    heading: "Vote",
    text: "The member has one vote at the general assembly and is bound by the association's bylaws as adopted at any time.",
  },
  dues: {
    id: "dues",
    heading: "Dues",
    text: "The member pays annual dues set by the general assembly with effect from the following calendar year; a member joining after 1 July pays half of the dues for the first year.",
  },
  index: {
    id: "index",
    heading: "Regulation",
    text: "The dues are regulated yearly by the price and wage index of Local Government Denmark (KL), and the board publishes the regulated amount.",
  },
  leaving: {
    id: "leaving",
    heading: "Leaving",
    text: "Notice of leaving is given in writing and takes effect on the day it is registered as received; dues already paid are not refunded.",
  },
  arrears: {
    id: "arrears",
    heading: "Non-payment",
    text: "A member that does not pay its dues despite a demand is regarded as having left the association.",
  },
} as const satisfies Record<keyof typeof danish, Clause>;

const titles = { da: "Medlemsaftale", en: "Member agreement" } as const;

/** Newest first. Index regulation came with the bylaws of 2026-03-17 (§5.1.1). */
export const memberAgreements: readonly AgreementTemplate[] = [
  { kind: "member", version: "2026-03-17", language: "da", title: titles.da, clauses: Object.values(danish) },
  {
    kind: "member",
    version: "2026-03-17",
    language: "en",
    title: titles.en,
    clauses: Object.values(english),
  },
  {
    kind: "member",
    version: "2023-01-01",
    language: "da",
    title: titles.da,
    clauses: Object.values(danish).filter((clause) => clause !== danish.index),
  },
  {
    kind: "member",
    version: "2023-01-01",
    language: "en",
    title: titles.en,
    clauses: Object.values(english).filter((clause) => clause !== english.index),
  },
];
