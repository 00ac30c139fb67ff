import type { DocumentFacts, SignatureFacts } from "../../../pdf-evidence/document-facts.ts";
import { isRed, severityOf } from "./finding-codes.ts";
import type { Finding, Judgement, SignatureJudgement } from "./judgement.ts";
import { judgementBounds } from "./judgement-bounds.ts";
import { describe, recognise } from "./recognised-agreement.ts";
import type { Expected, Rule, RuleFinding } from "./rule.ts";
import * as agreement from "./rules/agreement-rules.ts";
import * as document from "./rules/document-rules.ts";
import * as signing from "./rules/signing-rules.ts";

/**
 * In the order in which a person reads them: can it be read, is it signed, is it the agreement. A test holds that no
 * rule of the three files is left out.
 */
export const rules: readonly Rule[] = [
  document.whatTheReaderSaw,
  document.noPages,
  signing.signatureFailed,
  signing.changedAfterSigning,
  signing.signatureUndetermined,
  signing.unsigned,
  signing.sealedByPlatformOnly,
  signing.signerCvrDiffers,
  agreement.wrongKind,
  agreement.notRecognised,
  agreement.oldVersion,
  agreement.clausesMissing,
  agreement.cvrNotInText,
  agreement.otherCvrInText,
  agreement.textCouldNotBeChecked,
  signing.allSignaturesValid,
  signing.signerCvrMatches,
  agreement.recognisedAsExpected,
  agreement.cvrInText,
  document.noText,
  signing.emptySignatureField,
];

/**
 * Judges what a reader found against what the applicant stated. Pure: the same facts give the same judgement.
 *
 * REJECTED: any finding that the file can't be read safely. PASSED: at least one signature, all TOTAL_PASSED,
 * nothing a person must look at. Otherwise NEEDS_HUMAN; red where a signature failed or the file was changed
 * after signing. PASSED and NEEDS_HUMAN take the same path, to a person.
 */
export function judge(facts: DocumentFacts, expected: Expected = {}): Judgement {
  const found = rules.flatMap((rule) => rule(facts, expected)).map(toFinding);
  const signatures = facts.signatures.map(judgeSignature);
  const verdict = verdictOf(found, signatures);
  const template = recognise(facts);
  return {
    verdict,
    light: lightOf(verdict, found, signatures),
    findings: found.slice(0, judgementBounds.findings),
    signatures: signatures.slice(0, judgementBounds.signatures),
    pages: facts.pages,
    bytes: facts.bytes,
    ...(template === undefined ? {} : { template: describe(template) }),
  };
}

function verdictOf(findings: readonly Finding[], signatures: readonly SignatureJudgement[]) {
  if (findings.some((finding) => finding.severity === "reject")) return "REJECTED";
  const open = [...findings, ...signatures.flatMap((signature) => signature.findings)].some(
    (finding) => finding.severity === "needs-human",
  );
  const allPassed =
    signatures.length > 0 && signatures.every((signature) => signature.indication === "TOTAL_PASSED");
  return allPassed && !open ? "PASSED" : "NEEDS_HUMAN";
}

function lightOf(
  verdict: Judgement["verdict"],
  findings: readonly Finding[],
  signatures: readonly SignatureJudgement[],
): Judgement["light"] {
  if (verdict === "PASSED") return "green";
  const failed = signatures.some((signature) => signature.indication === "TOTAL_FAILED");
  const red = verdict === "REJECTED" || failed || findings.some((finding) => isRed(finding.code));
  return red ? "red" : "yellow";
}

function judgeSignature(signature: SignatureFacts): SignatureJudgement {
  const time = signature.timeStamp?.trusted === true ? signature.timeStamp.time : signature.claimedTime;
  return {
    field: short(signature.field),
    kind: signature.kind,
    level: short(signature.level),
    indication: signature.indication,
    ...(signature.subIndication === undefined ? {} : { subIndication: short(signature.subIndication) }),
    ...(signature.signer === undefined ? {} : { signer: shortSigner(signature.signer) }),
    ...(signature.platform === undefined ? {} : { platform: short(signature.platform) }),
    ...(isDate(time) ? { signingTime: new Date(time).toISOString() } : {}),
    signingTimeProven: signature.timeStamp?.trusted === true,
    ...(signature.timeStamp === undefined
      ? {}
      : { timeStampAuthority: short(signature.timeStamp.authority) }),
    coversWholeDocument: signature.coversWholeDocument,
    ...(signature.certificationLevel === undefined
      ? {}
      : { certificationLevel: signature.certificationLevel }),
    findings: [...new Set(signature.findings)].map((code) => toFinding({ code })),
    changes: signature.changes.slice(0, judgementBounds.changesPerSignature).map(short),
  };
}

function shortSigner(
  signer: NonNullable<SignatureFacts["signer"]>,
): NonNullable<SignatureJudgement["signer"]> {
  const { organisation, organisationIdentifier, cvr, email } = signer;
  return {
    commonName: short(signer.commonName),
    ...(organisation === undefined ? {} : { organisation: short(organisation) }),
    ...(organisationIdentifier === undefined
      ? {}
      : { organisationIdentifier: short(organisationIdentifier) }),
    ...(cvr === undefined ? {} : { cvr: short(cvr) }),
    ...(email === undefined ? {} : { email: short(email) }),
    issuer: short(signer.issuer),
    certificateSha256: short(signer.certificateSha256),
  };
}

/** A year that ISO 8601 writes in four digits; certificates can claim others. */
function isDate(time: number | undefined): time is number {
  return time !== undefined && time > -62_135_596_800_000 && time < 253_402_300_800_000;
}

function toFinding(finding: RuleFinding): Finding {
  return {
    code: finding.code,
    severity: severityOf(finding.code),
    ...(finding.detail === undefined || finding.detail === "" ? {} : { detail: short(finding.detail) }),
  };
}

/** Control characters and lone surrogates would not survive every store and page. */
function short(text: string): string {
  const clean = text.toWellFormed().replace(/\p{Cc}/gu, " ");
  return clean.length <= judgementBounds.nameLength
    ? clean
    : `${clean.slice(0, judgementBounds.nameLength - 1).toWellFormed()}…`;
}
