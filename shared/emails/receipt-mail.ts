import type { Language } from "../domain/agreement/kind.ts";
import { bilingual } from "../words/bilingual.ts";
import { formatWeekday } from "../words/formats.ts";
import { type CaseMail, caseWords } from "./case-mail.ts";
import { layOut, type Mail } from "./mail-layout.ts";

export interface ReceiptMail extends CaseMail {
  /** Absolute address of the status page. */
  statusLink: string;
  /** Epoch ms by which the signed agreement must have come; nothing where it is here. */
  lapsesAt?: number | undefined;
}

const texts = bilingual({
  da: {
    subject: (name: string) => `Følg sagen for ${name}`,
    heading: "Mailadressen er bekræftet, og vi har jeres ansøgning",
    lead: (agreement: string, name: string) =>
      `Her er linket til sagen om ${agreement} for ${name}. Gem det: her sender I aftalen, og her ser I, hvor langt sagen er.`,
    caseNumber: "Sagsnummer",
    next: "Næste skridt",
    nextIsOurs: "Vi læser aftalen og skriver, når der er nyt. I skal ikke gøre noget",
    nextText: "Hent aftalen, få den underskrevet, og send den som PDF",
    deadline: "Senest",
    note: "Alle med linket kan se sagen, så del det med omtanke.",
  },
  en: {
    subject: (name: string) => `Follow the case for ${name}`,
    heading: "The email address is confirmed, and we have your application",
    lead: (agreement: string, name: string) =>
      `Here is the link to the case about the ${agreement} for ${name}. Keep it: here you send the agreement, and here you see how far the case is.`,
    caseNumber: "Case number",
    next: "Next step",
    nextIsOurs: "We read the agreement and write when there is news. You need not do anything",
    nextText: "Download the agreement, have it signed, and send it as a PDF",
    deadline: "By",
    note: "Anyone with the link can see the case, so share it with care.",
  },
});

/** To the contact, once its address has answered: the way back to the case. */
export function receiptMail(data: ReceiptMail, language: Language): Mail {
  const text = texts[language];
  const words = caseWords(data, language);
  return layOut(
    {
      subject: words.subject(text.subject),
      tone: "success",
      heading: text.heading,
      blocks: [
        { type: "paragraph", text: text.lead(words.agreement, words.name) },
        {
          type: "facts",
          rows: [
            [text.caseNumber, data.caseNumber],
            ...(data.lapsesAt === undefined
              ? ([[text.next, text.nextIsOurs]] as const)
              : ([
                  [text.next, text.nextText],
                  [text.deadline, formatWeekday(data.lapsesAt, language)],
                ] as const)),
          ],
        },
        { type: "link", label: words.followCase, href: data.statusLink },
        { type: "note", text: text.note },
      ],
      why: words.whySubmitter,
      sender: data.sender,
    },
    language,
  );
}
