import { Buffer } from "node:buffer";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { attribute, buildCms, digestOf } from "../../local/rehearsal/pdfs/cms-builder.ts";
import { boolean, oid, sequence } from "../../local/rehearsal/pdfs/der-writer.ts";
import { testAuthority, testSigner } from "../../local/rehearsal/pdfs/test-authority.ts";
import { extension } from "../../local/rehearsal/pdfs/test-certificates.ts";
import { hashAlgorithm, type KeyKind } from "../../local/rehearsal/pdfs/test-keys.ts";
import { verifySignatureValue } from "../../pdf-evidence/signatures/cms-signature.ts";
import {
  CONTENT,
  conclusion,
  judged,
  NOW,
  trusting,
  type ValueWish,
} from "../support/pdfs/signature-values.ts";

const OTHER = [Buffer.from("%PDF-1.7 something else")];

describe("A signature by any key a signer may have is accepted", () => {
  const kinds: readonly KeyKind[] = ["rsa", "rsa-pss", "p256", "p384", "brainpool", "ed25519"];
  it.each(kinds)("made with %s", async (keyKind) => {
    const outcome = await judged({
      signer: testSigner({ keyKind, cvr: "12345674", email: "anne@eksempel.example" }),
    });
    expect(conclusion(outcome)).toBe("TOTAL_PASSED");
    expect(outcome.signer).toMatchObject({
      commonName: "Anne Ægidius",
      organisation: "Eksempel Kommune",
      organisationIdentifier: "NTRDK-12345674",
      cvr: "12345674",
      email: "anne@eksempel.example",
      issuer: "Eksempel Udstedende CA 1",
    });
  });

  it.each(["sha384", "sha512"] as const)("with %s", async (hash) => {
    expect(conclusion(await judged({ hash }))).toBe("TOTAL_PASSED");
  });

  it("named by its key instead of its issuer", async () => {
    expect(conclusion(await judged({ subjectKeyIdentifier: true }))).toBe("TOTAL_PASSED");
  });

  it("in the older wording of the signing certificate", async () => {
    expect(conclusion(await judged({ signingCertificate: "v1" }))).toBe("TOTAL_PASSED");
  });

  it("and what the signer's own clock says is told, never relied on", async () => {
    const outcome = await judged({
      signingTime: Date.UTC(2021, 0, 1),
      input: { subFilter: "adbe.pkcs7.detached" },
    });
    expect(outcome).toMatchObject({
      claimedTime: Date.UTC(2021, 0, 1),
      level: "PKCS7",
      indication: "TOTAL_PASSED",
    });
  });
});

