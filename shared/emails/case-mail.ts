import type { AgreementKind, Language } from "../domain/agreement/kind.ts";
import type { Sender } from "../domain/settings/settings.ts";
import { bilingual } from "../words/bilingual.ts";
import { kindWords } from "../words/kind-words.ts";
import { layOut, type Mail, type MailBlock } from "./mail-layout.ts";
import { oneLine } from "./mail-text.ts";

/** What every mail about somebody's file knows. */
export interface FileMail {
  sender: Sender;
  /** How people know the file: A-2026-0117. */
  caseNumber: string;
  /** As the applicant wrote it: anything may be in it. */
  organisationName: string;
}

/** What every mail about a case knows. */
export interface CaseMail extends FileMail {
  kind: AgreementKind;
}

const texts = bilingual({
  da: {
    submitter: (caseNumber: string) =>
      `I får mailen, fordi I har søgt om optagelse i OS2, sag ${caseNumber}.`,
    secretary: (caseNumber: string) => `Du får mailen, fordi du er sekretær i OS2. Sag ${caseNumber}.`,
    chair: (caseNumber: string) => `Du får mailen, fordi du er formand for OS2. Sag ${caseNumber}.`,
    followCase: "Se sagen",
  },
  en: {
    submitter: (caseNumber: string) =>
      `You get this email because you applied for admission to OS2, case ${caseNumber}.`,
    secretary: (caseNumber: string) =>
      `You get this email because you are a secretary of OS2. Case ${caseNumber}.`,
    chair: (caseNumber: string) => `You get this email because you chair OS2. Case ${caseNumber}.`,
    followCase: "See the case",
  },
});

/** Words that more than one mail needs. Names are made safe for a line here, once. */
export function fileWords(data: FileMail, language: Language) {
  const text = texts[language];
  const { caseNumber } = data;
  return {
    name: oneLine(data.organisationName, 300),
    /** "Verb name (case number)"; a long name is cut so that the number still shows. */
    subject: (words: (name: string) => string) =>
      `${words(oneLine(data.organisationName, 80))} (${caseNumber})`,
    whySubmitter: text.submitter(caseNumber),
    whySecretary: text.secretary(caseNumber),
    whyChair: text.chair(caseNumber),
    followCase: text.followCase,
  };
}

/** The same for a mail about a case, which knows what kind of agreement it is about. */
export function caseWords(data: CaseMail, language: Language) {
  return { ...fileWords(data, language), agreement: kindWords(data.kind, language).agreement };
}

interface ContactText {
  subject: (name: string) => string;
  heading: string;
  lead: (agreement: string, name: string) => string;
}

/** A mail that tells the contact how its case stands, and leads to it. */
export function contactMail(
  data: CaseMail & { statusLink: string },
  language: Language,
  text: ContactText,
  rest: (toTheCase: MailBlock) => MailBlock[],
): Mail {
  const words = caseWords(data, language);
  return layOut(
    {
      subject: words.subject(text.subject),
      tone: "info",
      heading: text.heading,
      blocks: [
        { type: "paragraph", text: text.lead(words.agreement, words.name) },
        ...rest({ type: "link", label: words.followCase, href: data.statusLink }),
      ],
      why: words.whySubmitter,
      sender: data.sender,
    },
    language,
  );
}
