import type { Language } from "../domain/agreement/kind.ts";
import { bilingual } from "../words/bilingual.ts";
import { type CaseMail, contactMail } from "./case-mail.ts";
import type { Mail } from "./mail-layout.ts";

export interface ClosedMail extends CaseMail {
  statusLink: string;
  /** What the secretariat wrote; without it, another application for the same body was admitted. */
  reason?: string | undefined;
}

const texts = bilingual({
  da: {
    subject: (name: string) => `Vi har lukket sagen for ${name}`,
    heading: "Sagen er lukket uden afgørelse",
    lead: (agreement: string, name: string) => `Det handler om ansøgningen om ${agreement} for ${name}.`,
    anotherAdmitted:
      "En anden ansøgning for det samme CVR-nummer er optaget, så denne er ikke længere nødvendig.",
    reason: "Sekretariatet skriver",
    note: "Er det en fejl, så svar på denne mail.",
  },
  en: {
    subject: (name: string) => `We have closed the case for ${name}`,
    heading: "The case is closed without a decision",
    lead: (agreement: string, name: string) => `It is about the application for a ${agreement} for ${name}.`,
    anotherAdmitted:
      "Another application for the same CVR number is admitted, so this one is no longer needed.",
    reason: "The secretariat writes",
    note: "If that is a mistake, answer this email.",
  },
});

/** To the contact: the house ended the case, and why. */
export function closedMail(data: ClosedMail, language: Language): Mail {
  const text = texts[language];
  return contactMail(data, language, text, (toTheCase) => [
    data.reason === undefined
      ? { type: "paragraph", text: text.anotherAdmitted }
      : { type: "quote", heading: text.reason, text: data.reason },
    { type: "paragraph", text: text.note },
    toTheCase,
  ]);
}