describe("One rule, one finding: a signature value that is not as it must be", () => {
  const table: readonly [string, ValueWish, string][] = [
    ["of other bytes", { content: OTHER }, "TOTAL_FAILED HASH_FAILURE DIGEST_MISMATCH"],
    [
      "with a digest it was not signed with",
      { messageDigest: digestOf("sha256", OTHER) },
      "TOTAL_FAILED HASH_FAILURE DIGEST_MISMATCH",
    ],
    [
      "with another signature's value",
      { signature: Buffer.alloc(256, 7) },
      "TOTAL_FAILED SIG_CRYPTO_FAILURE SIGNATURE_INVALID",
    ],
    [
      "by Ed25519 with another value",
      { signer: testSigner({ keyKind: "ed25519" }), signature: Buffer.alloc(64, 7) },
      "TOTAL_FAILED SIG_CRYPTO_FAILURE SIGNATURE_INVALID",
    ],
    [
      "whose value is empty",
      { signature: Buffer.alloc(0) },
      "TOTAL_FAILED SIG_CRYPTO_FAILURE SIGNATURE_INVALID",
    ],
    [
      "whose value is zeros",
      { signature: Buffer.alloc(256) },
      "TOTAL_FAILED SIG_CRYPTO_FAILURE SIGNATURE_INVALID",
    ],
    [
      "without the digest attribute",
      { messageDigest: "absent" },
      "TOTAL_FAILED FORMAT_FAILURE CMS_MALFORMED",
    ],
    [
      "with the digest attribute twice",
      { messageDigest: "twice" },
      "TOTAL_FAILED FORMAT_FAILURE CMS_MALFORMED",
    ],
    [
      "about content of another type",
      { contentType: "1.2.840.113549.1.7.5" },
      "TOTAL_FAILED FORMAT_FAILURE CMS_CONTENT_TYPE_WRONG",
    ],
    [
      "with content of its own inside",
      { eContent: Buffer.concat(CONTENT) },
      "TOTAL_FAILED FORMAT_FAILURE CMS_MALFORMED",
    ],
    ["without a signer", { signers: 0 }, "TOTAL_FAILED FORMAT_FAILURE SIGNERS_NOT_ONE"],
    ["with two signers", { signers: 2 }, "TOTAL_FAILED FORMAT_FAILURE SIGNERS_NOT_ONE"],
    [
      "that names another certificate",
      { signingCertificate: "of-another" },
      "INDETERMINATE NO_SIGNING_CERTIFICATE_FOUND SIGNING_CERTIFICATE_ATTRIBUTE_MISMATCH",
    ],
    [
      "whose certificate is left out",
      { certificates: [] },
      "INDETERMINATE NO_SIGNING_CERTIFICATE_FOUND SIGNER_CERTIFICATE_MISSING",
    ],
    [
      "without signed attributes",
      { signedAttributes: "absent" },
      "INDETERMINATE SIG_CONSTRAINTS_FAILURE SIGNED_ATTRIBUTES_MISSING SIGNING_CERTIFICATE_ATTRIBUTE_MISSING",
    ],
    [
      "without signed attributes and of other bytes",
      { signedAttributes: "absent", content: OTHER },
      "TOTAL_FAILED SIG_CRYPTO_FAILURE SIGNED_ATTRIBUTES_MISSING SIGNING_CERTIFICATE_ATTRIBUTE_MISSING SIGNATURE_INVALID",
    ],
    ["with SHA-1", { hash: "sha1" }, "INDETERMINATE CRYPTO_CONSTRAINTS_FAILURE_NO_POE ALGORITHM_WEAK"],
    ["with MD5", { hash: "md5" }, "INDETERMINATE CRYPTO_CONSTRAINTS_FAILURE_NO_POE ALGORITHM_BROKEN"],
    [
      "by a short RSA key",
      { signer: testSigner({ keyKind: "rsa-1024" }) },
      "INDETERMINATE CRYPTO_CONSTRAINTS_FAILURE_NO_POE KEY_WEAK",
    ],
    [
      "in an unknown algorithm",
      { signatureAlgorithm: sequence(oid("1.2.3.4")) },
      "INDETERMINATE CRYPTO_CONSTRAINTS_FAILURE ALGORITHM_UNSUPPORTED",
    ],
    [
      "with an unknown digest",
      { digestAlgorithm: sequence(oid("1.2.3.4")) },
      "INDETERMINATE CRYPTO_CONSTRAINTS_FAILURE ALGORITHM_UNSUPPORTED",
    ],
    [
      "by Ed25519 over a digest that does not go with it",
      { signer: testSigner({ keyKind: "ed25519" }), hash: "sha256" },
      "INDETERMINATE CRYPTO_CONSTRAINTS_FAILURE ALGORITHM_UNSUPPORTED",
    ],
    [
      "by a key of another kind than it says",
      { signer: testSigner({ keyKind: "p256" }), signatureAlgorithm: sequence(oid("1.2.840.113549.1.1.11")) },
      "TOTAL_FAILED SIG_CRYPTO_FAILURE SIGNATURE_INVALID",
    ],
    [
      "that protects other algorithms than it uses",
      { extraSignedAttributes: [attribute("1.2.840.113549.1.9.52", sequence(hashAlgorithm("sha512")))] },
      "TOTAL_FAILED FORMAT_FAILURE CMS_MALFORMED",
    ],
    [
      "with something hidden behind it",
      { spoil: (cms) => Buffer.concat([cms, Buffer.from("hidden")]) },
      "INDETERMINATE SIG_CONSTRAINTS_FAILURE CMS_TRAILING_DATA",
    ],
    [
      "cut short",
      { spoil: (cms) => cms.subarray(0, cms.length - 80) },
      "TOTAL_FAILED FORMAT_FAILURE CMS_MALFORMED",
    ],
    ["that is nothing", { spoil: () => Buffer.alloc(0) }, "TOTAL_FAILED FORMAT_FAILURE CMS_MALFORMED"],
    [
      "in a format we don't know",
      { input: { subFilter: "adbe.x509.rsa_sha1" } },
      "INDETERMINATE SIG_CONSTRAINTS_FAILURE SIGNATURE_FORMAT_UNSUPPORTED",
    ],
    [
      "in a format named like a property",
      { input: { subFilter: "constructor" } },
      "INDETERMINATE SIG_CONSTRAINTS_FAILURE SIGNATURE_FORMAT_UNSUPPORTED",
    ],
  ];
  it.each(table)("%s", async (_name, wish, expected) => {
    expect(conclusion(await judged(wish))).toBe(expected);
  });

  it("whose certificate says two things about its own signature", async () => {
    const signer = testSigner();
    const [outer, algorithm] = [signer.certificate, Buffer.from("06092a864886f70d01010b0500", "hex")];
    const at = outer.lastIndexOf(algorithm);
    // The same algorithm, written in a second way: the NULL that goes with it becomes an empty OCTET STRING.
    const certificate = Buffer.from(outer);
    certificate[at + algorithm.length - 2] = 0x04;
    const missing = "INDETERMINATE NO_SIGNING_CERTIFICATE_FOUND SIGNER_CERTIFICATE_MISSING";
    expect(conclusion(await judged({ certificates: [certificate] }))).toBe(missing);
  });

  it("whose certificate has an extension twice", async () => {
    const twice = testSigner({ extra: [extension("2.5.29.19", true, sequence(boolean(true)))] });
    expect((await judged({ signer: twice })).findings).toContain("SIGNER_CERTIFICATE_MISSING");
  });

  it("over a SHA-1 of the file inside, true or false", async () => {
    const wrapped = digestOf("sha1", CONTENT);
    const wish = { eContent: wrapped, content: [wrapped] };
    const input = { subFilter: "adbe.pkcs7.sha1" };
    expect(conclusion(await judged({ ...wish, input }))).toBe(
      "INDETERMINATE CRYPTO_CONSTRAINTS_FAILURE_NO_POE SIGNATURE_FORMAT_LEGACY ALGORITHM_WEAK",
    );
    expect((await judged({ ...wish, input: { ...input, signedRanges: OTHER } })).indication).toBe(
      "TOTAL_FAILED",
    );
  });
});

