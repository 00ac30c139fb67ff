import { type AgreementKind, kindRules, type Language } from "../../agreement/kind.ts";

export interface Clause {
  /** Names the clause to the secretary: the same in every language and version. */
  id: string;
  heading: string;
  /** One paragraph. Has to stand in the agreement word for word; line breaks and hyphens don't count. */
  text: string;
}

/** One version of the agreement in one language: what the form offers and what an upload is compared with. */
export interface AgreementTemplate {
  kind: AgreementKind;
  /** The day it came into force, ISO: it names the version. */
  version: string;
  language: Language;
  title: string;
  clauses: readonly Clause[];
}

/** The mark that travels in the document, so that an upload can be matched to its version by people too. */
export function templateMark(template: Pick<AgreementTemplate, "kind" | "version" | "language">): string {
  return `OS2-${kindRules[template.kind].mark}-${template.version}-${template.language.toUpperCase()}`;
}
