import type { DocumentFacts } from "../../../../pdf-evidence/document-facts.ts";
import { cvrsNamedIn, textHasCvr } from "../../organisation/cvr-number.ts";
import { recognise } from "../recognised-agreement.ts";
import type { Expected, RuleFinding } from "../rule.ts";
import { templateMark } from "../templates/agreement-template.ts";

function hasText(facts: DocumentFacts): boolean {
  return facts.text.trim() !== "";
}

/** The sender stated one kind and sent the other kind's paper. */
export function wrongKind(facts: DocumentFacts, expected: Expected): RuleFinding[] {
  const agreement = recognise(facts);
  const wrong =
    expected.kind !== undefined && agreement !== undefined && agreement.template.kind !== expected.kind;
  return wrong ? [{ code: "AGREEMENT_WRONG_KIND", detail: templateMark(agreement.template) }] : [];
}

export function notRecognised(facts: DocumentFacts, expected: Expected): RuleFinding[] {
  const unknown = expected.kind !== undefined && hasText(facts) && recognise(facts) === undefined;
  return unknown ? [{ code: "AGREEMENT_NOT_RECOGNISED" }] : [];
}

export function oldVersion(facts: DocumentFacts, expected: Expected): RuleFinding[] {
  const agreement = recognise(facts);
  const old = expected.kind !== undefined && agreement !== undefined && !agreement.current;
  return old ? [{ code: "AGREEMENT_VERSION_OLD", detail: templateMark(agreement.template) }] : [];
}

export function clausesMissing(facts: DocumentFacts, expected: Expected): RuleFinding[] {
  const missing = expected.kind === undefined ? [] : (recognise(facts)?.missingClauses ?? []);
  const headings = missing.map((clause) => clause.heading).join(", ");
  return missing.length > 0 ? [{ code: "AGREEMENT_CLAUSES_MISSING", detail: headings }] : [];
}

export function recognisedAsExpected(facts: DocumentFacts, expected: Expected): RuleFinding[] {
  const agreement = recognise(facts);
  const fits = agreement !== undefined && agreement.template.kind === expected.kind;
  return fits ? [{ code: "AGREEMENT_RECOGNISED", detail: templateMark(agreement.template) }] : [];
}

/** A scan, or letters that only look like text: nothing could be compared with the application. */
export function textCouldNotBeChecked(facts: DocumentFacts, expected: Expected): RuleFinding[] {
  const asked = expected.cvr !== undefined || expected.kind !== undefined;
  return asked && facts.pages > 0 && !hasText(facts) ? [{ code: "TEXT_COULD_NOT_BE_CHECKED" }] : [];
}

export function cvrInText(facts: DocumentFacts, { cvr }: Expected): RuleFinding[] {
  return cvr !== undefined && textHasCvr(facts.text, cvr) ? [{ code: "CVR_IN_TEXT" }] : [];
}

export function cvrNotInText(facts: DocumentFacts, { cvr }: Expected): RuleFinding[] {
  const missing = cvr !== undefined && hasText(facts) && !textHasCvr(facts.text, cvr);
  return missing && otherCvrs(facts.text).length === 0 ? [{ code: "CVR_NOT_IN_TEXT" }] : [];
}

export function otherCvrInText(facts: DocumentFacts, { cvr }: Expected): RuleFinding[] {
  if (cvr === undefined || textHasCvr(facts.text, cvr)) return [];
  const others = otherCvrs(facts.text);
  return others.length > 0 ? [{ code: "OTHER_CVR_IN_TEXT", detail: others.slice(0, 5).join(", ") }] : [];
}

/** OS2's own, which stand in every agreement. Sources disagree on which is right, so both. */
const ownCvrs: ReadonlySet<string> = new Set(["55133018", "41849983"]);

/** What the text calls a CVR number and is neither the applicant's nor ours. */
function otherCvrs(text: string): string[] {
  return cvrsNamedIn(text).filter((number) => !ownCvrs.has(number));
}
