import { describe, expect, it } from "vitest";
import { boolean, sequence } from "../../local/rehearsal/pdfs/der-writer.ts";
import {
  type SignerWish,
  testAuthority,
  testSigner,
  VALID_FROM,
  VALID_TO,
} from "../../local/rehearsal/pdfs/test-authority.ts";
import {
  type CertificateWish,
  EKU,
  extension,
  type Identity,
  issueCertificate,
  subtree,
} from "../../local/rehearsal/pdfs/test-certificates.ts";
import { testKey } from "../../local/rehearsal/pdfs/test-keys.ts";
import { conclusion, judged, NOW, trusting } from "../support/pdfs/signature-values.ts";

const DAY = 86_400_000;
const LIFE = { notBefore: VALID_FROM, notAfter: VALID_TO } as const;
const { root, intermediate } = testAuthority();

/** A certificate between the root and the signer, made as the test wants it. */
function authority(wish: Partial<CertificateWish> = {}): Identity {
  return issueCertificate({
    name: { commonName: "Eksempel Mellemled CA", organisation: "Eksempel Tillid A/S" },
    key: testKey("another authority", "p256"),
    issuer: root,
    serial: 77,
    ...LIFE,
    ca: true,
    keyUsage: ["keyCertSign", "crlSign"],
    ...wish,
  });
}

async function judgedBelow(chain: readonly Identity[], signerWish: SignerWish = {}): Promise<string> {
  const [issuer] = chain;
  const signer = testSigner({ ...signerWish, ...(issuer ? { issuer } : {}) });
  return conclusion(await judged({ signer, chain: chain.map(({ certificate }) => certificate) }));
}

describe("A chain leads to a certificate we pinned, or it is not trusted", () => {
  it("through an authority that the file brings along", async () => {
    expect(await judgedBelow([intermediate])).toBe("TOTAL_PASSED");
  });

  it("through one that the security store brings", async () => {
    const dss = { certificates: [intermediate.certificate], crls: [], ocsps: [] };
    expect(conclusion(await judged({ chain: [], input: { dss } }))).toBe("TOTAL_PASSED");
  });

  it("but not when that authority is missing", async () => {
    expect(conclusion(await judged({ chain: [] }))).toBe(
      "INDETERMINATE NO_CERTIFICATE_CHAIN_FOUND CERTIFICATE_UNTRUSTED",
    );
  });

  it("not to a root of the same name with another key", async () => {
    const impostor = issueCertificate({
      name: root.name,
      key: testKey("impostor", "p256"),
      serial: 1,
      ...LIFE,
      ca: true,
    });
    const below = authority({ issuer: impostor });
    const signer = testSigner({ issuer: below });
    const outcome = await judged({ signer, chain: [below.certificate, impostor.certificate] });
    expect(conclusion(outcome)).toBe("INDETERMINATE NO_CERTIFICATE_CHAIN_FOUND CERTIFICATE_UNTRUSTED");
  });

  it("not by oneself", async () => {
    const selfSigned = issueCertificate({
      name: { commonName: "Mig Selv" },
      key: testKey("self", "p256"),
      serial: 5,
      ...LIFE,
    });
    expect(conclusion(await judged({ signer: selfSigned }))).toBe(
      "INDETERMINATE NO_CERTIFICATE_CHAIN_FOUND CERTIFICATE_SELF_SIGNED",
    );
  });

  it("not to an anchor whose bytes are not those that were pinned", async () => {
    const anchors = trusting([root.certificate]);
    const tampered = {
      ...anchors,
      anchors: anchors.anchors.map((anchor) => ({ ...anchor, sha256: "00".repeat(32) })),
    };
    expect((await judged({ input: { anchors: tampered } })).indication).toBe("INDETERMINATE");
  });

  it("not to an anchor that we trust for time-stamps only", async () => {
    const anchors = trusting([root.certificate], ["time-stamp"]);
    expect((await judged({ input: { anchors } })).indication).toBe("INDETERMINATE");
  });

  it.each([
    ["no longer trust", { trustedUntil: NOW - DAY }],
    ["did not trust yet", { trustedFrom: NOW + DAY }],
  ])("not to an anchor we %s", async (_name, period) => {
    const anchors = trusting([root.certificate]);
    const dated = { ...anchors, anchors: anchors.anchors.map((anchor) => ({ ...anchor, ...period })) };
    expect((await judged({ input: { anchors: dated } })).indication).toBe("INDETERMINATE");
  });

  it("and a thousand certificates of the same name do not stop the clock", async () => {
    const key = testKey("crowd", "p256");
    const name = { commonName: "Mængde" };
    const crowd = Array.from({ length: 60 }, (_, serial) =>
      issueCertificate({ name, key, serial: serial + 1, ...LIFE, ca: true }),
    );
    const [first] = crowd;
    const signer = testSigner(first ? { issuer: first } : {});
    const outcome = await judged({ signer, chain: crowd.map(({ certificate }) => certificate) });
    expect(outcome.indication).toBe("INDETERMINATE");
  });
});

