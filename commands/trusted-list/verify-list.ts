import { createHash, X509Certificate } from "node:crypto";
import { SignedXml } from "xml-crypto";

/** The list is not signed by anybody who may sign it. Nothing of it was used. */
export class ListNotAuthentic extends Error {
  override readonly name = "ListNotAuthentic";
}

const XMLDSIG = "http://www.w3.org/2000/09/xmldsig#";
/** Collisions are practical: a list signed so late in the day with SHA-1 is not to be had. */
const TOO_WEAK = ["http://www.w3.org/2000/09/xmldsig#rsa-sha1", "http://www.w3.org/2000/09/xmldsig#sha1"];

/**
 * Checks a trusted list's signature (ETSI TS 119 612, clause 5.7) by one of the signers allowed, given by their
 * certificates' SHA-256 in lower-case hex, and gives back the XML that is signed: read that, never the file.
 */
export function authenticList(xml: string, signers: ReadonlySet<string>): string {
  const signature = signatureElement(xml);
  const certificates = [...signature.matchAll(/<(?:\w+:)?X509Certificate>([\s\S]*?)<\//g)]
    .map((match) => certificateOf(match[1] ?? ""))
    .filter((certificate) => certificate !== undefined);
  const allowed = certificates.find((certificate) => signers.has(sha256(certificate.raw)));
  if (allowed === undefined)
    throw new ListNotAuthentic("no certificate in the signature is one of the pinned signers");
  const signed = signedParts(xml, signature, allowed).find((part) =>
    /^<(?:\w+:)?TrustServiceStatusList[\s>]/.test(part),
  );
  if (signed === undefined) throw new ListNotAuthentic("the signature does not cover the list itself");
  return signed;
}

function signatureElement(xml: string): string {
  const [element] = /<((?:\w+:)?)Signature[\s>][\s\S]*<\/\1Signature>/.exec(xml) ?? [];
  if (element === undefined) throw new ListNotAuthentic("the list is not signed");
  const prefix = /^<(\w+):/.exec(element)?.[1];
  const declaration = prefix === undefined ? "xmlns" : `xmlns:${prefix}`;
  const opening = element.slice(0, element.indexOf(">"));
  return opening.includes(`${declaration}=`)
    ? element
    : element.replace(/(?=[\s>])/, ` ${declaration}="${XMLDSIG}"`);
}

/** The canonical XML of every reference whose digest holds; none unless the signature itself does. */
function signedParts(xml: string, signature: string, certificate: X509Certificate): readonly string[] {
  const checked = new SignedXml({ publicCert: certificate.toString(), getCertFromKeyInfo: () => null });
  for (const algorithm of TOO_WEAK) {
    Reflect.deleteProperty(checked.SignatureAlgorithms, algorithm);
    Reflect.deleteProperty(checked.HashAlgorithms, algorithm);
  }
  try {
    checked.loadSignature(signature);
    if (!checked.checkSignature(xml)) throw new ListNotAuthentic("the signature does not hold");
  } catch (error) {
    if (error instanceof ListNotAuthentic) throw error;
    throw new ListNotAuthentic(
      `the signature can't be checked: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  return checked.getSignedReferences();
}

export function certificateOf(base64: string): X509Certificate | undefined {
  try {
    return new X509Certificate(Buffer.from(base64, "base64"));
  } catch {
    return undefined;
  }
}

export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
