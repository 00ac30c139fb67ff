import type { DocumentFacts, SignatureFacts } from "../../../../pdf-evidence/document-facts.ts";
import { isRed } from "../finding-codes.ts";
import type { Expected, RuleFinding } from "../rule.ts";

const changeCodes: ReadonlySet<string> = new Set([
  "CONTENT_CHANGED_AFTER_SIGNING",
  "ANNOTATED_AFTER_SIGNING",
  "FORM_FILLED_AFTER_SIGNING",
  "TAGS_CHANGED_AFTER_SIGNING",
  "UNPROVEN_SIGNATURE_ADDED",
  "CERTIFICATION_VIOLATED",
  "FIELD_LOCK_VIOLATED",
  "SIGNED_OBJECT_SHADOWED",
  "UNACCOUNTED_BYTES_AFTER_SIGNING",
  "REVISION_CHAIN_BROKEN",
]);

function fields(signatures: readonly SignatureFacts[]): string {
  return signatures.map((signature) => signature.field).join(", ");
}

function isSignature(signature: SignatureFacts): boolean {
  return signature.kind === "signature";
}

/** A time-stamp alone says when, not who. */
export function unsigned(facts: DocumentFacts): RuleFinding[] {
  return facts.pages > 0 && !facts.signatures.some(isSignature) ? [{ code: "UNSIGNED" }] : [];
}

export function signatureFailed(facts: DocumentFacts): RuleFinding[] {
  const failed = facts.signatures.filter((signature) => signature.indication === "TOTAL_FAILED");
  return failed.length > 0 ? [{ code: "SIGNATURE_FAILED", detail: fields(failed) }] : [];
}

export function signatureUndetermined(facts: DocumentFacts): RuleFinding[] {
  const open = facts.signatures.filter((signature) => signature.indication === "INDETERMINATE");
  return open.length > 0 ? [{ code: "SIGNATURE_UNDETERMINED", detail: fields(open) }] : [];
}

export function changedAfterSigning(facts: DocumentFacts): RuleFinding[] {
  const changed = facts.signatures.filter((signature) =>
    signature.findings.some((code) => changeCodes.has(code) && isRed(code)),
  );
  return changed.length > 0 ? [{ code: "CHANGED_AFTER_SIGNING", detail: fields(changed) }] : [];
}

export function sealedByPlatformOnly(facts: DocumentFacts): RuleFinding[] {
  const signatures = facts.signatures.filter(isSignature);
  const platforms = new Set(signatures.map((signature) => signature.platform));
  const only = signatures.length > 0 && !platforms.has(undefined);
  return only ? [{ code: "SEALED_BY_PLATFORM_ONLY", detail: [...platforms].join(", ") }] : [];
}

export function emptySignatureField(facts: DocumentFacts): RuleFinding[] {
  return facts.emptySignatureFields.length > 0
    ? [{ code: "EMPTY_SIGNATURE_FIELD", detail: facts.emptySignatureFields.join(", ") }]
    : [];
}

export function allSignaturesValid(facts: DocumentFacts): RuleFinding[] {
  const all =
    facts.signatures.some(isSignature) &&
    facts.signatures.every((signature) => signature.indication === "TOTAL_PASSED");
  return all ? [{ code: "ALL_SIGNATURES_VALID" }] : [];
}

/** The CVR numbers in certificates whose signature holds; of a broken one the name proves nothing. */
function provenSignerCvrs(facts: DocumentFacts): string[] {
  return facts.signatures
    .filter((signature) => isSignature(signature) && signature.indication === "TOTAL_PASSED")
    .flatMap((signature) => signature.signer?.cvr ?? []);
}

/** The certificate names another organisation than the application does. */
export function signerCvrDiffers(facts: DocumentFacts, expected: Expected): RuleFinding[] {
  const named = facts.signatures.filter(isSignature).flatMap((signature) => signature.signer?.cvr ?? []);
  const other = named.filter((cvr) => cvr !== expected.cvr);
  const differs = expected.cvr !== undefined && other.length > 0 && !named.includes(expected.cvr);
  return differs ? [{ code: "SIGNER_CVR_DIFFERS", detail: [...new Set(other)].join(", ") }] : [];
}

export function signerCvrMatches(facts: DocumentFacts, expected: Expected): RuleFinding[] {
  const matches = expected.cvr !== undefined && provenSignerCvrs(facts).includes(expected.cvr);
  return matches ? [{ code: "SIGNER_CVR_MATCHES" }] : [];
}