describe("One rule, one test: a chain that is not as it must be", () => {
  const constrained = "INDETERMINATE CHAIN_CONSTRAINTS_FAILURE CERTIFICATE_CHAIN_CONSTRAINED";
  const wrongUse = "INDETERMINATE CHAIN_CONSTRAINTS_FAILURE CERTIFICATE_KEY_USAGE_WRONG";
  const expired = "INDETERMINATE OUT_OF_BOUNDS_NO_POE CERTIFICATE_EXPIRED";
  const tooEarly = "TOTAL_FAILED NOT_YET_VALID CERTIFICATE_NOT_YET_VALID";
  const permitted = (...trees: Buffer[]) => ({ nameConstraints: { permitted: trees } });
  const excluded = (...trees: Buffer[]) => ({ nameConstraints: { excluded: trees } });
  const ip = (...bytes: number[]) => sequence(Buffer.from([0x87, bytes.length, ...bytes]));

  const signers: readonly [string, SignerWish, string][] = [
    ["the signer's certificate has expired", { notAfter: NOW - DAY }, expired],
    ["the signer's certificate is not valid yet", { notBefore: NOW + DAY }, tooEarly],
    ["the signer may only encipher", { keyUsage: ["keyEncipherment"] }, wrongUse],
    ["the signer is a web server", { extendedKeyUsage: [EKU.serverAuth] }, wrongUse],
    ["the signer stamps times", { extendedKeyUsage: [EKU.timeStamping] }, wrongUse],
    ["the signer signs documents", { extendedKeyUsage: [EKU.documentSigning] }, "TOTAL_PASSED"],
    ["the signer signs mail", { extendedKeyUsage: [EKU.emailProtection] }, "TOTAL_PASSED"],
    [
      "the signer's certificate demands something unknown",
      { extra: [extension("1.2.3.4", true, boolean(true))] },
      constrained,
    ],
    [
      "the signer's certificate mentions something unknown",
      { extra: [extension("1.2.3.4", false, boolean(true))] },
      "TOTAL_PASSED",
    ],
    [
      "the certificate was signed with SHA-1",
      { hash: "sha1" },
      "INDETERMINATE CRYPTO_CONSTRAINTS_FAILURE_NO_POE ALGORITHM_WEAK",
    ],
    [
      "the certificate was signed with MD5",
      { hash: "md5" },
      "INDETERMINATE CRYPTO_CONSTRAINTS_FAILURE_NO_POE ALGORITHM_BROKEN",
    ],
  ];
  it.each(signers)("%s", async (_name, wish, expected) => {
    expect(await judgedBelow([intermediate], wish)).toBe(expected);
  });

  const authorities: readonly [string, Partial<CertificateWish>, SignerWish, string][] = [
    ["the authority is none", { ca: false }, {}, constrained],
    ["the authority does not say that it is one", { withoutBasicConstraints: true }, {}, constrained],
    ["the authority may not issue", { keyUsage: ["crlSign"] }, {}, constrained],
    ["the authority has expired", { notAfter: NOW - DAY }, {}, expired],
    ["the authority is too young", { notBefore: NOW + DAY }, {}, tooEarly],
    [
      "the authority may issue for this organisation",
      permitted(subtree.organisation("Eksempel Kommune")),
      {},
      "TOTAL_PASSED",
    ],
    [
      "the authority may issue for another organisation",
      permitted(subtree.organisation("En Anden Kommune")),
      {},
      constrained,
    ],
    [
      "the authority may not issue for this organisation",
      excluded(subtree.organisation("Eksempel Kommune")),
      {},
      constrained,
    ],
    [
      "the authority may issue for this mail host",
      permitted(subtree.email("eksempel.example")),
      { email: "a@eksempel.example" },
      "TOTAL_PASSED",
    ],
    [
      "the authority may issue for another mail host",
      permitted(subtree.email("eksempel.example")),
      { email: "a@ond.example" },
      constrained,
    ],
    [
      "the authority may issue for one mail address",
      permitted(subtree.email("a@eksempel.example")),
      { subjectAltEmail: "b@eksempel.example" },
      constrained,
    ],
    [
      "the authority may issue below a mail domain",
      permitted(subtree.email(".eksempel.example")),
      { subjectAltEmail: "a@post.eksempel.example" },
      "TOTAL_PASSED",
    ],
    [
      "the authority may not issue for a mail host among others",
      excluded(subtree.email("ond.example")),
      { subjectAltEmail: "a@ond.example" },
      constrained,
    ],
    [
      "the authority is bound to hosts, which the signer has none of",
      permitted(subtree.dns("eksempel.example")),
      {},
      "TOTAL_PASSED",
    ],
    [
      "the authority is bound to addresses, which the signer has none of",
      permitted(ip(10, 0, 0, 0, 255, 0, 0, 0)),
      {},
      "TOTAL_PASSED",
    ],
  ];
  it.each(authorities)("%s", async (_name, authorityWish, signerWish, expected) => {
    expect(await judgedBelow([authority(authorityWish)], signerWish)).toBe(expected);
  });

  it("an authority that may have none below it has one", async () => {
    const upper = authority({ pathLength: 0 });
    const lower = authority({
      name: { commonName: "Nederste CA" },
      key: testKey("lowest", "p256"),
      issuer: upper,
      serial: 78,
    });
    expect(await judgedBelow([lower, upper])).toBe(constrained);
  });

  it("an authority that may have one below it has one", async () => {
    const upper = authority({ pathLength: 1 });
    const lower = authority({
      name: { commonName: "Nederste CA" },
      key: testKey("lowest", "p256"),
      issuer: upper,
      serial: 78,
    });
    expect(await judgedBelow([lower, upper])).toBe("TOTAL_PASSED");
  });

  it("a signer acts as an authority", async () => {
    const notAnAuthority = testSigner({ keyKind: "p256" });
    expect(
      await judgedBelow([notAnAuthority, intermediate], {
        commonName: "Falsk Underskriver",
        keyKind: "p384",
      }),
    ).toBe(constrained);
  });
});

