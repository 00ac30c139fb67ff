import { X509Certificate } from "node:crypto";
import { findSignatures } from "../../pdf-evidence/signatures/find-signatures.ts";
import { readSecurityStore } from "../../pdf-evidence/signatures/security-store.ts";
import { PdfFile } from "../../pdf-evidence/structure/pdf-file.ts";
import { PdfString } from "../../pdf-evidence/structure/pdf-objects.ts";
import { ReadingRefused } from "../../pdf-evidence/structure/reading-limits.ts";
import { anchorsFromPem } from "../../pdf-evidence/trust/anchor-list.ts";
import type { TrustAnchors } from "../../pdf-evidence/trust/trust-anchors.ts";

export interface OwnTrust {
  readonly anchors: TrustAnchors;
  /** When the youngest of the certificates begins, epoch ms; undefined without any. */
  readonly begins: number | undefined;
}

/**
 * The authorities a file brings along, as if we trusted them: shows what its signatures are worth once the
 * question of trust is set aside. Without any authority, its signers themselves.
 */
export function ownRoots(bytes: Uint8Array): OwnTrust {
  const certificates = certificatesIn(bytes);
  const authorities = certificates.filter((certificate) => certificate.ca || isSelfIssued(certificate));
  const roots = authorities.length > 0 ? authorities : certificates;
  const anchors = anchorsFromPem(roots.map(String), "the file itself");
  const begins = certificates.map((certificate) => Date.parse(certificate.validFrom));
  return {
    anchors: { anchors, platformSeals: [] },
    begins: begins.length === 0 ? undefined : Math.max(...begins),
  };
}

function isSelfIssued(certificate: X509Certificate): boolean {
  return certificate.issuer === certificate.subject;
}

function certificatesIn(bytes: Uint8Array): X509Certificate[] {
  try {
    const file = new PdfFile(Buffer.from(bytes));
    const values = findSignatures(file).signed.map(({ dictionary }) => dictionary.get("Contents"));
    const messages = values.flatMap((value) => (value instanceof PdfString ? [value.bytes] : []));
    const found = [...messages, ...readSecurityStore(file).certificates].flatMap(scan);
    return [...new Map(found.map((certificate) => [certificate.fingerprint256, certificate])).values()];
  } catch (error) {
    if (error instanceof ReadingRefused) return [];
    throw error;
  }
}

/** Finds certificates wherever they lie in a message, time-stamps within it included. */
function scan(message: Uint8Array): X509Certificate[] {
  const bytes = Buffer.from(message);
  const found: X509Certificate[] = [];
  for (let at = bytes.indexOf(0x30); at >= 0 && at + 8 < bytes.length; at = bytes.indexOf(0x30, at + 1)) {
    // SEQUENCE of two length bytes, beginning with another: a certificate and its body.
    if (bytes[at + 1] !== 0x82 || bytes[at + 4] !== 0x30 || bytes[at + 5] !== 0x82) continue;
    const end = at + 4 + bytes.readUInt16BE(at + 2);
    if (end > bytes.length) continue;
    try {
      found.push(new X509Certificate(bytes.subarray(at, end)));
    } catch {
      // Some other structure of that shape.
    }
  }
  return found;
}
