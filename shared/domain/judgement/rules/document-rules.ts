import type { DocumentFacts } from "../../../../pdf-evidence/document-facts.ts";
import type { RuleFinding } from "../rule.ts";

/** Passes on what the reader saw; a code seen many times is one finding with the first detail. */
export function whatTheReaderSaw(facts: DocumentFacts): RuleFinding[] {
  const first = new Map<string, RuleFinding>();
  for (const observation of facts.observations) {
    if (!first.has(observation.code)) first.set(observation.code, observation);
  }
  return [...first.values()];
}

/** A document without a page is none. */
export function noPages(facts: DocumentFacts): RuleFinding[] {
  const explained = facts.observations.length > 0;
  return facts.pages === 0 && !explained ? [{ code: "NO_PAGES" }] : [];
}

/** A scan: nothing but a person can read it. */
export function noText(facts: DocumentFacts): RuleFinding[] {
  return facts.pages > 0 && facts.pagesWithoutText === facts.pages ? [{ code: "NO_TEXT" }] : [];
}