describe("A platform's seal is told apart from a person's signature", () => {
  const seal = testSigner({ commonName: "Eksempel Sign", organisation: "Eksempel Sign ApS" });
  const platformSeals = (certificateSha256: readonly string[], sealNames: readonly string[]) => [
    { platform: "Eksempel Sign", certificateSha256, sealNames },
  ];

  it("by the name it bears", async () => {
    const anchors = {
      ...trusting([root.certificate]),
      platformSeals: platformSeals([], ["eksempel sign aps"]),
    };
    expect(await judged({ signer: seal, input: { anchors } })).toMatchObject({
      platform: "Eksempel Sign",
      indication: "TOTAL_PASSED",
    });
  });

  it("by a pinned certificate of its chain", async () => {
    const [anchor] = trusting([intermediate.certificate]).anchors;
    const anchors = {
      ...trusting([root.certificate]),
      platformSeals: platformSeals([anchor?.sha256 ?? ""], []),
    };
    expect((await judged({ signer: seal, input: { anchors } })).platform).toBe("Eksempel Sign");
  });

  it("and nobody untrusted is called a platform", async () => {
    const anchors = { anchors: [], platformSeals: platformSeals([], ["Eksempel Sign ApS"]) };
    expect((await judged({ signer: seal, input: { anchors } })).platform).toBeUndefined();
  });
});
