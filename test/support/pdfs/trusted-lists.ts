import { X509Certificate } from "node:crypto";
import { SignedXml } from "xml-crypto";
import type { Identity } from "../../../local/rehearsal/pdfs/test-certificates.ts";

export interface ListedService {
  readonly type: "CA/QC" | "TSA/QTST" | "CA/PKC";
  readonly name: string;
  readonly certificate: Uint8Array;
  /** Newest first, as in a list: status and the day it began. */
  readonly statuses: readonly (readonly [string, string])[];
  readonly purpose?: "ForeSignatures" | "ForWebSiteAuthentication";
}

const STATUS = "http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/";
const digitalId = (certificate: Uint8Array): string =>
  `<DigitalId><X509Certificate>${Buffer.from(certificate).toString("base64")}</X509Certificate></DigitalId>`;

function serviceXml({ type, name, certificate, statuses, purpose }: ListedService): string {
  const [current, ...past] = statuses;
  const status = ([state, day]: readonly [string, string]) =>
    `<ServiceStatus>${STATUS}${state}</ServiceStatus><StatusStartingTime>${day}T00:00:00Z</StatusStartingTime>`;
  const identity = `<ServiceTypeIdentifier>http://uri.etsi.org/TrstSvc/Svctype/${type}</ServiceTypeIdentifier><ServiceName><Name xml:lang="en">${name}</Name></ServiceName>`;
  const extension = purpose
    ? `<ServiceInformationExtensions><Extension Critical="true"><tslx:AdditionalServiceInformation xmlns:tslx="urn:x"><URI>http://uri.etsi.org/TrstSvc/TrustedList/SvcInfoExt/${purpose}</URI></tslx:AdditionalServiceInformation></Extension></ServiceInformationExtensions>`
    : "";
  return `<TSPService><ServiceInformation>${identity}<ServiceDigitalIdentity>${digitalId(certificate)}</ServiceDigitalIdentity>${current ? status(current) : ""}${extension}</ServiceInformation>
<ServiceHistory>${past.map((entry) => `<ServiceHistoryInstance>${identity}${status(entry)}</ServiceHistoryInstance>`).join("")}</ServiceHistory></TSPService>`;
}

/** A national trusted list (ETSI TS 119 612), unsigned. */
export function nationalListXml(territory: string, services: readonly ListedService[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?><TrustServiceStatusList xmlns="http://uri.etsi.org/02231/v2#" Id="list"><SchemeInformation><TSLSequenceNumber>17</TSLSequenceNumber><SchemeTerritory>${territory}</SchemeTerritory></SchemeInformation><TrustServiceProviderList><TrustServiceProvider><TSPServices>${services.map(serviceXml).join("")}</TSPServices></TrustServiceProvider></TrustServiceProviderList></TrustServiceStatusList>`;
}

/** The list of lists, unsigned: who may sign which country's list. */
export function listOfListsXml(signers: Readonly<Record<string, Identity>>): string {
  const pointers = Object.entries(signers).map(
    ([territory, { certificate }]) =>
      `<OtherTSLPointer><ServiceDigitalIdentities><ServiceDigitalIdentity>${digitalId(certificate)}</ServiceDigitalIdentity></ServiceDigitalIdentities><AdditionalInformation><OtherInformation><SchemeTerritory>${territory}</SchemeTerritory></OtherInformation></AdditionalInformation></OtherTSLPointer>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?><TrustServiceStatusList xmlns="http://uri.etsi.org/02231/v2#" Id="lotl"><SchemeInformation><TSLSequenceNumber>300</TSLSequenceNumber><PointersToOtherTSL>${pointers.join("")}</PointersToOtherTSL><SchemeTerritory>EU</SchemeTerritory></SchemeInformation></TrustServiceStatusList>`;
}

/** Signed and enveloped, as lists are. `over` is an XPath to what is signed: the whole unless a test says otherwise. */
export function signedXml(
  xml: string,
  signer: Identity,
  over = "/*",
  hash: "sha256" | "sha1" = "sha256",
): string {
  const signature = new SignedXml({
    privateKey: signer.key.privateKey.export({ type: "pkcs8", format: "pem" }),
    publicCert: new X509Certificate(signer.certificate).toString(),
    signatureAlgorithm:
      hash === "sha256"
        ? "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
        : "http://www.w3.org/2000/09/xmldsig#rsa-sha1",
    canonicalizationAlgorithm: "http://www.w3.org/2001/10/xml-exc-c14n#",
  });
  signature.addReference({
    xpath: over,
    ...(over === "/*" ? { uri: "", isEmptyUri: true } : {}),
    digestAlgorithm:
      hash === "sha256"
        ? "http://www.w3.org/2001/04/xmlenc#sha256"
        : "http://www.w3.org/2000/09/xmldsig#sha1",
    transforms: [
      "http://www.w3.org/2000/09/xmldsig#enveloped-signature",
      "http://www.w3.org/2001/10/xml-exc-c14n#",
    ],
  });
  signature.computeSignature(xml, { prefix: "ds", location: { reference: "/*", action: "append" } });
  return signature.getSignedXml();
}
