import type { Language } from "../domain/agreement/kind.ts";
import type { Stage } from "../domain/filing/round.ts";
import type { Judgement } from "../domain/judgement/judgement.ts";
import { bilingual } from "../words/bilingual.ts";
import { findingText } from "../words/finding-texts/finding-texts.ts";
import { formatCvr, formatDate, formatDateTime } from "../words/formats.ts";
import { kindWords } from "../words/kind-words.ts";
import { signedByLines } from "../words/signed-by.ts";
import { toldFindings } from "../words/told-findings.ts";
import { verdictOf } from "../words/verdict.ts";
import { type CaseMail, caseWords } from "./case-mail.ts";
import { layOut, type Mail, type MailBlock } from "./mail-layout.ts";
import { oneLine } from "./mail-text.ts";

export interface DecisionRequestMail extends CaseMail {
  stage: Stage;
  /** Absolute address; it alone does not decide, the code is typed too. */
  decisionLink: string;
  /** Four digits, drawn for this link. */
  caseCode: string;
  expiresAt: number;
  receivedAt: number;
  cvr: string;
  signer: { name: string; title: string };
  judgement: Judgement;
  /** The secretary who approved before the chair was asked. */
  endorsedBy?: { name: string; at: number } | undefined;
  /** A new link after an old one ran out or was locked. */
  renewed?: boolean | undefined;
}

const texts = bilingual({
  da: {
    subject: {
      secretariat: (name: string) => `Afgør ansøgningen fra ${name}`,
      chair: (name: string) => `Godkend for OS2: ${name}`,
    },
    renewed: "Her er et nyt link. Det gamle virker ikke længere.",
    applicant: "Ansøger",
    signedBy: "Skrevet under af",
    signer: "Skal skrive under",
    received: "Modtaget",
    endorsed: "Godkendt af",
    code: "Sagskode",
    codeHint: "Skriv koden på siden, når du afgør.",
    button: (code: string) => `Læs og afgør, kode ${code}`,
    findings: "Det skal du se på",
    valid: (date: string) =>
      `Linket gælder til ${date} og er kun til dig. Intet er afgjort, før du skriver koden.`,
  },
  en: {
    subject: {
      secretariat: (name: string) => `Decide on the application from ${name}`,
      chair: (name: string) => `Approve for OS2: ${name}`,
    },
    renewed: "Here is a new link. The old one no longer works.",
    applicant: "Applicant",
    signedBy: "Signed by",
    signer: "Should sign",
    received: "Received",
    endorsed: "Approved by",
    code: "Case code",
    codeHint: "Type the code on the page when you decide.",
    button: (code: string) => `Read and decide, code ${code}`,
    findings: "What to look at",
    valid: (date: string) =>
      `The link is valid until ${date} and only for you. Nothing is decided until you type the code.`,
  },
});

const tones = { green: "success", yellow: "warning", red: "error" } as const;

/**
 * To a secretary or the chair: the verdict, who applies and who signed, the code, the way to decide. Verdict and signers
 * suffice on a phone, and the code stands on the button for whoever goes from the mail straight to the page.
 */
export function decisionRequestMail(data: DecisionRequestMail, language: Language): Mail {
  const text = texts[language];
  const words = caseWords(data, language);
  const verdict = verdictOf(data.judgement, language);
  const { endorsedBy } = data;
  const points: MailBlock[] = toLookAt(data.judgement, language);
  return layOut(
    {
      subject: words.subject(text.subject[data.stage]),
      tone: tones[verdict.light],
      label: verdict.word,
      heading: verdict.headline,
      blocks: [
        {
          type: "paragraph",
          text: `${words.name} ${kindWords(data.kind, language).wants}. ${verdict.meaning} ${verdict.advice}`,
        },
        ...(data.renewed ? [{ type: "paragraph", text: text.renewed } as const] : []),
        {
          type: "facts",
          rows: [
            [text.applicant, `${words.name}, CVR ${formatCvr(data.cvr)}`],
            ...signedByLines(data.judgement, language).map((line) => [text.signedBy, oneLine(line)] as const),
            [text.signer, `${oneLine(data.signer.name)}, ${oneLine(data.signer.title)}`],
            [text.received, formatDateTime(data.receivedAt, language)],
            ...(endorsedBy
              ? [
                  [
                    text.endorsed,
                    `${oneLine(endorsedBy.name)}, ${formatDateTime(endorsedBy.at, language)}`,
                  ] as const,
                ]
              : []),
          ],
        },
        { type: "code", label: text.code, value: data.caseCode, hint: text.codeHint },
        { type: "link", label: text.button(data.caseCode), href: data.decisionLink },
        { type: "note", text: text.valid(formatDate(data.expiresAt, language)) },
        ...points,
      ],
      why: data.stage === "chair" ? words.whyChair : words.whySecretary,
      sender: data.sender,
    },
    language,
  );
}

/** Only what a person must look at; the page has the rest. */
function toLookAt(judgement: Judgement, language: Language): MailBlock[] {
  const items = toldFindings(judgement.findings)
    .filter((finding) => finding.severity !== "info")
    .map((finding) => {
      const { headline, meaning, advice } = findingText(finding.code, language);
      return {
        title: finding.detail === undefined ? headline : `${headline}: ${finding.detail}`,
        text: advice === undefined ? meaning : `${meaning} ${advice}`,
      };
    });
  return items.length === 0 ? [] : [{ type: "points", heading: texts[language].findings, items }];
}
