import { createHash, X509Certificate } from "node:crypto";
import * as z from "zod/mini";
import type { PlatformSeal, TrustAnchor, TrustAnchors } from "./trust-anchors.ts";

const sha256 = z.string().check(z.regex(/^[0-9a-f]{64}$/, "64 lower-case hex digits"));
const day = z.iso.date();

/** One line of the reviewed list, as it lies in the repository. */
const anchorLine = z.strictObject({
  name: z.string().check(z.minLength(1)),
  sha256,
  /** DER in base64. */
  certificate: z.base64(),
  uses: z.array(z.enum(["signature", "time-stamp"])).check(z.minLength(1)),
  source: z.string().check(z.minLength(1)),
  reviewed: z.strictObject({ on: day, by: z.string().check(z.minLength(1)) }),
  trustedFrom: z.optional(day),
  trustedUntil: z.optional(day),
});

const sealLine = z.strictObject({
  platform: z.string().check(z.minLength(1)),
  certificateSha256: z.array(sha256),
  sealNames: z.array(z.string().check(z.minLength(1))),
  source: z.string().check(z.minLength(1)),
});

/** The file `anchors.json`: what we trust, since when, why, and who looked at it. */
export const anchorList = z.strictObject({ anchors: z.array(anchorLine), platformSeals: z.array(sealLine) });
export type AnchorList = z.infer<typeof anchorList>;
export type AnchorLine = AnchorList["anchors"][number];

/** The list's certificate is not the one its fingerprint names: somebody changed one of them. */
export class AnchorMismatch extends Error {
  override readonly name = "AnchorMismatch";
}

/** Reads the reviewed list. Throws ZodError, or AnchorMismatch when a certificate isn't the pinned one. */
export function readAnchorList(data: unknown): TrustAnchors {
  const list = anchorList.parse(data);
  const platformSeals: PlatformSeal[] = list.platformSeals;
  return { anchors: list.anchors.map(readAnchor), platformSeals };
}

function readAnchor(line: AnchorLine): TrustAnchor {
  const certificate = Buffer.from(line.certificate, "base64");
  if (fingerprint(certificate) !== line.sha256)
    throw new AnchorMismatch(`${line.name} is not ${line.sha256}`);
  return {
    certificate,
    sha256: line.sha256,
    uses: line.uses,
    source: `${line.source} (${line.reviewed.on})`,
    ...(line.trustedFrom === undefined ? {} : { trustedFrom: Date.parse(line.trustedFrom) }),
    ...(line.trustedUntil === undefined ? {} : { trustedUntil: Date.parse(line.trustedUntil) }),
  };
}

/**
 * Anchors given as PEM certificates (`inspect --anchors`, or a stage's setting): trusted for signatures and
 * time-stamps alike. Throws when one is no certificate.
 */
export function anchorsFromPem(pems: readonly string[], source: string): TrustAnchor[] {
  return pems.map((pem) => {
    const certificate = new X509Certificate(pem).raw;
    return { certificate, sha256: fingerprint(certificate), uses: ["signature", "time-stamp"], source };
  });
}

function fingerprint(der: Uint8Array): string {
  return createHash("sha256").update(der).digest("hex");
}
