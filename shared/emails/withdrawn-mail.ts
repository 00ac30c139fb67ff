import type { Language } from "../domain/agreement/kind.ts";
import { bilingual } from "../words/bilingual.ts";
import { type CaseMail, contactMail } from "./case-mail.ts";
import type { Mail } from "./mail-layout.ts";

export interface WithdrawnMail extends CaseMail {
  statusLink: string;
}

const texts = bilingual({
  da: {
    subject: (name: string) => `Kvittering: ${name} har trukket aftalen tilbage`,
    heading: "Aftalen er trukket tilbage",
    lead: (agreement: string, name: string) =>
      `Vi har lukket sagen om ${agreement} for ${name}. Vi læser ikke aftalen.`,
    next: "I kan søge igen, når I vil. Var det ikke jer, så svar på denne mail.",
  },
  en: {
    subject: (name: string) => `Receipt: ${name} has withdrawn the agreement`,
    heading: "The agreement is withdrawn",
    lead: (agreement: string, name: string) =>
      `We have closed the case about the ${agreement} for ${name}. We won’t read the agreement.`,
    next: "You may apply again whenever you like. If it was not you, answer this email.",
  },
});

/** To the contact: what was done in the applicant's name. */
export function withdrawnMail(data: WithdrawnMail, language: Language): Mail {
  const text = texts[language];
  return contactMail(data, language, text, (toTheCase) => [
    { type: "paragraph", text: text.next },
    toTheCase,
  ]);
}
