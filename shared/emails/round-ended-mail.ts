import type { Language } from "../domain/agreement/kind.ts";
import type { Stage } from "../domain/filing/round.ts";
import { bilingual } from "../words/bilingual.ts";
import { type CaseMail, caseWords } from "./case-mail.ts";
import { layOut, type Mail } from "./mail-layout.ts";

export interface RoundEndedMail extends CaseMail {
  stage: Stage;
  /** Withdrawn by the applicant, replaced by a newer file, run out of time, or closed by the house. */
  outcome: "withdrawn" | "superseded" | "expired" | "closed";
}

const texts = bilingual({
  da: {
    subject: {
      withdrawn: (name: string) => `Gør ikke mere: ${name} har trukket aftalen tilbage`,
      superseded: (name: string) => `Vent: ${name} har sendt en ny fil`,
      closed: (name: string) => `Gør ikke mere: sagen for ${name} er lukket`,
      expired: (name: string) => `Gør ikke mere: sagen for ${name} er udløbet`,
    },
    heading: {
      withdrawn: "Du skal ikke afgøre sagen længere",
      superseded: "Du skal ikke afgøre den gamle fil",
      closed: "Du skal ikke afgøre sagen længere",
      expired: "Fristen for at afgøre er løbet ud",
    },
    lead: {
      withdrawn: (name: string) => `${name} har trukket aftalen tilbage. Dit link er lukket.`,
      superseded: (name: string) =>
        `${name} har sendt en ny fil. Dit link er lukket. Du får et nyt, når filen er kontrolleret.`,
      closed: (name: string) =>
        `Sagen for ${name} er lukket uden afgørelse. Dit link er lukket, og ansøgeren har fået besked.`,
      expired: (name: string) => `Sagen for ${name} er lukket. Ansøgeren har fået besked og kan søge igen.`,
    },
  },
  en: {
    subject: {
      withdrawn: (name: string) => `Do nothing more: ${name} has withdrawn the agreement`,
      superseded: (name: string) => `Wait: ${name} has sent a new file`,
      closed: (name: string) => `Do nothing more: the case for ${name} is closed`,
      expired: (name: string) => `Do nothing more: the case for ${name} has expired`,
    },
    heading: {
      withdrawn: "You need not decide the case any longer",
      superseded: "You need not decide on the old file",
      closed: "You need not decide the case any longer",
      expired: "The time to decide has run out",
    },
    lead: {
      withdrawn: (name: string) => `${name} has withdrawn the agreement. Your link is closed.`,
      superseded: (name: string) =>
        `${name} has sent a new file. Your link is closed. You get a new one when the file is checked.`,
      closed: (name: string) =>
        `The case for ${name} is closed without a decision. Your link is closed, and the applicant was told.`,
      expired: (name: string) =>
        `The case for ${name} is closed. The applicant was told and may apply again.`,
    },
  },
});

/** To whoever has a decision link in the inbox that is no longer needed. */
export function roundEndedMail(data: RoundEndedMail, language: Language): Mail {
  const text = texts[language];
  const words = caseWords(data, language);
  return layOut(
    {
      subject: words.subject(text.subject[data.outcome]),
      tone: "info",
      heading: text.heading[data.outcome],
      blocks: [{ type: "paragraph", text: text.lead[data.outcome](words.name) }],
      why: data.stage === "chair" ? words.whyChair : words.whySecretary,
      sender: data.sender,
    },
    language,
  );
}
