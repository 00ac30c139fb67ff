import type { Language } from "../domain/agreement/kind.ts";
import type { Stage } from "../domain/filing/round.ts";
import { bilingual } from "../words/bilingual.ts";
import { formatWeekday } from "../words/formats.ts";
import { type CaseMail, caseWords } from "./case-mail.ts";
import { layOut, type Mail } from "./mail-layout.ts";

export interface SentBackMail extends CaseMail {
  stage: Stage;
  reason: string;
  statusLink: string;
  lapsesAt: number;
}

const texts = bilingual({
  da: {
    subject: (name: string) => `Send aftalen igen for ${name}`,
    heading: {
      secretariat: "Sekretariatet har læst aftalen og beder om en ny fil",
      chair: "Formanden har læst aftalen og beder om en ny fil",
    },
    reason: { secretariat: "Sekretariatet skriver", chair: "Formanden skriver" },
    lead: (deadline: string) => `Sagen er stadig åben. Send den nye fil senest ${deadline}.`,
    button: "Send en ny fil",
    note: "Er I i tvivl om, hvad der skal til, så svar på denne mail.",
  },
  en: {
    subject: (name: string) => `Send the agreement again for ${name}`,
    heading: {
      secretariat: "The secretariat has read the agreement and asks for a new file",
      chair: "The chair has read the agreement and asks for a new file",
    },
    reason: { secretariat: "The secretariat writes", chair: "The chair writes" },
    lead: (deadline: string) => `The case is still open. Send the new file by ${deadline}.`,
    button: "Send a new file",
    note: "If you are in doubt about what is needed, answer this email.",
  },
});

/** To the contact when a person asks for another file. */
export function sentBackMail(data: SentBackMail, language: Language): Mail {
  const text = texts[language];
  const words = caseWords(data, language);
  return layOut(
    {
      subject: words.subject(text.subject),
      tone: "warning",
      heading: text.heading[data.stage],
      blocks: [
        ...(data.reason === ""
          ? []
          : [{ type: "quote", heading: text.reason[data.stage], text: data.reason } as const]),
        { type: "paragraph", text: text.lead(formatWeekday(data.lapsesAt, language)) },
        { type: "link", label: text.button, href: data.statusLink },
        { type: "note", text: text.note },
      ],
      why: words.whySubmitter,
      sender: data.sender,
    },
    language,
  );
}
