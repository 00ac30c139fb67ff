import type { Indication } from "../document-facts.ts";
import type { SignaturePlaceObservation } from "../observation-codes.ts";

export interface Conclusion {
  readonly indication: Indication;
  readonly subIndication?: string | undefined;
}

/** The signature does not sign this document: its form or what it covers is broken. */
const broken: Conclusion = { indication: "TOTAL_FAILED", subIndication: "FORMAT_FAILURE" };
/** What it signed is intact, but what a reader sees now is more than that. */
const notAlone: Conclusion = { indication: "INDETERMINATE", subIndication: "SIG_CONSTRAINTS_FAILURE" };
const harmless: Conclusion = { indication: "TOTAL_PASSED" };

/** Source: ETSI EN 319 102-1, clause 5.1.3, tables 5 and 6. */
const conclusions = {
  SIGNATURE_VALUE_MISSING: broken,
  BYTE_RANGE_INVALID: broken,
  BYTE_RANGE_NOT_FROM_START: broken,
  BYTE_RANGE_HOLE_MISMATCH: broken,
  BYTE_RANGE_OVERLAP: broken,
  BYTE_RANGE_BEYOND_FILE: broken,
  SIGNATURE_DICTIONARY_OUTSIDE_RANGE: broken,
  SIGNATURE_WITHOUT_FIELD: broken,
  SIGNED_REVISION_REACHES_OUTSIDE: broken,
  REVISION_CHAIN_BROKEN: broken,
  SIGNED_OBJECT_SHADOWED: broken,
  UNACCOUNTED_BYTES_AFTER_SIGNING: broken,
  CONTENT_CHANGED_AFTER_SIGNING: broken,
  CERTIFICATION_VIOLATED: broken,
  FIELD_LOCK_VIOLATED: broken,
  SIGNED_REVISION_MALFORMED: notAlone,
  COMPARISON_FAILED: notAlone,
  ANNOTATED_AFTER_SIGNING: notAlone,
  FORM_FILLED_AFTER_SIGNING: notAlone,
  TAGS_CHANGED_AFTER_SIGNING: notAlone,
  UNPROVEN_SIGNATURE_ADDED: notAlone,
  ANOTHER_SIGNATURE_BROKEN: notAlone,
  VALIDATION_DATA_REMOVED_AFTERWARDS: notAlone,
  FORM_FILLED_BEFORE_LATER_SIGNATURE: harmless,
  SIGNED_AGAIN_AFTERWARDS: harmless,
  VALIDATION_DATA_ADDED_AFTERWARDS: harmless,
  ADDED_WITHOUT_EFFECT_AFTERWARDS: harmless,
} as const satisfies Record<SignaturePlaceObservation, Conclusion>;

const worstFirst: readonly Indication[] = ["TOTAL_FAILED", "INDETERMINATE", "TOTAL_PASSED"];

/** The place's own conclusion joined with that of the value: the worse counts, the place's first. */
export function joinConclusions(findings: readonly string[], value: Conclusion | undefined): Conclusion {
  const place = Object.entries(conclusions).flatMap(([code, conclusion]) =>
    findings.includes(code) ? [conclusion] : [],
  );
  const all = [...place, ...(value === undefined ? [] : [value])];
  for (const indication of worstFirst) {
    const worst = all.find((conclusion) => conclusion.indication === indication);
    if (worst !== undefined) return worst;
  }
  // Neither place nor value was judged: nothing is known.
  return notAlone;
}
