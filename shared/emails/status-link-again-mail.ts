import type { Language } from "../domain/agreement/kind.ts";
import { bilingual } from "../words/bilingual.ts";
import { type CaseMail, contactMail } from "./case-mail.ts";
import type { Mail } from "./mail-layout.ts";

export interface StatusLinkAgainMail extends CaseMail {
  statusLink: string;
}

const texts = bilingual({
  da: {
    subject: (name: string) => `Find sagen for ${name} igen`,
    heading: "Der er allerede en åben sag",
    lead: (agreement: string, name: string) =>
      `Nogen har netop søgt om ${agreement} for ${name}. I har allerede en sag, så vi har ikke oprettet en ny.`,
    note: "Var det ikke jer, skal I ikke gøre noget.",
  },
  en: {
    subject: (name: string) => `Find the case for ${name} again`,
    heading: "There is already an open case",
    lead: (agreement: string, name: string) =>
      `Somebody has just applied for a ${agreement} for ${name}. You already have a case, so we have not opened another.`,
    note: "If it was not you, you need not do anything.",
  },
});

/** To the open case's own contact, whoever it was that applied again. */
export function statusLinkAgainMail(data: StatusLinkAgainMail, language: Language): Mail {
  const text = texts[language];
  return contactMail(data, language, text, (toTheCase) => [toTheCase, { type: "note", text: text.note }]);
}
