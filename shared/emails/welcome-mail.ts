import type { Language } from "../domain/agreement/kind.ts";
import { bilingual } from "../words/bilingual.ts";
import { formatIsoDay } from "../words/formats.ts";
import { kindWords } from "../words/kind-words.ts";
import { type CaseMail, caseWords } from "./case-mail.ts";
import { layOut, type Mail } from "./mail-layout.ts";

export interface WelcomeMail extends CaseMail {
  /** Copenhagen date of the last approval, yyyy-mm-dd. */
  joinedOn: string;
  statusLink: string;
  /** What comes of dues: a demand in its own mail, nothing to pay, or a GLN to be found first. */
  dues: "mailed" | "none" | "awaits-gln";
}

const texts = bilingual({
  da: {
    subject: (name: string) => `Velkommen i OS2, ${name}`,
    lead: (name: string) => `Aftalen er godkendt af OS2 og gælder nu. ${name} er nu en del af OS2.`,
    since: "Med siden",
    vote: "Stemmeret",
    dues: "Kontingent",
    duesText: {
      mailed: "Opkrævningen kommer i en mail for sig",
      none: "Det koster ikke noget",
      "awaits-gln": "Vi mangler jeres EAN-nummer. Svar på denne mail med det, så sender vi opkrævningen",
    },
    button: "Hent aftalen",
    note: "Aftalen ligger på sagens side. Sekretariatet skriver til jer om, hvordan I kommer godt i gang.",
  },
  en: {
    subject: (name: string) => `Welcome to OS2, ${name}`,
    lead: (name: string) =>
      `OS2 has approved the agreement, and it is in force. ${name} is now a part of OS2.`,
    since: "With us since",
    vote: "Vote",
    dues: "Dues",
    duesText: {
      mailed: "The demand comes in an email of its own",
      none: "It costs nothing",
      "awaits-gln": "We lack your EAN number. Answer this email with it, and we send the demand",
    },
    button: "Get the agreement",
    note: "The agreement is on the page of the case. The secretariat will write to you about getting started.",
  },
});

/** To the contact of a new member or partner. */
export function welcomeMail(data: WelcomeMail, language: Language): Mail {
  const text = texts[language];
  const words = caseWords(data, language);
  const kind = kindWords(data.kind, language);
  return layOut(
    {
      subject: words.subject(text.subject),
      tone: "success",
      heading: kind.welcome,
      blocks: [
        { type: "paragraph", text: text.lead(words.name) },
        {
          type: "facts",
          rows: [
            [text.since, formatIsoDay(data.joinedOn, language)],
            [text.vote, kind.vote],
            [text.dues, text.duesText[data.dues]],
          ],
        },
        { type: "link", label: text.button, href: data.statusLink },
        { type: "note", text: text.note },
      ],
      why: words.whySubmitter,
      sender: data.sender,
    },
    language,
  );
}
