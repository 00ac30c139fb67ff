import type { SignatureObservation } from "../observation-codes.ts";
import { digest, hashOf, SHA1_HASH } from "./algorithms.ts";
import { embeddedRevocation } from "./archived-revocation.ts";
import { judgeTrust } from "./certificate-trust.ts";
import { readSignedData, type SignedData } from "./cms-signed-data.ts";
import { verifySigner } from "./cms-signer.ts";
import { MalformedDer, sameBytes } from "./der.ts";
import { conclude } from "./indication.ts";
import { judgeSignatureTimeStamps, judgeTimeStamp } from "./signature-time-stamp.ts";
import type { SignatureValueInput, SignatureValueOutcome } from "./signature-value.ts";
import { platformOf, signerOf } from "./signer-identity.ts";
import { readCertificates } from "./x509-certificate.ts";

/** Judges the value of one PDF signature: digest, signature, certificate chain, revocation, time-stamp. */
export async function verifySignatureValue(input: SignatureValueInput): Promise<SignatureValueOutcome> {
  const format = FORMATS.get(input.subFilter);
  const kind = format?.kind ?? "signature";
  if (format === undefined)
    return concluded({ kind, level: "unknown", findings: ["SIGNATURE_FORMAT_UNSUPPORTED"] });
  try {
    return concluded(format.judge(input));
  } catch (error) {
    if (!(error instanceof MalformedDer)) throw error;
    return concluded({ kind, level: "unknown", findings: ["CMS_MALFORMED"] });
  }
}

type Judged = Omit<SignatureValueOutcome, "indication" | "subIndication">;

function concluded(judged: Judged): SignatureValueOutcome {
  const findings = [...new Set(judged.findings)];
  return { ...judged, findings, ...conclude(findings) };
}

interface Format {
  readonly kind: SignatureValueOutcome["kind"];
  readonly judge: (input: SignatureValueInput) => Judged;
}

/** By /SubFilter (ISO 32000-1, table 257; ETSI EN 319 142-1, clause 5.3). */
const FORMATS: ReadonlyMap<string, Format> = new Map([
  ["ETSI.CAdES.detached", { kind: "signature", judge: (input) => judgeDetached(input, "PAdES-B") }],
  ["adbe.pkcs7.detached", { kind: "signature", judge: (input) => judgeDetached(input, "PKCS7") }],
  ["adbe.pkcs7.sha1", { kind: "signature", judge: judgeSha1Wrapped }],
  ["ETSI.RFC3161", { kind: "document-time-stamp", judge: judgeDocumentTimeStamp }],
] as const);

type LevelBase = "PAdES-B" | "PKCS7";

/** The message is over the file's bytes, which do not travel inside it. */
function judgeDetached(input: SignatureValueInput, base: LevelBase): Judged {
  const signedData = readSignedData(input.contents);
  const wrapped: SignatureObservation[] = signedData.content === undefined ? [] : ["CMS_MALFORMED"];
  return judgeSignature(input, signedData, input.signedRanges, base, wrapped);
}

/** The message is over the SHA-1 of the file's bytes, which travels inside it (ISO 32000-1, clause 12.8.3.3). */
function judgeSha1Wrapped(input: SignatureValueInput): Judged {
  const signedData = readSignedData(input.contents);
  const wrapped = signedData.content ?? new Uint8Array();
  const findings: SignatureObservation[] = ["SIGNATURE_FORMAT_LEGACY", "ALGORITHM_WEAK"];
  const hash = hashOf(SHA1_HASH);
  if (hash === undefined || !sameBytes(wrapped, digest(hash, input.signedRanges)))
    findings.push("DIGEST_MISMATCH");
  return judgeSignature(input, signedData, [wrapped], "PKCS7", findings);
}

function judgeSignature(
  input: SignatureValueInput,
  signedData: SignedData,
  content: readonly Uint8Array[],
  base: LevelBase,
  alreadyFound: readonly SignatureObservation[],
): Judged {
  const certificates = readCertificates([...signedData.certificates, ...input.dss.certificates]);
  const signed = verifySigner(signedData, content, certificates);
  const findings = [...alreadyFound, ...trailingFindings(input.contents, signedData), ...signed.findings];
  const { certificate, signerInfo } = signed;
  const claimed = signed.claimedTime === undefined ? {} : { claimedTime: signed.claimedTime };
  if (certificate === undefined || signerInfo === undefined)
    return { kind: "signature", level: base, findings, ...claimed };
  const stamps = judgeSignatureTimeStamps(input, signerInfo, certificates);
  const embedded = embeddedRevocation(signedData, signerInfo);
  const trust = judgeTrust({
    certificate,
    pool: certificates,
    evidence: { crls: [...input.dss.crls, ...embedded.crls], ocsps: [...input.dss.ocsps, ...embedded.ocsps] },
    anchors: input.anchors,
    use: "signature",
    // It existed at the earliest moment anything trusted proves; what its own clock says proves nothing.
    time: Math.min(input.now, input.provenTime ?? Infinity, stamps.provenTime ?? Infinity),
  });
  const platform = trust.trusted ? platformOf(trust.path, input.anchors) : undefined;
  return {
    kind: "signature",
    level: levelOf(base, stamps.shown !== undefined, input),
    findings: [...findings, ...stamps.findings, ...trust.findings],
    signer: signerOf(certificate),
    ...(platform === undefined ? {} : { platform }),
    ...claimed,
    ...(stamps.shown === undefined ? {} : { timeStamp: stamps.shown }),
  };
}

/** Only zeros may fill the place reserved for the message: anything else is hidden there, unsigned. */
function trailingFindings(contents: Uint8Array, signedData: SignedData): SignatureObservation[] {
  return contents.subarray(signedData.length).some((byte) => byte !== 0) ? ["CMS_TRAILING_DATA"] : [];
}

/** The PAdES baseline level the signature reaches (ETSI EN 319 142-1, clause 6). */
function levelOf(base: LevelBase, timeStamped: boolean, input: SignatureValueInput): string {
  if (base === "PKCS7") return base;
  if (!timeStamped) return "PAdES-B-B";
  const stored = input.dss.certificates.length + input.dss.crls.length + input.dss.ocsps.length > 0;
  if (!stored) return "PAdES-B-T";
  return input.provenTime === undefined ? "PAdES-B-LT" : "PAdES-B-LTA";
}

/** A token over the file itself: it vouches for a time, not for a person. */
function judgeDocumentTimeStamp(input: SignatureValueInput): Judged {
  const stores = readCertificates(input.dss.certificates);
  const stamp = judgeTimeStamp(input, input.contents, input.signedRanges, stores);
  const { token, trust, shown } = stamp;
  return {
    kind: "document-time-stamp",
    level: "RFC3161",
    findings: [
      ...trailingFindings(input.contents, token.signedData),
      ...token.findings,
      ...(trust?.findings ?? []),
    ],
    timeStamp: shown,
    ...(token.certificate === undefined ? {} : { signer: signerOf(token.certificate) }),
  };
}
