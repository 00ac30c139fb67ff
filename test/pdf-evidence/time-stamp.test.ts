import { Buffer } from "node:buffer";
import { describe, expect, it } from "vitest";
import { attribute, buildTimeStamp, type TimeStampWish } from "../../local/rehearsal/pdfs/cms-builder.ts";
import { testAuthority, testSigner } from "../../local/rehearsal/pdfs/test-authority.ts";
import { EKU, issueCertificate } from "../../local/rehearsal/pdfs/test-certificates.ts";
import { testKey } from "../../local/rehearsal/pdfs/test-keys.ts";
import { verifySignatureValue } from "../../pdf-evidence/signatures/cms-signature.ts";
import { CONTENT, conclusion, judged, NOW, trusting } from "../support/pdfs/signature-values.ts";

const DAY = 86_400_000;
const { root, intermediate, timeStampAuthority } = testAuthority();
const STAMPED = NOW - 400 * DAY;
/** As a one-time certificate of MitID Erhverv: valid for minutes, long ago. */
const oneTime = testSigner({ notBefore: STAMPED - 60_000, notAfter: STAMPED + 600_000 });
const TOKEN = "1.2.840.113549.1.9.16.2.14";

function anotherAuthority(extendedKeyUsage: readonly string[] | undefined, notAfter = NOW + DAY) {
  return issueCertificate({
    name: { commonName: "Anden Tid" },
    key: testKey("other time", "p256"),
    issuer: root,
    serial: 44,
    notBefore: STAMPED - DAY,
    notAfter,
    ...(extendedKeyUsage === undefined ? {} : { extendedKeyUsage }),
  });
}

describe("A signature is judged at the time that is proven, not at the time that is claimed", () => {
  it("a one-time certificate is good at its time-stamp", async () => {
    const outcome = await judged({ signer: oneTime, timeStampAuthority, timeStampTime: STAMPED });
    expect(conclusion(outcome)).toBe("TOTAL_PASSED");
    expect(outcome).toMatchObject({
      level: "PAdES-B-T",
      timeStamp: { time: STAMPED, authority: "Eksempel Tidsstempel 1", trusted: true },
    });
  });

  it("and expired without one, whatever its own clock says", async () => {
    const outcome = await judged({
      signer: oneTime,
      signingTime: STAMPED,
      input: { subFilter: "adbe.pkcs7.detached" },
    });
    expect(conclusion(outcome)).toBe("INDETERMINATE OUT_OF_BOUNDS_NO_POE CERTIFICATE_EXPIRED");
  });

  it("and good when a later stamp over the whole file proves the time", async () => {
    expect(conclusion(await judged({ signer: oneTime, input: { provenTime: STAMPED } }))).toBe(
      "TOTAL_PASSED",
    );
  });

  it("a certificate that did not exist yet at the proven time cannot have signed", async () => {
    const outcome = await judged({ signer: oneTime, timeStampAuthority, timeStampTime: STAMPED - DAY });
    expect(conclusion(outcome)).toBe("TOTAL_FAILED NOT_YET_VALID CERTIFICATE_NOT_YET_VALID");
  });

  const proofless: readonly [string, Parameters<typeof judged>[0], string][] = [
    [
      "of something else",
      { timeStampAuthority, timeStampTime: STAMPED, timeStampOf: Buffer.from("else") },
      "TIME_STAMP_INVALID CERTIFICATE_EXPIRED",
    ],
    [
      "by an authority we don't know",
      {
        timeStampAuthority,
        timeStampTime: STAMPED,
        input: { anchors: trusting([intermediate.certificate]) },
      },
      "TIME_STAMP_UNTRUSTED CERTIFICATE_EXPIRED",
    ],
    [
      "by an authority we trust for signatures only",
      {
        timeStampAuthority,
        timeStampTime: STAMPED,
        input: { anchors: trusting([root.certificate], ["signature"]) },
      },
      "TIME_STAMP_UNTRUSTED CERTIFICATE_EXPIRED",
    ],
    [
      "by somebody who is no authority of time",
      { timeStampAuthority: anotherAuthority([EKU.emailProtection]), timeStampTime: STAMPED },
      "TIME_STAMP_UNTRUSTED CERTIFICATE_EXPIRED",
    ],
    [
      "by somebody who does not say what it is",
      { timeStampAuthority: anotherAuthority(undefined), timeStampTime: STAMPED },
      "TIME_STAMP_UNTRUSTED CERTIFICATE_EXPIRED",
    ],
    [
      "by an authority that has expired",
      { timeStampAuthority: anotherAuthority([EKU.timeStamping], NOW - DAY), timeStampTime: STAMPED },
      "TIME_STAMP_UNTRUSTED CERTIFICATE_EXPIRED",
    ],
    [
      "that is no token",
      { unsignedAttributes: [attribute(TOKEN, Buffer.from([0x30, 0x00]))] },
      "TIME_STAMP_INVALID CERTIFICATE_EXPIRED",
    ],
  ];
  it.each(proofless)("a stamp %s proves nothing", async (_name, wish, expected) => {
    const outcome = await judged({ signer: oneTime, ...wish });
    expect(outcome.indication).toBe("INDETERMINATE");
    expect(outcome.findings.filter((finding) => finding !== "REVOCATION_UNKNOWN").join(" ")).toBe(expected);
  });

  it("a stamp from the future proves nothing", async () => {
    const outcome = await judged({ timeStampAuthority, timeStampTime: NOW + DAY });
    expect(outcome).toMatchObject({ indication: "TOTAL_PASSED", timeStamp: { trusted: false } });
    expect(outcome.findings).toContain("TIME_STAMP_UNTRUSTED");
  });

  it("an authority that expired since is still good when a later stamp caught it", async () => {
    const authority = anotherAuthority([EKU.timeStamping], NOW - DAY);
    const wish = { signer: oneTime, timeStampAuthority: authority, timeStampTime: STAMPED };
    expect(conclusion(await judged({ ...wish, input: { provenTime: STAMPED + DAY } }))).toBe("TOTAL_PASSED");
  });

  it("one broken stamp among good ones spoils the signature", async () => {
    const broken = buildTimeStamp({
      authority: timeStampAuthority,
      content: [Buffer.from("else")],
      time: STAMPED,
    });
    const outcome = await judged({
      timeStampAuthority,
      timeStampTime: STAMPED,
      unsignedAttributes: [attribute(TOKEN, broken)],
    });
    expect(conclusion(outcome)).toBe("INDETERMINATE SIG_CONSTRAINTS_FAILURE TIME_STAMP_INVALID");
  });
});

