import type { SignatureObservation } from "../observation-codes.ts";
import { type Algorithm, digest, hashOf, readAlgorithm, strengthFindings } from "./algorithms.ts";
import { readSignedData, type SignedData } from "./cms-signed-data.ts";
import { type SignerOutcome, verifySigner } from "./cms-signer.ts";
import { MalformedDer, octetStringBytes, readElement, sameBytes, sequenceOf, TAG, timeMs } from "./der.ts";
import { type Certificate, readCertificates } from "./x509-certificate.ts";

const TST_INFO = "1.2.840.113549.1.9.16.1.4";

/** A time-stamp token (RFC 3161, clause 2.4.2), checked but not yet trusted. */
export interface TimeStampToken extends SignerOutcome {
  readonly signedData: SignedData;
  /** When the authority saw the content; epoch ms. */
  readonly time: number;
  readonly certificates: readonly Certificate[];
}

/**
 * Reads a token and checks that it is signed and stamps this content. `others` are certificates the file
 * brings besides. Throws MalformedDer.
 */
export function verifyTimeStampToken(
  bytes: Uint8Array,
  content: readonly Uint8Array[],
  others: readonly Certificate[],
): TimeStampToken {
  const signedData = readSignedData(bytes);
  if (signedData.contentType !== TST_INFO || signedData.content === undefined)
    throw new MalformedDer("not a time-stamp");
  const info = readTimeStampInfo(signedData.content);
  const certificates = [...readCertificates(signedData.certificates), ...others];
  const signer = verifySigner(signedData, [signedData.content], certificates);
  return {
    ...signer,
    findings: [...imprintFindings(info, content), ...signer.findings],
    signedData,
    time: info.time,
    certificates,
  };
}

interface TimeStampInfo {
  readonly hash: Algorithm;
  readonly imprint: Uint8Array;
  readonly time: number;
}

function readTimeStampInfo(bytes: Uint8Array): TimeStampInfo {
  const fields = sequenceOf(readElement(bytes));
  fields.next(TAG.integer);
  fields.next(TAG.oid);
  const imprint = sequenceOf(fields.next());
  const hash = readAlgorithm(imprint.next());
  const hashed = octetStringBytes(imprint.next(TAG.octetString));
  fields.next(TAG.integer);
  return { hash, imprint: hashed, time: timeMs(fields.next(TAG.generalizedTime)) };
}

function imprintFindings(info: TimeStampInfo, content: readonly Uint8Array[]): SignatureObservation[] {
  const hash = hashOf(info.hash);
  if (hash === undefined) return ["ALGORITHM_UNSUPPORTED"];
  const matches = sameBytes(info.imprint, digest(hash, content));
  return [...strengthFindings(hash), ...(matches ? [] : (["DIGEST_MISMATCH"] as const))];
}
