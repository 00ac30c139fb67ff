import type { SignatureObservation } from "../observation-codes.ts";
import { embeddedRevocation } from "./archived-revocation.ts";
import { judgeTrust, type Trust } from "./certificate-trust.ts";
import { attributeValues, type SignerInfo } from "./cms-signed-data.ts";
import { MalformedDer } from "./der.ts";
import { conclude } from "./indication.ts";
import type { SignatureValueInput, SignatureValueOutcome } from "./signature-value.ts";
import { displayName } from "./signer-identity.ts";
import { type TimeStampToken, verifyTimeStampToken } from "./time-stamp-token.ts";
import type { Certificate } from "./x509-certificate.ts";

const SIGNATURE_TIME_STAMP = "1.2.840.113549.1.9.16.2.14";

/** What a time-stamp proves, as far as it can be trusted. */
export interface JudgedTimeStamp {
  readonly token: TimeStampToken;
  readonly trust?: Trust;
  /** The stamp is not of this content, or not by this authority: it proves nothing. */
  readonly broken: boolean;
  readonly shown: NonNullable<SignatureValueOutcome["timeStamp"]>;
}

/** Checks one token and the authority behind it. Throws MalformedDer. */
export function judgeTimeStamp(
  input: SignatureValueInput,
  bytes: Uint8Array,
  content: readonly Uint8Array[],
  others: readonly Certificate[],
): JudgedTimeStamp {
  const token = verifyTimeStampToken(bytes, content, others);
  const { certificate, signerInfo, signedData, certificates, findings, time } = token;
  const broken =
    conclude(findings).indication === "TOTAL_FAILED" ||
    findings.includes("SIGNING_CERTIFICATE_ATTRIBUTE_MISMATCH");
  if (certificate === undefined) return { token, broken, shown: { time, authority: "", trusted: false } };
  const embedded = embeddedRevocation(signedData, signerInfo);
  const trust = judgeTrust({
    certificate,
    pool: certificates,
    evidence: {
      crls: [...input.dss.crls, ...embedded.crls],
      ocsps: [...input.dss.ocsps, ...embedded.ocsps],
    },
    anchors: input.anchors,
    use: "time-stamp",
    // A stamp is itself a signature: it holds now, or when a later stamp caught it.
    time: Math.min(input.now, input.provenTime ?? Infinity),
  });
  const trusted = trust.trusted && conclude(findings).indication === "TOTAL_PASSED" && time <= input.now;
  return { token, trust, broken, shown: { time, authority: displayName(certificate.subject), trusted } };
}

export interface SignatureTimeStamps {
  readonly findings: readonly SignatureObservation[];
  /** The earliest moment a trusted stamp proves; epoch ms. */
  readonly provenTime?: number;
  readonly shown?: JudgedTimeStamp["shown"];
}

/** The time-stamps a signature carries (ETSI EN 319 122-1, clause 5.3): each must be of its own value. */
export function judgeSignatureTimeStamps(
  input: SignatureValueInput,
  signerInfo: SignerInfo,
  certificates: readonly Certificate[],
): SignatureTimeStamps {
  const tokens = attributeValues(signerInfo.unsignedAttributes, SIGNATURE_TIME_STAMP).flat();
  if (tokens.length === 0) return { findings: ["TIME_STAMP_MISSING"] };
  const findings: SignatureObservation[] = [];
  const shown: JudgedTimeStamp["shown"][] = [];
  for (const token of tokens) {
    const judged = unlessMalformed(() =>
      judgeTimeStamp(input, token.bytes, [signerInfo.signature], certificates),
    );
    if (judged === undefined || judged.broken) findings.push("TIME_STAMP_INVALID");
    else {
      if (!judged.shown.trusted) findings.push("TIME_STAMP_UNTRUSTED");
      shown.push(judged.shown);
    }
  }
  const trusted = shown.filter((stamp) => stamp.trusted).sort((a, b) => a.time - b.time);
  const [earliest] = trusted;
  const [best] = [...trusted, ...shown];
  return {
    findings,
    ...(earliest === undefined ? {} : { provenTime: earliest.time }),
    ...(best === undefined ? {} : { shown: best }),
  };
}

function unlessMalformed<Result>(judge: () => Result): Result | undefined {
  try {
    return judge();
  } catch (error) {
    if (error instanceof MalformedDer) return undefined;
    throw error;
  }
}
