import type { SignatureFacts } from "../document-facts.ts";
import type { SignatureObservation } from "../observation-codes.ts";
import { compareRevisions } from "../revisions/compare-revisions.ts";
import type { RevisionChange } from "../revisions/revision-change.ts";
import { isWhiteSpace } from "../structure/lexer.ts";
import { parsePdfDate } from "../structure/pdf-date.ts";
import type { PdfFile } from "../structure/pdf-file.ts";
import { PdfString } from "../structure/pdf-objects.ts";
import { limits, ReadingRefused } from "../structure/reading-limits.ts";
import type { TrustAnchors } from "../trust/trust-anchors.ts";
import { locateSignature, type SignedPlace } from "./byte-range.ts";
import { verifySignatureValue } from "./cms-signature.ts";
import { type FoundSignature, findSignatures } from "./find-signatures.ts";
import { judgeChanges, type LaterSignature } from "./later-changes.ts";
import { type Permissions, readPermissions } from "./permissions.ts";
import { joinConclusions } from "./place-conclusion.ts";
import { readSecurityStore } from "./security-store.ts";
import type { SignatureValueInput, SignatureValueOutcome } from "./signature-value.ts";
import { examineTail, openSignedRevision } from "./signed-revision.ts";

export interface VerifyOptions {
  readonly anchors: TrustAnchors;
  /** Epoch ms. */
  readonly now: number;
}

export interface VerifiedSignatures {
  readonly signatures: readonly SignatureFacts[];
  readonly emptySignatureFields: readonly string[];
}

/** What the signatures judged so far, all of which cover more of the file, mean for the next. */
interface Later {
  readonly signatures: LaterSignature[];
  /** The earliest time a trusted document time-stamp proves for what comes before it. */
  provenTime: number | undefined;
}

interface Located {
  readonly found: FoundSignature;
  readonly findings: readonly SignatureObservation[];
  readonly place?: SignedPlace;
}

/**
 * Verifies every signature of the document, the last first: what a later valid signature answers for, and when a
 * later time-stamp proves the file existed, matters for the earlier ones. Given back in order of signing.
 */
export async function verifySignatures(file: PdfFile, options: VerifyOptions): Promise<VerifiedSignatures> {
  const { signed, emptyFields } = findSignatures(file);
  if (signed.length === 0) return { signatures: [], emptySignatureFields: emptyFields };
  const located = signed
    .map((found): Located => ({ found, ...locateSignature(file, found.dictionary) }))
    .sort((a, b) => (b.place?.end ?? 0) - (a.place?.end ?? 0));
  const verifier = new SignatureVerifier(file, options);
  const signatures: SignatureFacts[] = [];
  for (const signature of located) signatures.push(await verifier.verify(signature));
  return { signatures: doubtBesideBroken(signatures.reverse()), emptySignatureFields: emptyFields };
}

/**
 * A signature that holds by itself is not accepted beside one that is broken or whose document was changed:
 * whoever signed last may not have known, and whoever reads should.
 */
function doubtBesideBroken(signatures: readonly SignatureFacts[]): SignatureFacts[] {
  const isBroken = ({ indication, findings }: SignatureFacts) =>
    indication === "TOTAL_FAILED" ||
    joinConclusions(findings, { indication: "TOTAL_PASSED" }).indication !== "TOTAL_PASSED";
  if (!signatures.some(isBroken)) return [...signatures];
  return signatures.map((signature) =>
    signature.indication === "TOTAL_PASSED"
      ? {
          ...signature,
          indication: "INDETERMINATE",
          subIndication: "SIG_CONSTRAINTS_FAILURE",
          findings: [...signature.findings, "ANOTHER_SIGNATURE_BROKEN"],
        }
      : signature,
  );
}

class SignatureVerifier {
  readonly #file: PdfFile;
  readonly #options: VerifyOptions;
  readonly #dss: SignatureValueInput["dss"];
  readonly #later: Later = { signatures: [], provenTime: undefined };
  #verified = 0;

  constructor(file: PdfFile, options: VerifyOptions) {
    this.#file = file;
    this.#options = options;
    this.#dss = readSecurityStore(file);
  }