describe("Any bytes at all are judged, never crashed on", () => {
  const { root, intermediate } = testAuthority();
  const cms = buildCms({ signer: testSigner(), chain: [intermediate.certificate], content: CONTENT });
  const input = {
    subFilter: "ETSI.CAdES.detached",
    signedRanges: CONTENT,
    dss: { certificates: [], crls: [], ocsps: [] },
    anchors: trusting([root.certificate]),
    now: NOW,
  };

  it("whatever stands where the signature should be", async () => {
    const anything = fc.uint8Array({ maxLength: 400 });
    await fc.assert(
      fc.asyncProperty(anything, anything, async (contents, stored) => {
        const dss = { certificates: [stored], crls: [stored], ocsps: [stored] };
        const outcome = await verifySignatureValue({ ...input, contents, dss });
        expect(outcome.indication).toBe("TOTAL_FAILED");
      }),
      { seed: 4, numRuns: 300 },
    );
  });

  it("and a changed bit in what the signature covers never passes", async () => {
    const at = cms.indexOf(digestOf("sha256", CONTENT));
    await fc.assert(
      fc.asyncProperty(fc.nat(31), fc.nat(7), async (offset, bit) => {
        const contents = Buffer.from(cms);
        contents[at + offset] = (contents[at + offset] ?? 0) ^ (1 << bit);
        expect((await verifySignatureValue({ ...input, contents })).indication).toBe("TOTAL_FAILED");
      }),
      { seed: 4, numRuns: 100 },
    );
  });

  it("and a changed bit anywhere in the message gives an answer", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(cms.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const contents = Buffer.from(cms);
        contents[at] = (contents[at] ?? 0) ^ change;
        expect(await verifySignatureValue({ ...input, contents })).toHaveProperty("indication");
      }),
      { seed: 4, numRuns: 500 },
    );
  });

  it("nor on elements nested without end", async () => {
    const contents = Buffer.alloc(400_000, Buffer.from([0x30, 0x80]));
    expect((await verifySignatureValue({ ...input, contents })).indication).toBe("TOTAL_FAILED");
  });
});
