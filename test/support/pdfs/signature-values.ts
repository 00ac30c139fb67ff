import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { buildCms, type CmsWish } from "../../../local/rehearsal/pdfs/cms-builder.ts";
import { testAuthority, testSigner } from "../../../local/rehearsal/pdfs/test-authority.ts";
import { verifySignatureValue } from "../../../pdf-evidence/signatures/cms-signature.ts";
import type {
  SignatureValueInput,
  SignatureValueOutcome,
} from "../../../pdf-evidence/signatures/signature-value.ts";
import type { AnchorUse, TrustAnchor, TrustAnchors } from "../../../pdf-evidence/trust/trust-anchors.ts";

/** A signature is judged at this moment unless a test says otherwise. */
export const NOW = Date.UTC(2026, 10, 23, 12);
export const CONTENT = [Buffer.from("%PDF-1.7 the first part"), Buffer.from("and the rest")] as const;

/** Trust in exactly these certificates. */
export function trusting(
  certificates: readonly Buffer[],
  uses: readonly AnchorUse[] = ["signature", "time-stamp"],
): TrustAnchors {
  return { anchors: certificates.map((certificate) => anchorOf(certificate, uses)), platformSeals: [] };
}

function anchorOf(certificate: Buffer, uses: readonly AnchorUse[]): TrustAnchor {
  const sha256 = createHash("sha256").update(certificate).digest("hex");
  return { certificate, sha256, uses, source: "test" };
}

export interface ValueWish extends Partial<CmsWish> {
  readonly input?: Partial<SignatureValueInput>;
  /** What is done to the message's bytes before it is judged. */
  readonly spoil?: (cms: Buffer) => Buffer;
}

/** Signs the content, changes what the test wants changed, and judges it against the test root. */
export async function judged(wish: ValueWish = {}): Promise<SignatureValueOutcome> {
  const { input, spoil = (cms) => cms, ...cms } = wish;
  const { intermediate, root } = testAuthority();
  const message = buildCms({
    signer: testSigner(),
    chain: [intermediate.certificate],
    content: CONTENT,
    ...cms,
  });
  return verifySignatureValue({
    subFilter: "ETSI.CAdES.detached",
    contents: Buffer.concat([spoil(message), Buffer.alloc(64)]),
    signedRanges: CONTENT,
    dss: { certificates: [], crls: [], ocsps: [] },
    anchors: trusting([root.certificate]),
    now: NOW,
    ...input,
  });
}

/** What a test says in one line: the conclusion and every finding but those that stop nothing. */
export function conclusion(outcome: SignatureValueOutcome): string {
  const quiet = ["TIME_STAMP_MISSING", "REVOCATION_UNKNOWN"];
  const findings = outcome.findings.filter((finding) => !quiet.includes(finding));
  return [outcome.indication, outcome.subIndication, ...findings].filter(Boolean).join(" ");
}
