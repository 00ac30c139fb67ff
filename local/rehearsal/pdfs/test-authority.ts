import { type CertificateWish, EKU, type Identity, issueCertificate } from "./test-certificates.ts";
import { type KeyKind, testKey } from "./test-keys.ts";

/** Certificates of the tests live from 2020 to 2039, unless a test wants another life. */
export const VALID_FROM = Date.UTC(2020, 0, 1);
export const VALID_TO = Date.UTC(2039, 11, 31);

/** Example names only: the hierarchy resembles the Danish one, and is trusted by nobody. */
export interface TestAuthority {
  readonly root: Identity;
  readonly intermediate: Identity;
  readonly timeStampAuthority: Identity;
}

let authority: TestAuthority | undefined;

/** A root, an issuing authority below it and a time-stamp authority: the same in every run. */
export function testAuthority(): TestAuthority {
  authority ??= makeAuthority();
  return authority;
}

function makeAuthority(): TestAuthority {
  const root = issueCertificate({
    name: { commonName: "Eksempel Rod CA", organisation: "Eksempel Tillid A/S" },
    key: testKey("root"),
    serial: 1,
    ...LIFE,
    ca: true,
    keyUsage: ["keyCertSign", "crlSign"],
  });
  const intermediate = issueCertificate({
    name: { commonName: "Eksempel Udstedende CA 1", organisation: "Eksempel Tillid A/S" },
    key: testKey("intermediate"),
    issuer: root,
    serial: 2,
    ...LIFE,
    ca: true,
    pathLength: 0,
    keyUsage: ["keyCertSign", "crlSign"],
  });
  const timeStampAuthority = issueCertificate({
    name: { commonName: "Eksempel Tidsstempel 1", organisation: "Eksempel Tillid A/S" },
    key: testKey("time-stamp"),
    issuer: root,
    serial: 3,
    ...LIFE,
    keyUsage: ["digitalSignature"],
    extendedKeyUsage: [EKU.timeStamping],
  });
  return { root, intermediate, timeStampAuthority };
}

const LIFE = { notBefore: VALID_FROM, notAfter: VALID_TO } as const;

export interface SignerWish extends Partial<Omit<CertificateWish, "name" | "key">> {
  readonly commonName?: string;
  readonly organisation?: string;
  /** Becomes organisationIdentifier NTRDK-… */
  readonly cvr?: string;
  readonly email?: string;
  readonly keyKind?: KeyKind;
}

/** A person's or an organisation's signing certificate, issued by the intermediate unless said otherwise. */
export function testSigner(wish: SignerWish = {}): Identity {
  const {
    commonName = "Anne Ægidius",
    organisation = "Eksempel Kommune",
    cvr,
    email,
    keyKind = "rsa",
    ...rest
  } = wish;
  return issueCertificate({
    name: {
      commonName,
      organisation,
      ...(cvr === undefined ? {} : { organisationIdentifier: `NTRDK-${cvr}` }),
      ...(email === undefined ? {} : { email }),
    },
    key: testKey("signer", keyKind),
    issuer: testAuthority().intermediate,
    serial: 1000,
    ...LIFE,
    keyUsage: ["digitalSignature", "nonRepudiation"],
    ...rest,
  });
}

/** PEM of the test root, as `--anchors` and the local world's settings take it. */
export function testRootPem(): string {
  const base64 = testAuthority().root.certificate.toString("base64");
  return `-----BEGIN CERTIFICATE-----\n${base64.replace(/.{64}/g, "$&\n")}\n-----END CERTIFICATE-----\n`;
}
