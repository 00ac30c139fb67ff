import type { DocumentFacts } from "../../../pdf-evidence/document-facts.ts";
import type { Judgement } from "./judgement.ts";
import { type RecognisedAgreement, recogniseAgreement } from "./templates/recognise-agreement.ts";

const recognised = new WeakMap<DocumentFacts, { agreement: RecognisedAgreement | undefined }>();

/** The agreement in the text; several rules ask, and the text may be long. */
export function recognise(facts: DocumentFacts): RecognisedAgreement | undefined {
  const known = recognised.get(facts);
  if (known !== undefined) return known.agreement;
  const agreement = recogniseAgreement(facts.text);
  recognised.set(facts, { agreement });
  return agreement;
}

export function describe({ template, current }: RecognisedAgreement): NonNullable<Judgement["template"]> {
  return { kind: template.kind, version: template.version, language: template.language, current };
}
