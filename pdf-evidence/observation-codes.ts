/*
 * The words in which a file is described: what can be seen in its bytes. How grave each is, whoever reads them says;
 * here they have no order but that of looking.
 */

/** Why a file is not read on: whoever goes on may be hurt, or see something else than the next reader. */
export const refusals = [
  "FILE_EMPTY",
  "FILE_TOO_LARGE",
  "NOT_A_PDF",
  "ENCRYPTED",
  "TRUNCATED",
  /** The file's structure could not be understood even by searching it for objects. */
  "DAMAGED_BEYOND_REPAIR",
  "XREF_LOOP",
  "PAGE_TREE_LOOP",
  "NO_PAGES",
  "TOO_MANY_PAGES",
  /** Compressed data that unfolds to more than any agreement needs. */
  "DECOMPRESSION_BOMB",
  "TOO_MANY_OBJECTS",
  "NESTED_TOO_DEEPLY",
  /** A page or picture with more pixels than can be drawn. */
  "PIXEL_FLOOD",
  /** The reader ran out of time or memory, or died; the detail says which. */
  "COULD_NOT_BE_READ_SAFELY",
  /** Something stands before the PDF's own header, other than white space. */
  "LATE_HEADER",
  /** The file is also something else (ZIP, HTML, a program). */
  "POLYGLOT",
  /** Starts a program on the reader's machine. */
  "LAUNCH_ACTION",
] as const;

/** What a file that can be read does besides showing its pages, and how well it is made. */
export const sights = [
  "JAVASCRIPT",
  /** Does something by itself when opened. */
  "OPEN_ACTION",
  "AUTOMATIC_ACTION",
  "SUBMIT_FORM_ACTION",
  "IMPORT_DATA_ACTION",
  "GO_TO_REMOTE_ACTION",
  "GO_TO_EMBEDDED_ACTION",
  /** Actions that play, hide or show things: Rendition, Movie, Sound, Hide, SetOCGState, ResetForm, … */
  "OTHER_ACTION",
  "EMBEDDED_FILE",
  "PORTFOLIO",
  "XFA_FORM",
  "RICH_MEDIA",
  /** Page content that lies outside the file. */
  "EXTERNAL_STREAM",
  /** The cross-reference table was damaged; the file was read by searching it for objects. */
  "XREF_REPAIRED",
  /** Two readers could see two different documents: an object number is defined twice in one revision. */
  "OBJECT_SHADOWED",
  /** Word writes such files: a table for old readers beside a stream for all others. */
  "HYBRID_XREF",
  /** Other readers may count from the header, and then have to search the file for its objects. */
  "WHITE_SPACE_BEFORE_HEADER",
  /** Bytes after the end of the document. */
  "TRAILING_DATA",
  "SYNTAX_ERRORS",
] as const;

export type Refusal = (typeof refusals)[number];
export type DocumentObservation = Refusal | (typeof sights)[number];

/** Of one signature: where it lies in the file and what happened to the file afterwards. */
export const signaturePlaceObservations = [
  "SIGNATURE_VALUE_MISSING",
  "BYTE_RANGE_INVALID",
  "BYTE_RANGE_NOT_FROM_START",
  "BYTE_RANGE_HOLE_MISMATCH",
  "BYTE_RANGE_OVERLAP",
  "BYTE_RANGE_BEYOND_FILE",
  "SIGNATURE_DICTIONARY_OUTSIDE_RANGE",
  /** A signature that no field of the form shows. */
  "SIGNATURE_WITHOUT_FIELD",
  "SIGNED_REVISION_MALFORMED",
  "SIGNED_REVISION_REACHES_OUTSIDE",
  "REVISION_CHAIN_BROKEN",
  "SIGNED_OBJECT_SHADOWED",
  "UNACCOUNTED_BYTES_AFTER_SIGNING",
  "CONTENT_CHANGED_AFTER_SIGNING",
  "ANNOTATED_AFTER_SIGNING",
  "FORM_FILLED_AFTER_SIGNING",
  /** The tags that screen readers follow were changed; the pages look the same. */
  "TAGS_CHANGED_AFTER_SIGNING",
  /** Form fields filled in before a later signature, which is valid and covers them. */
  "FORM_FILLED_BEFORE_LATER_SIGNATURE",
  /** A later, visible signature that is not itself valid lies over the signed pages. */
  "UNPROVEN_SIGNATURE_ADDED",
  "CERTIFICATION_VIOLATED",
  "FIELD_LOCK_VIOLATED",
  "COMPARISON_FAILED",
  /** It holds by itself, but stands in a file in which another one is broken. */
  "ANOTHER_SIGNATURE_BROKEN",
  /** Certificates or revocation data were taken out again; the pages are as they were. */
  "VALIDATION_DATA_REMOVED_AFTERWARDS",
  "SIGNED_AGAIN_AFTERWARDS",
  "VALIDATION_DATA_ADDED_AFTERWARDS",
  /** Padding, or a revision that changes nothing: why the signature does not cover the whole file. */
  "ADDED_WITHOUT_EFFECT_AFTERWARDS",
] as const;

/** Of one signature: its value, its certificate, its time. */
export const signatureValueObservations = [
  "SIGNATURE_FORMAT_UNSUPPORTED",
  "SIGNATURE_FORMAT_LEGACY",
  "CMS_MALFORMED",
  "CMS_TRAILING_DATA",
  "CMS_CONTENT_TYPE_WRONG",
  "SIGNERS_NOT_ONE",
  "SIGNED_ATTRIBUTES_MISSING",
  "DIGEST_MISMATCH",
  "SIGNATURE_INVALID",
  "ALGORITHM_UNSUPPORTED",
  "ALGORITHM_WEAK",
  "ALGORITHM_BROKEN",
  "KEY_WEAK",
  "SIGNER_CERTIFICATE_MISSING",
  "SIGNING_CERTIFICATE_ATTRIBUTE_MISSING",
  "SIGNING_CERTIFICATE_ATTRIBUTE_MISMATCH",
  "CERTIFICATE_UNTRUSTED",
  "CERTIFICATE_SELF_SIGNED",
  "CERTIFICATE_EXPIRED",
  "CERTIFICATE_NOT_YET_VALID",
  "CERTIFICATE_REVOKED",
  "CERTIFICATE_KEY_USAGE_WRONG",
  "CERTIFICATE_CHAIN_CONSTRAINED",
  "REVOCATION_UNKNOWN",
  "TIME_STAMP_INVALID",
  /** It proves nothing, and takes nothing away (docs/decisions/0103). */
  "TIME_STAMP_UNTRUSTED",
  "TIME_STAMP_MISSING",
] as const;

export type SignaturePlaceObservation = (typeof signaturePlaceObservations)[number];
export type SignatureValueObservation = (typeof signatureValueObservations)[number];
export type SignatureObservation = SignaturePlaceObservation | SignatureValueObservation;
