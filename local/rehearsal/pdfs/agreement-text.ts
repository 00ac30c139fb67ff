import { currentTemplate } from "../../../shared/domain/judgement/templates/recognise-agreement.ts";

export interface AgreementWish {
  readonly kind: "member" | "partner";
  readonly organisationName: string;
  readonly cvr: string;
  readonly signerName: string;
  readonly signerTitle?: string;
  readonly language?: "da" | "en";
  readonly pages?: number;
  /** The whole text, instead of the current agreement's. */
  readonly lines?: readonly string[];
}

/** The current agreement as lines of text, filled in for an organisation. */
export function agreementLines(wish: AgreementWish): readonly string[] {
  if (wish.lines !== undefined) return wish.lines;
  const language = wish.language ?? "da";
  const template = currentTemplate(wish.kind, language);
  if (template === undefined) throw new Error(`no ${wish.kind} agreement in ${language}`);
  return [
    template.title,
    "",
    parties[language](wish),
    "",
    ...template.clauses.map((clause, index) => `${index + 1}. ${clause.text}`),
    ...signatureLines(wish),
  ];
}

const parties = {
  da: (wish) => `Mellem OS2 (CVR-nr. 55133018) og ${wish.organisationName} (CVR-nr. ${wish.cvr}).`,
  en: (wish) => `Between OS2 (CVR no. 55133018) and ${wish.organisationName} (CVR no. ${wish.cvr}).`,
} as const satisfies Record<"da" | "en", (wish: AgreementWish) => string>;

function signatureLines(wish: AgreementWish): readonly string[] {
  const [who, place] =
    wish.language === "en" ? ["For", "Date and signature"] : ["For", "Dato og underskrift"];
  return [
    "",
    `${who} ${wish.organisationName}:`,
    `${wish.signerName}${wish.signerTitle ? `, ${wish.signerTitle}` : ""}`,
    "",
    `${place}: ______________________`,
  ];
}
