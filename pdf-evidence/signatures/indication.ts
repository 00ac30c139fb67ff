import type { Indication } from "../document-facts.ts";
import type { SignatureValueObservation } from "../observation-codes.ts";

export interface Conclusion {
  readonly indication: Indication;
  readonly subIndication?: string;
}

const failed = (subIndication: string): Conclusion => ({ indication: "TOTAL_FAILED", subIndication });
const undetermined = (subIndication: string): Conclusion => ({ indication: "INDETERMINATE", subIndication });

/**
 * What each finding makes of the signature (ETSI EN 319 102-1, clause 5.1.3, table 6): the worst first, and
 * the first that applies is the conclusion. undefined: the finding alone leaves the signature valid.
 */
const CONCLUSIONS = {
  CMS_MALFORMED: failed("FORMAT_FAILURE"),
  CMS_CONTENT_TYPE_WRONG: failed("FORMAT_FAILURE"),
  SIGNERS_NOT_ONE: failed("FORMAT_FAILURE"),
  DIGEST_MISMATCH: failed("HASH_FAILURE"),
  SIGNATURE_INVALID: failed("SIG_CRYPTO_FAILURE"),
  CERTIFICATE_NOT_YET_VALID: failed("NOT_YET_VALID"),
  CMS_TRAILING_DATA: undetermined("SIG_CONSTRAINTS_FAILURE"),
  SIGNATURE_FORMAT_UNSUPPORTED: undetermined("SIG_CONSTRAINTS_FAILURE"),
  SIGNER_CERTIFICATE_MISSING: undetermined("NO_SIGNING_CERTIFICATE_FOUND"),
  SIGNING_CERTIFICATE_ATTRIBUTE_MISMATCH: undetermined("NO_SIGNING_CERTIFICATE_FOUND"),
  CERTIFICATE_REVOKED: undetermined("REVOKED_NO_POE"),
  ALGORITHM_BROKEN: undetermined("CRYPTO_CONSTRAINTS_FAILURE_NO_POE"),
  ALGORITHM_UNSUPPORTED: undetermined("CRYPTO_CONSTRAINTS_FAILURE"),
  CERTIFICATE_UNTRUSTED: undetermined("NO_CERTIFICATE_CHAIN_FOUND"),
  CERTIFICATE_SELF_SIGNED: undetermined("NO_CERTIFICATE_CHAIN_FOUND"),
  CERTIFICATE_CHAIN_CONSTRAINED: undetermined("CHAIN_CONSTRAINTS_FAILURE"),
  CERTIFICATE_KEY_USAGE_WRONG: undetermined("CHAIN_CONSTRAINTS_FAILURE"),
  CERTIFICATE_EXPIRED: undetermined("OUT_OF_BOUNDS_NO_POE"),
  ALGORITHM_WEAK: undetermined("CRYPTO_CONSTRAINTS_FAILURE_NO_POE"),
  KEY_WEAK: undetermined("CRYPTO_CONSTRAINTS_FAILURE_NO_POE"),
  TIME_STAMP_INVALID: undetermined("SIG_CONSTRAINTS_FAILURE"),
  SIGNED_ATTRIBUTES_MISSING: undetermined("SIG_CONSTRAINTS_FAILURE"),
  SIGNATURE_FORMAT_LEGACY: undetermined("SIG_CONSTRAINTS_FAILURE"),
  SIGNING_CERTIFICATE_ATTRIBUTE_MISSING: undefined,
  REVOCATION_UNKNOWN: undefined,
  TIME_STAMP_UNTRUSTED: undefined,
  TIME_STAMP_MISSING: undefined,
} as const satisfies Record<SignatureValueObservation, Conclusion | undefined>;

export function conclude(findings: readonly string[]): Conclusion {
  for (const [code, conclusion] of Object.entries(CONCLUSIONS)) {
    if (conclusion !== undefined && findings.includes(code)) return conclusion;
  }
  return { indication: "TOTAL_PASSED" };
}
