import type {
  DocumentObservation,
  SignaturePlaceObservation,
  SignatureValueObservation,
} from "../../../pdf-evidence/observation-codes.ts";

/**
 * Every finding a document can get, in one table: mail and page texts are keyed by it, so a code without a
 * Danish and an English text does not compile.
 *
 * - `reject`: the file can't be read safely; the submitter is asked for another one.
 * - `needs-human`: a person must look. `red` says it stands between the reader and the signatures.
 * - `info`: said for completeness; stops nothing.
 *
 * A broken signature is never a reason to reject: it is shown to a person, in red.
 */
interface FindingRule {
  severity: "reject" | "needs-human" | "info";
  /** The light is red although a person, not the machine, decides. */
  red?: boolean;
}

const reject = { severity: "reject", red: true } as const;
const red = { severity: "needs-human", red: true } as const;
const needsHuman = { severity: "needs-human" } as const;
const info = { severity: "info" } as const;

/** What was seen in the file itself: can it be read, and does it do more than show pages? */
export const documentFindings = {
  FILE_EMPTY: reject,
  FILE_TOO_LARGE: reject,
  NOT_A_PDF: reject,
  ENCRYPTED: reject,
  TRUNCATED: reject,
  DAMAGED_BEYOND_REPAIR: reject,
  XREF_LOOP: reject,
  PAGE_TREE_LOOP: reject,
  NO_PAGES: reject,
  TOO_MANY_PAGES: reject,
  DECOMPRESSION_BOMB: reject,
  TOO_MANY_OBJECTS: reject,
  NESTED_TOO_DEEPLY: reject,
  PIXEL_FLOOD: reject,
  COULD_NOT_BE_READ_SAFELY: reject,
  LATE_HEADER: reject,
  POLYGLOT: reject,
  LAUNCH_ACTION: reject,

  JAVASCRIPT: red,
  OPEN_ACTION: needsHuman,
  AUTOMATIC_ACTION: needsHuman,
  SUBMIT_FORM_ACTION: needsHuman,
  IMPORT_DATA_ACTION: needsHuman,
  GO_TO_REMOTE_ACTION: needsHuman,
  GO_TO_EMBEDDED_ACTION: needsHuman,
  OTHER_ACTION: needsHuman,
  EMBEDDED_FILE: needsHuman,
  PORTFOLIO: needsHuman,
  XFA_FORM: needsHuman,
  RICH_MEDIA: needsHuman,
  EXTERNAL_STREAM: needsHuman,
  XREF_REPAIRED: needsHuman,
  OBJECT_SHADOWED: needsHuman,
  HYBRID_XREF: info,
  WHITE_SPACE_BEFORE_HEADER: needsHuman,
  TRAILING_DATA: needsHuman,
  SYNTAX_ERRORS: info,
} as const satisfies Record<DocumentObservation, FindingRule>;

/** Is it the agreement that was asked for? Only judged against what the applicant stated. */
export const agreementFindings = {
  /** Pages are pictures: nobody but a person can read them. */
  NO_TEXT: info,
  TEXT_COULD_NOT_BE_CHECKED: needsHuman,
  CVR_NOT_IN_TEXT: needsHuman,
  OTHER_CVR_IN_TEXT: needsHuman,
  CVR_IN_TEXT: info,
  AGREEMENT_NOT_RECOGNISED: needsHuman,
  AGREEMENT_RECOGNISED: info,
  AGREEMENT_WRONG_KIND: needsHuman,
  AGREEMENT_VERSION_OLD: needsHuman,
  AGREEMENT_CLAUSES_MISSING: needsHuman,
  SIGNER_CVR_DIFFERS: needsHuman,
  SIGNER_CVR_MATCHES: info,
} as const satisfies Record<string, FindingRule>;

/** What all signatures together say about the file. */
export const signingFindings = {
  /** No signature in the file. It never proves that there was none. */
  UNSIGNED: needsHuman,
  SIGNATURE_FAILED: red,
  SIGNATURE_UNDETERMINED: needsHuman,
  CHANGED_AFTER_SIGNING: red,
  /** Only seals of a signing platform: they say the file is unchanged, not who signed. */
  SEALED_BY_PLATFORM_ONLY: needsHuman,
  /** A signature field that nobody has signed. */
  EMPTY_SIGNATURE_FIELD: info,
  ALL_SIGNATURES_VALID: info,
} as const satisfies Record<string, FindingRule>;

