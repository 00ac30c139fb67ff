import { maximumTextLength } from "../../../../pdf-evidence/document-facts.ts";
import type { AgreementKind, Language } from "../../agreement/kind.ts";
import { normalForm } from "../../normal-form.ts";
import { seenText } from "../../organisation/typed-text.ts";
import type { AgreementTemplate, Clause } from "./agreement-template.ts";
import { memberAgreements } from "./member-agreement.ts";
import { partnerAgreements } from "./partner-agreement.ts";

const templatesOf = {
  member: memberAgreements,
  partner: partnerAgreements,
} as const satisfies Record<AgreementKind, readonly AgreementTemplate[]>;

export const agreementTemplates: readonly AgreementTemplate[] = Object.values(templatesOf).flat();

/** The version in force: versions are listed newest first. */
export function currentTemplate(kind: AgreementKind, language: Language): AgreementTemplate | undefined {
  return templatesOf[kind].find((template) => template.language === language);
}

export interface RecognisedAgreement {
  template: AgreementTemplate;
  current: boolean;
  missingClauses: readonly Clause[];
}

/** Below half of its clauses it is another document, not a damaged version of this one. */
const recognisedFrom = 0.5;

/**
 * Finds the template whose clauses stand in the text. Never by title: the same paper is called medlemsaftale,
 * partneraftale, partnerskabsaftale and tilslutningsaftale in different places.
 */
export function recogniseAgreement(text: string): RecognisedAgreement | undefined {
  const letters = lettersOnly(text);
  const share = (template: AgreementTemplate) =>
    template.clauses.filter((clause) => letters.includes(lettersOnly(clause.text))).length /
    template.clauses.length;
  // A tie goes to the version listed first, which is the newer one.
  const best = agreementTemplates
    .map((template) => ({ template, share: share(template) }))
    .reduce((a, b) => (b.share > a.share ? b : a));
  if (best.share < recognisedFrom) return undefined;
  return {
    template: best.template,
    current: currentTemplate(best.template.kind, best.template.language) === best.template,
    missingClauses: best.template.clauses.filter((clause) => !letters.includes(lettersOnly(clause.text))),
  };
}

/** Line breaks, hyphenation, quotes and typography differ between tools; letters and digits don't. */
function lettersOnly(text: string): string {
  return normalForm(seenText(text), "NFKC", maximumTextLength)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "");
}