  async verify(located: Located): Promise<SignatureFacts> {
    const { found, place } = located;
    const findings = [...located.findings];
    if (!found.inField) findings.push("SIGNATURE_WITHOUT_FIELD");
    if (++this.#verified > limits.signatures) findings.push("COMPARISON_FAILED");
    // Where the place is wrong nobody's name is shown: a signature moved here from elsewhere has one too.
    const sound = place !== undefined && findings.length === 0;
    const inFile = sound ? this.#examinePlace(found, place) : undefined;
    findings.push(...(inFile?.findings ?? []));
    const value = sound ? await this.#verifyValue(found, place) : undefined;
    findings.push(...(value?.findings ?? []));
    const { indication, subIndication } = joinConclusions(findings, value);
    const facts: SignatureFacts = {
      field: found.field,
      kind: value?.kind ?? "signature",
      level: value?.level ?? "",
      indication,
      ...(subIndication === undefined ? {} : { subIndication }),
      findings: [...new Set(findings)],
      changes: (inFile?.changes ?? []).map((change) => change.where),
      coversWholeDocument: place !== undefined && coversAll(this.#file.bytes, place.end),
      ...(inFile?.permissions?.certificationLevel === undefined
        ? {}
        : { certificationLevel: inFile.permissions.certificationLevel }),
      ...this.#claimedTime(found),
      ...described(value),
    };
    this.#remember(facts, found);
    return facts;
  }

  /** What the dictionary says; the message inside may say otherwise, and then counts. */
  #claimedTime(found: FoundSignature): Pick<SignatureFacts, "claimedTime"> {
    const written = this.#file.resolve(found.dictionary.get("M"));
    const claimedTime = written instanceof PdfString ? parsePdfDate(written.toText()) : undefined;
    return claimedTime === undefined ? {} : { claimedTime };
  }

  #remember(facts: SignatureFacts, found: FoundSignature): void {
    const { indication, kind } = facts;
    this.#later.signatures.push({ dictionaryStart: found.dictionary.place.start, indication, kind });
    const proves =
      kind === "document-time-stamp" && indication === "TOTAL_PASSED" && facts.timeStamp?.trusted;
    if (proves === true && facts.timeStamp !== undefined) {
      this.#later.provenTime = Math.min(this.#later.provenTime ?? Infinity, facts.timeStamp.time);
    }
  }

  #verifyValue(found: FoundSignature, place: SignedPlace): Promise<SignatureValueOutcome> {
    const { bytes } = this.#file;
    const { provenTime } = this.#later;
    return verifySignatureValue({
      subFilter: this.#file.name(found.dictionary.get("SubFilter")) ?? "",
      contents: place.contents.bytes,
      signedRanges: [bytes.subarray(0, place.holeStart), bytes.subarray(place.holeEnd, place.end)],
      dss: this.#dss,
      anchors: this.#options.anchors,
      now: this.#options.now,
      ...(provenTime === undefined ? {} : { provenTime }),
    });
  }

  /** The signed revision, what it allows, and what became of it. */
  #examinePlace(
    found: FoundSignature,
    place: SignedPlace,
  ): {
    findings: readonly SignatureObservation[];
    changes: readonly RevisionChange[];
    permissions?: Permissions;
  } {
    try {
      const revision = openSignedRevision(this.#file, found.dictionary, place);
      if (revision.file === undefined || revision.dictionary === undefined) {
        return { findings: revision.findings, changes: [] };
      }
      const permissions = readPermissions(revision.file, revision.dictionary, revision.lock);
      if (place.end === this.#file.bytes.length)
        return { findings: revision.findings, changes: [], permissions };
      const tail = examineTail(this.#file, revision.file, place.end);
      const changes = compareRevisions(revision.file, this.#file);
      const meant = judgeChanges(changes, permissions, this.#later.signatures);
      const after = [...tail, ...meant];
      // Whoever is told that it does not cover the whole file is told why.
      const isUnexplained = after.length === 0 && !coversAll(this.#file.bytes, place.end);
      if (isUnexplained) after.push("ADDED_WITHOUT_EFFECT_AFTERWARDS");
      return { findings: [...revision.findings, ...after], changes, permissions };
    } catch (error) {
      if (error instanceof ReadingRefused) return { findings: ["COMPARISON_FAILED"], changes: [] };
      throw error;
    }
  }
}

/** Line ends after the end marker are nobody's revision. */
function coversAll(bytes: Buffer, end: number): boolean {
  return bytes.length - end <= 64 && bytes.subarray(end).every(isWhiteSpace);
}

function described(
  value: SignatureValueOutcome | undefined,
): Pick<SignatureFacts, "signer" | "platform" | "claimedTime" | "timeStamp"> {
  if (value === undefined) return {};
  const { signer, platform, claimedTime, timeStamp } = value;
  return {
    ...(signer === undefined ? {} : { signer }),
    ...(platform === undefined ? {} : { platform }),
    ...(claimedTime === undefined ? {} : { claimedTime }),
    ...(timeStamp === undefined ? {} : { timeStamp }),
  };
}
