import type { SignatureObservation } from "../observation-codes.ts";
import {
  allowsKeyUsage,
  basicConstraints,
  type Certificate,
  EXTENSION,
  extendedKeyUsage,
  isSelfIssued,
} from "./x509-certificate.ts";
import { nameConstraintsAllow } from "./x509-name-constraints.ts";

/** What the leaf of a path must be fit for. */
export interface PathRules {
  /** One of these, where the leaf limits its extended key usage. */
  readonly extendedKeyUsage: readonly string[];
  /** The leaf must name its extended key usage: an authority of time is one only when it says so. */
  readonly extendedKeyUsageRequired: boolean;
}

/** People and organisations sign documents with certificates made for documents, mail or logging in. */
export const SIGNER_RULES: PathRules = {
  extendedKeyUsage: [
    "2.5.29.37.0", // any
    "1.3.6.1.5.5.7.3.36", // document signing (RFC 9336)
    "1.3.6.1.5.5.7.3.4", // e-mail protection
    "1.3.6.1.5.5.7.3.2", // client authentication, as national eIDs have it
    "1.2.840.113583.1.1.5", // Adobe, authentic documents
    "1.3.6.1.4.1.311.10.3.12", // Microsoft, document signing
  ],
  extendedKeyUsageRequired: false,
};

/** RFC 3161, clause 2.3. */
export const TIME_STAMP_RULES: PathRules = {
  extendedKeyUsage: ["1.3.6.1.5.5.7.3.8"],
  extendedKeyUsageRequired: true,
};

/** Critical extensions we understand; any other forbids the path (RFC 5280, clause 4.2). */
const UNDERSTOOD: ReadonlySet<string> = new Set<string>([
  ...Object.values(EXTENSION),
  "2.5.29.35", // authority key identifier
  "2.5.29.31", // where revocation lists are
  "2.5.29.32", // policies: we accept every one
  "2.5.29.18", // issuer's alternative name
  "1.3.6.1.5.5.7.1.3", // qualified certificate statements
  "2.5.29.16", // private key usage period
]);

type PathRule = (path: readonly Certificate[], time: number, rules: PathRules) => SignatureObservation[];

/** Every rule of RFC 5280, clause 6.1 that we apply; `path` runs from the signer to the anchor. Throws MalformedDer. */
export function pathFindings(
  path: readonly Certificate[],
  time: number,
  rules: PathRules,
): SignatureObservation[] {
  return [...new Set(PATH_RULES.flatMap((rule) => rule(path, time, rules)))];
}

const validity: PathRule = (path, time) => {
  if (path.some((certificate) => time < certificate.notBefore)) return ["CERTIFICATE_NOT_YET_VALID"];
  return path.some((certificate) => time > certificate.notAfter) ? ["CERTIFICATE_EXPIRED"] : [];
};

const leafKeyUsage: PathRule = ([leaf]) =>
  leaf && !allowsKeyUsage(leaf, "digitalSignature", "nonRepudiation") ? ["CERTIFICATE_KEY_USAGE_WRONG"] : [];

const leafExtendedKeyUsage: PathRule = ([leaf], _time, rules) => {
  const usages = leaf && extendedKeyUsage(leaf);
  const fit = usages
    ? usages.some((usage) => rules.extendedKeyUsage.includes(usage))
    : !rules.extendedKeyUsageRequired;
  return fit ? [] : ["CERTIFICATE_KEY_USAGE_WRONG"];
};

/** An old anchor may say nothing about itself; it is pinned. Everybody between must be an authority. */
const authorities: PathRule = (path) => {
  const fit = path.slice(1).every((issuer, index, issuers) => {
    const constraints = basicConstraints(issuer);
    const isAnchor = index === issuers.length - 1;
    return (constraints?.ca ?? isAnchor) && allowsKeyUsage(issuer, "keyCertSign");
  });
  return fit ? [] : ["CERTIFICATE_CHAIN_CONSTRAINED"];
};

/** At most so many authorities below one that says so; renewals of its own name don't count. */
const pathLength: PathRule = (path) => {
  const fit = path.every((issuer, index) => {
    const limit = index === 0 ? undefined : basicConstraints(issuer)?.pathLength;
    const below = path.slice(1, index).filter((certificate) => !isSelfIssued(certificate)).length;
    return limit === undefined || below <= limit;
  });
  return fit ? [] : ["CERTIFICATE_CHAIN_CONSTRAINED"];
};

const nameConstraints: PathRule = (path) => {
  const fit = path.every((issuer, index) =>
    path
      .slice(0, index)
      .filter((certificate, below) => below === 0 || !isSelfIssued(certificate))
      .every((certificate) => nameConstraintsAllow(issuer, certificate)),
  );
  return fit ? [] : ["CERTIFICATE_CHAIN_CONSTRAINED"];
};

const understood: PathRule = (path) => {
  const fit = path.every((certificate) =>
    [...certificate.extensions].every(([oid, { critical }]) => !critical || UNDERSTOOD.has(oid)),
  );
  return fit ? [] : ["CERTIFICATE_CHAIN_CONSTRAINED"];
};

const PATH_RULES: readonly PathRule[] = [
  validity,
  leafKeyUsage,
  leafExtendedKeyUsage,
  authorities,
  pathLength,
  nameConstraints,
  understood,
];
