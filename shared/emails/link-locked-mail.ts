import type { Language } from "../domain/agreement/kind.ts";
import type { CodedLink } from "../domain/approval/link.ts";
import { bilingual } from "../words/bilingual.ts";
import { formatDateTime } from "../words/formats.ts";
import { type FileMail, fileWords } from "./case-mail.ts";
import { layOut, type Mail } from "./mail-layout.ts";
import { oneLine } from "./mail-text.ts";

export interface LinkLockedMail extends FileMail {
  /** What the link was for. */
  purpose: CodedLink["purpose"];
  /** The address the locked link was mailed to. */
  approver: string;
  lockedAt: number;
}

const texts = bilingual({
  da: {
    subject: (name: string) => `Tjek et låst link: ${name}`,
    heading: "Et link er låst efter fem forkerte koder",
    nothing: { decision: "Intet er afgjort.", task: "Opgaven er ikke løst." },
    lead: "Enten tastede modtageren forkert, eller også har en anden fået fat i linket.",
    about: "Sag",
    approver: "Linket er sendt til",
    time: "Låst",
    next: "Modtageren kan åbne linket og få et nyt. Det nye går kun til den registrerede adresse. Spørg modtageren, hvis du er i tvivl.",
  },
  en: {
    subject: (name: string) => `Check a locked link: ${name}`,
    heading: "A link is locked after five wrong codes",
    nothing: { decision: "Nothing is decided.", task: "The task is not solved." },
    lead: "Either the recipient mistyped, or somebody else has got hold of the link.",
    about: "Case",
    approver: "The link was sent to",
    time: "Locked",
    next: "The recipient can open the link and get a new one. It goes to the registered address only. Ask the recipient if you are in doubt.",
  },
});

/** To both secretaries: somebody may be guessing. */
export function linkLockedMail(data: LinkLockedMail, language: Language): Mail {
  const text = texts[language];
  const words = fileWords(data, language);
  return layOut(
    {
      subject: words.subject(text.subject),
      tone: "error",
      heading: text.heading,
      blocks: [
        { type: "paragraph", text: `${text.nothing[data.purpose]} ${text.lead}` },
        {
          type: "facts",
          rows: [
            [text.about, `${words.name}, ${data.caseNumber}`],
            [text.approver, oneLine(data.approver)],
            [text.time, formatDateTime(data.lockedAt, language)],
          ],
        },
        { type: "paragraph", text: text.next },
      ],
      why: words.whySecretary,
      sender: data.sender,
    },
    language,
  );
}
