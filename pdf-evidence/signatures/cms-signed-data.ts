import { type Algorithm, readAlgorithm } from "./algorithms.ts";
import {
  contextTag,
  type Element,
  expect,
  inside,
  integerBytes,
  MalformedDer,
  Members,
  members,
  octetStringBytes,
  oidText,
  primitiveContextTag,
  readElement,
  sameBytes,
  sequenceOf,
  TAG,
} from "./der.ts";
import { type Certificate, subjectKeyIdentifier } from "./x509-certificate.ts";
import { type DistinguishedName, readName } from "./x509-names.ts";

const SIGNED_DATA = "1.2.840.113549.1.7.2";
/** id-ri-ocsp-response (RFC 5940, clause 2.1): how CMS carries an OCSP response among revocation lists. */
const OCSP_RESPONSE = "1.3.6.1.5.5.7.16.2";

export type SignerIdentifier =
  | { readonly kind: "issuer-and-serial"; readonly issuer: DistinguishedName; readonly serial: Uint8Array }
  | { readonly kind: "key-identifier"; readonly keyIdentifier: Uint8Array };

export interface SignerInfo {
  readonly identifier: SignerIdentifier;
  readonly digestAlgorithm: Algorithm;
  /** The attributes as they stand, tagged [0]; undefined when there are none. */
  readonly signedAttributes?: Element;
  readonly signatureAlgorithm: Algorithm;
  readonly signature: Uint8Array;
  readonly unsignedAttributes?: Element;
}

/** CMS SignedData (RFC 5652, clause 5.1): views of the message's bytes. */
export interface SignedData {
  readonly contentType: string;
  /** The content, where it travels inside. */
  readonly content?: Uint8Array;
  readonly certificates: readonly Uint8Array[];
  readonly crls: readonly Uint8Array[];
  readonly ocsps: readonly Uint8Array[];
  readonly signers: readonly SignerInfo[];
  /** How many bytes the message takes; what follows is padding or something hidden. */
  readonly length: number;
}

/** Reads a CMS message. Throws MalformedDer. */
export function readSignedData(bytes: Uint8Array): SignedData {
  const message = readElement(bytes);
  const outer = sequenceOf(message);
  if (oidText(outer.next(TAG.oid)) !== SIGNED_DATA) throw new MalformedDer("not SignedData");
  const parts = sequenceOf(inside(outer.next(contextTag(0))));
  parts.next(TAG.integer);
  parts.next(TAG.set);
  const encapsulated = sequenceOf(parts.next());
  const contentType = oidText(encapsulated.next(TAG.oid));
  const content = encapsulated.rest();
  const certificates = parts.optional(contextTag(0));
  const revocation = parts.optional(contextTag(1));
  const signers = [...members(parts.next(TAG.set))].map(readSignerInfo);
  return {
    contentType,
    ...(content === undefined ? {} : { content: octetStringBytes(inside(expect(content, contextTag(0)))) }),
    certificates: certificates
      ? [...members(certificates)].filter(isSequence).map((element) => element.bytes)
      : [],
    ...readRevocation(revocation),
    signers,
    length: message.bytes.length,
  };
}

const isSequence = (element: Element): boolean => element.tag === TAG.sequence;

function readRevocation(choices: Element | undefined): Pick<SignedData, "crls" | "ocsps"> {
  const crls: Uint8Array[] = [];
  const ocsps: Uint8Array[] = [];
  for (const choice of choices ? members(choices) : []) {
    if (isSequence(choice)) crls.push(choice.bytes);
    if (choice.tag !== contextTag(1)) continue;
    const other = new Members(choice);
    if (oidText(other.next(TAG.oid)) === OCSP_RESPONSE) ocsps.push(other.next().bytes);
  }
  return { crls, ocsps };
}

function readSignerInfo(element: Element): SignerInfo {
  const parts = sequenceOf(element);
  parts.next(TAG.integer);
  const identifier = readIdentifier(parts.next());
  const digestAlgorithm = readAlgorithm(parts.next());
  const signedAttributes = parts.optional(contextTag(0));
  const signatureAlgorithm = readAlgorithm(parts.next());
  const signature = octetStringBytes(parts.next(TAG.octetString));
  const unsignedAttributes = parts.optional(contextTag(1));
  return {
    identifier,
    digestAlgorithm,
    signatureAlgorithm,
    signature,
    ...(signedAttributes === undefined ? {} : { signedAttributes }),
    ...(unsignedAttributes === undefined ? {} : { unsignedAttributes }),
  };
}

function readIdentifier(element: Element): SignerIdentifier {
  if (element.tag === primitiveContextTag(0))
    return { kind: "key-identifier", keyIdentifier: element.content };
  const parts = sequenceOf(element);
  return {
    kind: "issuer-and-serial",
    issuer: readName(parts.next(TAG.sequence)),
    serial: integerBytes(parts.next()),
  };
}

/** The values of every attribute of this type, in order (RFC 5652, clause 5.3). */
export function attributeValues(attributes: Element | undefined, type: string): Element[][] {
  if (attributes === undefined) return [];
  const found: Element[][] = [];
  for (const attribute of members(attributes)) {
    const fields = sequenceOf(attribute);
    if (oidText(fields.next(TAG.oid)) === type) found.push([...members(fields.next(TAG.set))]);
  }
  return found;
}

/** The certificate the signer info names, among those at hand. */
export function findSigner(
  identifier: SignerIdentifier,
  certificates: readonly Certificate[],
): Certificate | undefined {
  return certificates.find((certificate) => {
    if (identifier.kind === "key-identifier") {
      const known = subjectKeyIdentifier(certificate);
      return known !== undefined && sameBytes(known, identifier.keyIdentifier);
    }
    return (
      sameBytes(certificate.serial, identifier.serial) &&
      certificate.issuer.comparable === identifier.issuer.comparable
    );
  });
}
