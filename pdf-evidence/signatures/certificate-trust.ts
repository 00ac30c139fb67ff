import type { SignatureObservation } from "../observation-codes.ts";
import type { AnchorUse, TrustAnchors } from "../trust/trust-anchors.ts";
import { conclude } from "./indication.ts";
import type { Certificate } from "./x509-certificate.ts";
import { findPath } from "./x509-path.ts";
import { type PathRules, SIGNER_RULES, TIME_STAMP_RULES } from "./x509-path-rules.ts";
import { type RevocationEvidence, revocationFindings } from "./x509-revocation.ts";

export interface TrustQuestion {
  readonly certificate: Certificate;
  /** Certificates the file brings. */
  readonly pool: readonly Certificate[];
  readonly evidence: RevocationEvidence;
  readonly anchors: TrustAnchors;
  readonly use: AnchorUse;
  /** When the signature is proven to have existed; epoch ms. */
  readonly time: number;
}

export interface Trust {
  readonly trusted: boolean;
  readonly path: readonly Certificate[];
  readonly findings: readonly SignatureObservation[];
}

const RULES = { signature: SIGNER_RULES, "time-stamp": TIME_STAMP_RULES } as const satisfies Record<
  AnchorUse,
  PathRules
>;

/** Does a valid chain lead from this certificate to a pinned anchor, and was nobody in it revoked? */
export function judgeTrust(question: TrustQuestion): Trust {
  const { certificate: leaf, pool, anchors, use, time } = question;
  const path = findPath({ leaf, pool, anchors: anchors.anchors, use, time, rules: RULES[use] });
  const findings = [...path.findings, ...revocationFindings(path.certificates, question.evidence, time)];
  return { path: path.certificates, findings, trusted: conclude(findings).indication === "TOTAL_PASSED" };
}
