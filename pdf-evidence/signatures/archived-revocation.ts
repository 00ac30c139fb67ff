import { attributeValues, type SignedData, type SignerInfo } from "./cms-signed-data.ts";
import { contextTag, type Element, inside, members, sequenceOf } from "./der.ts";
import type { RevocationEvidence } from "./x509-revocation.ts";

/** adbe-revocationInfoArchival, a signed attribute (ISO 32000-1, clause 12.8.3.3.2). */
const REVOCATION_INFO_ARCHIVAL = "1.2.840.113583.1.1.8";
/** id-aa-ets-revocationValues, unsigned (ETSI EN 319 122-1, clause A.1.5.3). */
const REVOCATION_VALUES = "1.2.840.113549.1.9.16.2.24";

/** All revocation evidence a CMS message carries. Throws MalformedDer. */
export function embeddedRevocation(signedData: SignedData, signerInfo?: SignerInfo): RevocationEvidence {
  const archived = attributeValues(signerInfo?.signedAttributes, REVOCATION_INFO_ARCHIVAL);
  const values = attributeValues(signerInfo?.unsignedAttributes, REVOCATION_VALUES);
  const lists = [...archived, ...values].flat().flatMap((value) => [...listsOf(value)]);
  return {
    crls: [...signedData.crls, ...lists.filter(({ kind }) => kind === 0).map(({ bytes }) => bytes)],
    ocsps: [...signedData.ocsps, ...lists.filter(({ kind }) => kind === 1).map(({ bytes }) => bytes)],
  };
}

/** Both attributes are SEQUENCE { [0] revocation lists, [1] OCSP responses, … }. */
function* listsOf(value: Element): Generator<{ kind: 0 | 1; bytes: Uint8Array }> {
  const parts = sequenceOf(value);
  for (const kind of [0, 1] as const) {
    const list = parts.optional(contextTag(kind));
    for (const item of list ? members(inside(list)) : []) yield { kind, bytes: item.bytes };
  }
}
