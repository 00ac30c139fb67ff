import { Buffer } from "node:buffer";
import { webcrypto, X509Certificate } from "node:crypto";
import { fromBER } from "asn1js";
import { ContentInfo, CryptoEngine, SignedData } from "pkijs";
import { describe, expect, it } from "vitest";
import { buildCms } from "../../local/rehearsal/pdfs/cms-builder.ts";
import { testAuthority, testSigner } from "../../local/rehearsal/pdfs/test-authority.ts";
import type { KeyKind } from "../../local/rehearsal/pdfs/test-keys.ts";
import { readCertificate } from "../../pdf-evidence/signatures/x509-certificate.ts";
import { CONTENT } from "../support/pdfs/signature-values.ts";

const { root, intermediate, timeStampAuthority } = testAuthority();
const engine = new CryptoEngine({
  name: "node",
  crypto: webcrypto as ConstructorParameters<typeof CryptoEngine>[0]["crypto"],
});

/** Our reader and our writer are by the same hand: here others say whether they understand each other rightly. */
describe("Another library agrees", () => {
  const kinds: readonly KeyKind[] = ["rsa", "rsa-pss", "p256", "p384"];
  it.each(kinds)("that a signature made for the tests with %s is a signature", async (keyKind) => {
    const cms = buildCms({
      signer: testSigner({ keyKind }),
      chain: [intermediate.certificate],
      content: CONTENT,
    });
    const signedData = new SignedData({
      schema: new ContentInfo({ schema: fromBER(new Uint8Array(cms)).result }).content,
    });
    const verify = (data: Buffer) =>
      signedData.verify({ signer: 0, data: new Uint8Array(data).buffer, checkChain: false }, engine);
    expect(await verify(Buffer.concat(CONTENT))).toBe(true);
    expect(await verify(Buffer.from("something else")).catch(() => false)).toBe(false);
  });

  it.each([root, intermediate, timeStampAuthority, testSigner({ cvr: "12345674" })])(
    "what a certificate says",
    ({ certificate }) => {
      const ours = readCertificate(certificate);
      const theirs = new X509Certificate(certificate);
      expect(ours).toMatchObject({
        sha256: theirs.fingerprint256.replaceAll(":", "").toLowerCase(),
        notBefore: theirs.validFromDate.getTime(),
        notAfter: theirs.validToDate.getTime(),
      });
      expect(Buffer.from(ours.serial).toString("hex").toUpperCase()).toBe(theirs.serialNumber);
      expect(theirs.subject.split("\n").map((line) => line.slice(line.indexOf("=") + 1))).toEqual(
        ours.subject.attributes.map(({ text }) => text),
      );
    },
  );
});
