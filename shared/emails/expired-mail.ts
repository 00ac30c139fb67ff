import type { Language } from "../domain/agreement/kind.ts";
import type { Stage } from "../domain/filing/round.ts";
import { bilingual } from "../words/bilingual.ts";
import { type CaseMail, caseWords } from "./case-mail.ts";
import { layOut, type Mail } from "./mail-layout.ts";

export interface ExpiredMail extends CaseMail {
  /** What ran out: the time to send a file, or a round of ours. */
  expired: "upload" | Stage;
  statusLink: string;
}

const texts = bilingual({
  da: {
    subject: (name: string) => `Søg igen for ${name}`,
    heading: "Sagen er udløbet",
    why: {
      upload: "Vi har ikke fået en aftale, vi kan bruge, inden fristen. Derfor er sagen lukket.",
      secretariat:
        "Vi nåede ikke at svare inden for fristen. Det er vores fejl, ikke jeres. Sagen er lukket.",
      chair: "Vi nåede ikke at svare inden for fristen. Det er vores fejl, ikke jeres. Sagen er lukket.",
    },
    next: "I kan søge igen fra sagens side. Jeres oplysninger er allerede udfyldt.",
    button: "Søg igen",
  },
  en: {
    subject: (name: string) => `Apply again for ${name}`,
    heading: "The case has expired",
    why: {
      upload: "We did not get an agreement we can use before the deadline. So the case is closed.",
      secretariat: "We did not answer before the deadline. That is our fault, not yours. The case is closed.",
      chair: "We did not answer before the deadline. That is our fault, not yours. The case is closed.",
    },
    next: "You may apply again from the page of the case. Your details are already filled in.",
    button: "Apply again",
  },
});

/** To the contact when nobody acted in time, with the way to go on. */
export function expiredMail(data: ExpiredMail, language: Language): Mail {
  const text = texts[language];
  const words = caseWords(data, language);
  return layOut(
    {
      subject: words.subject(text.subject),
      tone: "warning",
      heading: text.heading,
      blocks: [
        { type: "paragraph", text: text.why[data.expired] },
        { type: "paragraph", text: text.next },
        { type: "link", label: text.button, href: data.statusLink },
      ],
      why: words.whySubmitter,
      sender: data.sender,
    },
    language,
  );
}
