import type { DocumentFacts } from "../../../../pdf-evidence/document-facts.ts";
import { isCvr } from "../../organisation/cvr-number.ts";
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
  return cvr !== undefined && containsNumber(facts.text, cvr) ? [{ code: "CVR_IN_TEXT" }] : [];
}

export function cvrNotInText(facts: DocumentFacts, { cvr }: Expected): RuleFinding[] {
  const missing = cvr !== undefined && hasText(facts) && !containsNumber(facts.text, cvr);
  return missing && otherCvrs(facts.text).length === 0 ? [{ code: "CVR_NOT_IN_TEXT" }] : [];
}

export function otherCvrInText(facts: DocumentFacts, { cvr }: Expected): RuleFinding[] {
  if (cvr === undefined || containsNumber(facts.text, cvr)) return [];
  const others = otherCvrs(facts.text);
  return others.length > 0 ? [{ code: "OTHER_CVR_IN_TEXT", detail: others.slice(0, 5).join(", ") }] : [];
}

/** OS2's own, which stand in every agreement. Sources disagree on which is right, so both. */
const ownCvrs = new Set(["55133018", "41849983"]);

/**
 * What stands between a number's digits: the register itself writes 13-74-81-36, others 13 74 81 36, 13.748.136 or
 * any kind of space, dash or break of a line.
 */
const between = "[\\s.,/\\p{Pd}\\u00ad\\u00b7\\u200b-\\u200d\\u2060\\u2212\\ufeff]{0,3}";

function containsNumber(text: string, cvr: string): boolean {
  const pattern = new RegExp(`(?<!\\d[.\\p{Pd}]?)${[...cvr].join(between)}(?![.\\p{Pd}]?\\d)`, "u");
  return pattern.test(text);
}

const namedNumber = new RegExp(`(?:CVR[^\\d\\n]{0,20}|\\bDK[-\\s]?)((?:\\d${between}){7}\\d)(?!\\d)`, "giu");

/** Numbers the text itself calls a CVR number: any eight digits might be a telephone's. */
function otherCvrs(text: string): string[] {
  const named = text.matchAll(namedNumber);
  const numbers = [...named].map((match) => (match[1] ?? "").replace(/\D/g, ""));
  return [...new Set(numbers)].filter((number) => isCvr(number) && !ownCvrs.has(number));
}