describe("A time-stamp over the whole document", () => {
  async function stamped(
    wish: Partial<TimeStampWish> = {},
    now = NOW,
  ): Promise<ReturnType<typeof verifySignatureValue>> {
    return verifySignatureValue({
      subFilter: "ETSI.RFC3161",
      contents: buildTimeStamp({ authority: timeStampAuthority, content: CONTENT, time: STAMPED, ...wish }),
      signedRanges: CONTENT,
      dss: { certificates: [], crls: [], ocsps: [] },
      anchors: trusting([root.certificate]),
      now,
    });
  }

  it("is told as a stamp, with its time and its authority", async () => {
    expect(await stamped()).toMatchObject({
      kind: "document-time-stamp",
      level: "RFC3161",
      indication: "TOTAL_PASSED",
      timeStamp: { time: STAMPED, authority: "Eksempel Tidsstempel 1", trusted: true },
    });
  });

  const table: readonly [string, Partial<TimeStampWish>, string][] = [
    ["of another document", { content: [Buffer.from("else")] }, "TOTAL_FAILED HASH_FAILURE DIGEST_MISMATCH"],
    [
      "with a value of zeros",
      { cms: { signature: Buffer.alloc(256) } },
      "TOTAL_FAILED SIG_CRYPTO_FAILURE SIGNATURE_INVALID",
    ],
    [
      "that is an ordinary signature",
      { cms: { eContentType: "1.2.840.113549.1.7.1" } },
      "TOTAL_FAILED FORMAT_FAILURE CMS_MALFORMED",
    ],
    ["over SHA-1", { hash: "sha1" }, "INDETERMINATE CRYPTO_CONSTRAINTS_FAILURE_NO_POE ALGORITHM_WEAK"],
    [
      "by a signer",
      { authority: testSigner() },
      "INDETERMINATE CHAIN_CONSTRAINTS_FAILURE CERTIFICATE_KEY_USAGE_WRONG",
    ],
    ["by two authorities", { cms: { signers: 2 } }, "TOTAL_FAILED FORMAT_FAILURE SIGNERS_NOT_ONE"],
  ];
  it.each(table)("%s", async (_name, wish, expected) => {
    expect(conclusion(await stamped({ chain: [intermediate.certificate], ...wish }))).toBe(expected);
  });
});
