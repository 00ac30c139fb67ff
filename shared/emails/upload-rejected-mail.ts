import type { Language } from "../domain/agreement/kind.ts";
import type { Finding } from "../domain/judgement/judgement.ts";
import { bilingual } from "../words/bilingual.ts";
import { findingText } from "../words/finding-texts/finding-texts.ts";
import { formatWeekday } from "../words/formats.ts";
import { type CaseMail, caseWords } from "./case-mail.ts";
import { layOut, type Mail } from "./mail-layout.ts";

export interface UploadRejectedMail extends CaseMail {
  statusLink: string;
  lapsesAt: number;
  /** Every reason, so that the next file is the last. */
  findings: readonly Finding[];
}

const texts = bilingual({
  da: {
    subject: (name: string) => `Send en ny fil for ${name}`,
    heading: "Vi kan ikke bruge den fil, I sendte",
    lead: (deadline: string) =>
      `Sagen er stadig åben. Ret det, der står her, og send en ny fil senest ${deadline}.`,
    reasons: "Det skal I gøre",
    button: "Send en ny fil",
  },
  en: {
    subject: (name: string) => `Send a new file for ${name}`,
    heading: "We can’t use the file you sent",
    lead: (deadline: string) =>
      `The case is still open. Mend what stands here and send a new file by ${deadline}.`,
    reasons: "What to do",
    button: "Send a new file",
  },
});

/** To the contact when the file can't be read safely. */
export function uploadRejectedMail(data: UploadRejectedMail, language: Language): Mail {
  const text = texts[language];
  const words = caseWords(data, language);
  const items = data.findings.map((finding) => {
    const { headline, meaning, advice } = findingText(finding.code, language);
    return { title: headline, text: advice === undefined ? meaning : `${meaning} ${advice}` };
  });
  return layOut(
    {
      subject: words.subject(text.subject),
      tone: "error",
      heading: text.heading,
      blocks: [
        { type: "paragraph", text: text.lead(formatWeekday(data.lapsesAt, language)) },
        { type: "points", heading: text.reasons, items },
        { type: "link", label: text.button, href: data.statusLink },
      ],
      why: words.whySubmitter,
      sender: data.sender,
    },
    language,
  );
}
