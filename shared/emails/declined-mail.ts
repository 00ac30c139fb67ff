import type { Language } from "../domain/agreement/kind.ts";
import type { Stage } from "../domain/filing/round.ts";
import { bilingual } from "../words/bilingual.ts";
import { type CaseMail, caseWords } from "./case-mail.ts";
import { layOut, type Mail } from "./mail-layout.ts";

export interface DeclinedMail extends CaseMail {
  stage: Stage;
  reason: string;
  statusLink: string;
}

const texts = bilingual({
  da: {
    subject: {
      secretariat: (name: string) => `Sekretariatet har afvist ansøgningen fra ${name}`,
      chair: (name: string) => `Formanden har afvist ansøgningen fra ${name}`,
    },
    heading: "Vi har afvist ansøgningen",
    lead: (agreement: string, name: string) => `Det gælder ansøgningen om ${agreement} for ${name}.`,
    reason: { secretariat: "Sekretariatet skriver", chair: "Formanden skriver" },
    note: "Sagen er lukket. I kan søge igen fra sagens side, og I kan svare på denne mail.",
  },
  en: {
    subject: {
      secretariat: (name: string) => `The secretariat has declined the application from ${name}`,
      chair: (name: string) => `The chair has declined the application from ${name}`,
    },
    heading: "We have declined the application",
    lead: (agreement: string, name: string) => `It is about the application for a ${agreement} for ${name}.`,
    reason: { secretariat: "The secretariat writes", chair: "The chair writes" },
    note: "The case is closed. You may apply again from its page, and you may answer this email.",
  },
});

/** To the contact when the answer is no: the reason, and that it is no dead end. */
export function declinedMail(data: DeclinedMail, language: Language): Mail {
  const text = texts[language];
  const words = caseWords(data, language);
  return layOut(
    {
      subject: words.subject(text.subject[data.stage]),
      tone: "error",
      heading: text.heading,
      blocks: [
        { type: "paragraph", text: text.lead(words.agreement, words.name) },
        { type: "quote", heading: text.reason[data.stage], text: data.reason },
        { type: "paragraph", text: text.note },
        { type: "link", label: words.followCase, href: data.statusLink },
      ],
      why: words.whySubmitter,
      sender: data.sender,
    },
    language,
  );
}
