import type { SignerIdentity } from "../document-facts.ts";
import type { TrustAnchors } from "../trust/trust-anchors.ts";
import type { Certificate } from "./x509-certificate.ts";
import { alternativeEmails } from "./x509-name-constraints.ts";
import { ATTRIBUTE, attributeText, comparableText, type DistinguishedName } from "./x509-names.ts";

/** Who the certificate says its holder is. */
export function signerOf(certificate: Certificate): SignerIdentity {
  const { subject } = certificate;
  const organisation = attributeText(subject, ATTRIBUTE.organisation);
  const organisationIdentifier = attributeText(subject, ATTRIBUTE.organisationIdentifier);
  const cvr = danishCvr(subject);
  const email = attributeText(subject, ATTRIBUTE.email) ?? alternativeEmails(certificate)[0];
  return {
    commonName: attributeText(subject, ATTRIBUTE.commonName) ?? organisation ?? "",
    ...(organisation === undefined ? {} : { organisation }),
    ...(organisationIdentifier === undefined ? {} : { organisationIdentifier }),
    ...(cvr === undefined ? {} : { cvr }),
    ...(email === undefined ? {} : { email }),
    issuer: displayName(certificate.issuer),
    certificateSha256: certificate.sha256,
  };
}

export function displayName(name: DistinguishedName): string {
  return attributeText(name, ATTRIBUTE.commonName) ?? attributeText(name, ATTRIBUTE.organisation) ?? "";
}

/**
 * The CVR number a Danish certificate names: NTRDK-… in organisationIdentifier (ETSI EN 319 412-1, clause
 * 5.1.4; the OCES certificates of MitID Erhverv), or CVR:… in serialNumber (the older OCES).
 */
function danishCvr(subject: DistinguishedName): string | undefined {
  const identifier = attributeText(subject, ATTRIBUTE.organisationIdentifier);
  const serial = attributeText(subject, ATTRIBUTE.serialNumber);
  return /^NTRDK-(\d{8})$/.exec(identifier ?? "")?.[1] ?? /^CVR:(\d{8})(?:-|$)/.exec(serial ?? "")?.[1];
}

/**
 * The platform whose seal this is, by a pinned certificate of the path or by the name the certificate
 * bears. The name is enough because it only takes trust away: a seal vouches for less than a signer.
 */
export function platformOf(path: readonly Certificate[], anchors: TrustAnchors): string | undefined {
  const [leaf] = path;
  if (leaf === undefined) return undefined;
  const fingerprints = new Set(path.map((certificate) => certificate.sha256));
  const names = [ATTRIBUTE.commonName, ATTRIBUTE.organisation]
    .flatMap((type) => attributeText(leaf.subject, type) ?? [])
    .map(comparableText);
  const seal = anchors.platformSeals.find(
    ({ certificateSha256, sealNames }) =>
      certificateSha256.some((sha256) => fingerprints.has(sha256)) ||
      sealNames.some((sealName) => names.includes(comparableText(sealName))),
  );
  return seal?.platform;
}