/** Findings of one signature: where it lies in the file and what happened to the file afterwards. */
export const signaturePlaceFindings = {
  SIGNATURE_VALUE_MISSING: red,
  BYTE_RANGE_INVALID: red,
  BYTE_RANGE_NOT_FROM_START: red,
  BYTE_RANGE_HOLE_MISMATCH: red,
  BYTE_RANGE_OVERLAP: red,
  BYTE_RANGE_BEYOND_FILE: red,
  SIGNATURE_DICTIONARY_OUTSIDE_RANGE: red,
  SIGNATURE_WITHOUT_FIELD: red,
  SIGNED_REVISION_MALFORMED: red,
  SIGNED_REVISION_REACHES_OUTSIDE: red,
  REVISION_CHAIN_BROKEN: red,
  SIGNED_OBJECT_SHADOWED: red,
  UNACCOUNTED_BYTES_AFTER_SIGNING: red,
  CONTENT_CHANGED_AFTER_SIGNING: red,
  ANNOTATED_AFTER_SIGNING: red,
  FORM_FILLED_AFTER_SIGNING: red,
  TAGS_CHANGED_AFTER_SIGNING: red,
  FORM_FILLED_BEFORE_LATER_SIGNATURE: needsHuman,
  UNPROVEN_SIGNATURE_ADDED: red,
  CERTIFICATION_VIOLATED: red,
  FIELD_LOCK_VIOLATED: red,
  COMPARISON_FAILED: red,
  ANOTHER_SIGNATURE_BROKEN: needsHuman,
  VALIDATION_DATA_REMOVED_AFTERWARDS: needsHuman,
  SIGNED_AGAIN_AFTERWARDS: info,
  VALIDATION_DATA_ADDED_AFTERWARDS: info,
  ADDED_WITHOUT_EFFECT_AFTERWARDS: info,
} as const satisfies Record<SignaturePlaceObservation, FindingRule>;

/** Findings of one signature: its value, its certificate, its time. */
export const signatureValueFindings = {
  SIGNATURE_FORMAT_UNSUPPORTED: needsHuman,
  SIGNATURE_FORMAT_LEGACY: needsHuman,
  CMS_MALFORMED: red,
  CMS_TRAILING_DATA: red,
  CMS_CONTENT_TYPE_WRONG: red,
  SIGNERS_NOT_ONE: red,
  SIGNED_ATTRIBUTES_MISSING: needsHuman,
  DIGEST_MISMATCH: red,
  SIGNATURE_INVALID: red,
  ALGORITHM_UNSUPPORTED: needsHuman,
  ALGORITHM_WEAK: needsHuman,
  ALGORITHM_BROKEN: red,
  KEY_WEAK: needsHuman,
  SIGNER_CERTIFICATE_MISSING: red,
  SIGNING_CERTIFICATE_ATTRIBUTE_MISSING: info,
  SIGNING_CERTIFICATE_ATTRIBUTE_MISMATCH: red,
  CERTIFICATE_UNTRUSTED: needsHuman,
  CERTIFICATE_SELF_SIGNED: needsHuman,
  CERTIFICATE_EXPIRED: needsHuman,
  CERTIFICATE_NOT_YET_VALID: needsHuman,
  CERTIFICATE_REVOKED: red,
  CERTIFICATE_KEY_USAGE_WRONG: needsHuman,
  CERTIFICATE_CHAIN_CONSTRAINED: needsHuman,
  REVOCATION_UNKNOWN: info,
  TIME_STAMP_INVALID: red,
  TIME_STAMP_UNTRUSTED: info,
  TIME_STAMP_MISSING: info,
} as const satisfies Record<SignatureValueObservation, FindingRule>;

export const findingRules = {
  ...documentFindings,
  ...agreementFindings,
  ...signingFindings,
  ...signaturePlaceFindings,
  ...signatureValueFindings,
} as const satisfies Record<string, FindingRule>;

export type Severity = FindingRule["severity"];
export type FindingCode = keyof typeof findingRules;

export function severityOf(code: FindingCode): Severity {
  return findingRules[code].severity;
}

/** Does the code, by itself, make the light red? */
export function isRed(code: FindingCode): boolean {
  const rule: FindingRule = findingRules[code];
  return rule.red === true;
}
