import type { Language } from "../domain/agreement/kind.ts";
import type { Decision } from "../domain/approval/decision.ts";
import type { Stage } from "../domain/filing/round.ts";
import { bilingual } from "../words/bilingual.ts";
import { formatDateTime } from "../words/formats.ts";
import { type CaseMail, caseWords } from "./case-mail.ts";
import { layOut, type Mail, type MailBlock } from "./mail-layout.ts";
import { oneLine } from "./mail-text.ts";

export interface DecidedByOtherMail extends CaseMail {
  stage: Stage;
  decision: Decision;
  /** Address or name of who decided. */
  decidedBy: string;
  decidedAt: number;
  reason?: string | undefined;
  /** Whether the chair is asked now. */
  asksChair: boolean;
}

const texts = bilingual({
  da: {
    subject: {
      approve: (by: string, name: string) => `${by} har godkendt ${name}`,
      return: (by: string, name: string) => `${by} har bedt ${name} om en ny fil`,
      decline: (by: string, name: string) => `${by} har afvist ${name}`,
      close: (by: string, name: string) => `${by} har lukket sagen for ${name}`,
    },
    who: { secretariat: "Sekretariatet", chair: "Formanden" },
    heading: {
      approve: { secretariat: "Den anden sekretær har godkendt", chair: "Formanden har godkendt" },
      return: { secretariat: "Den anden sekretær har sendt tilbage", chair: "Formanden har sendt tilbage" },
      decline: { secretariat: "Den anden sekretær har afvist", chair: "Formanden har afvist" },
      close: { secretariat: "Den anden sekretær har lukket sagen", chair: "Sagen er lukket" },
    },
    lead: "Du skal ikke gøre noget. Dit eget link viser nu afgørelsen.",
    next: {
      approve: "Ansøgeren bliver optaget",
      return: "Ansøgeren er bedt om en ny fil",
      close: "Sagen er lukket uden afgørelse, og ansøgeren har fået begrundelsen",
      decline: "Sagen er slut, og ansøgeren har fået begrundelsen",
    },
    chairAsked: "Formanden er spurgt",
    applicant: "Ansøger",
    by: "Afgjort af",
    at: "Tidspunkt",
    nextLabel: "Nu sker der",
    reason: "Begrundelsen",
  },
  en: {
    subject: {
      approve: (by: string, name: string) => `${by} has approved ${name}`,
      return: (by: string, name: string) => `${by} has asked ${name} for a new file`,
      decline: (by: string, name: string) => `${by} has declined ${name}`,
      close: (by: string, name: string) => `${by} has closed the case for ${name}`,
    },
    who: { secretariat: "The secretariat", chair: "The chair" },
    heading: {
      approve: { secretariat: "The other secretary has approved", chair: "The chair has approved" },
      return: { secretariat: "The other secretary has sent it back", chair: "The chair has sent it back" },
      decline: { secretariat: "The other secretary has declined", chair: "The chair has declined" },
      close: { secretariat: "The other secretary has closed the case", chair: "The case is closed" },
    },
    lead: "You need not do anything. Your own link now shows the decision.",
    next: {
      approve: "The applicant is admitted",
      return: "The applicant is asked for a new file",
      close: "The case is closed without a decision, and the applicant has the reason",
      decline: "The case is over, and the applicant has the reason",
    },
    chairAsked: "The chair is asked",
    applicant: "Applicant",
    by: "Decided by",
    at: "Time",
    nextLabel: "What happens now",
    reason: "The reason",
  },
});

const tones = { approve: "success", return: "warning", decline: "error", close: "info" } as const;

/** To the secretaries who did not decide, at once. */
export function decidedByOtherMail(data: DecidedByOtherMail, language: Language): Mail {
  const text = texts[language];
  const words = caseWords(data, language);
  const reason: MailBlock[] =
    data.reason === undefined || data.reason.trim() === ""
      ? []
      : [{ type: "quote", heading: text.reason, text: data.reason }];
  const asksChair = data.stage === "secretariat" && data.decision === "approve" && data.asksChair;
  const next = asksChair ? text.chairAsked : text.next[data.decision];
  return layOut(
    {
      subject: words.subject((name) => text.subject[data.decision](text.who[data.stage], name)),
      tone: tones[data.decision],
      heading: text.heading[data.decision][data.stage],
      blocks: [
        { type: "paragraph", text: text.lead },
        {
          type: "facts",
          rows: [
            [text.applicant, words.name],
            [text.by, oneLine(data.decidedBy)],
            [text.at, formatDateTime(data.decidedAt, language)],
            [text.nextLabel, next],
          ],
        },
        ...reason,
      ],
      why: words.whySecretary,
      sender: data.sender,
    },
    language,
  );
}
