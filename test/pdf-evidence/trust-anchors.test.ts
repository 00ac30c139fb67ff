import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { testAuthority, testRootPem } from "../../local/rehearsal/pdfs/test-authority.ts";
import { AnchorMismatch, anchorsFromPem, readAnchorList } from "../../pdf-evidence/trust/anchor-list.ts";
import { reviewedAnchors } from "../../pdf-evidence/trust/reviewed-anchors.ts";

const { root } = testAuthority();
const sha256 = createHash("sha256").update(root.certificate).digest("hex");
const line = {
  name: "Eksempel Rod CA",
  sha256,
  certificate: root.certificate.toString("base64"),
  uses: ["signature"],
  source: "a test",
  reviewed: { on: "2026-11-23", by: "the tests" },
  trustedFrom: "2026-01-01",
};

describe("The list of those we trust", () => {
  it("of this version reads, and names the platforms that seal", () => {
    expect(reviewedAnchors().platformSeals.map(({ platform }) => platform)).toEqual(
      expect.arrayContaining(["DocuSign", "Adobe", "Penneo"]),
    );
  });

  it("keeps for each anchor what it is good for, from when and why", () => {
    const { anchors } = readAnchorList({ anchors: [line], platformSeals: [] });
    expect(anchors).toEqual([
      {
        certificate: root.certificate,
        sha256,
        uses: ["signature"],
        source: "a test (2026-11-23)",
        trustedFrom: Date.UTC(2026, 0, 1),
      },
    ]);
  });

  it("is refused when a certificate is not the one that was reviewed", () => {
    const changed = { ...line, sha256: "0".repeat(64) };
    expect(() => readAnchorList({ anchors: [changed], platformSeals: [] })).toThrow(AnchorMismatch);
  });

  it.each(["source", "reviewed", "uses", "sha256"])(
    "is refused when an anchor comes without its %s",
    (field) => {
      const { [field as "source"]: _left, ...rest } = line;
      expect(() => readAnchorList({ anchors: [rest], platformSeals: [] })).toThrow();
    },
  );

  it("takes anchors in PEM, as the command line and a stage give them", () => {
    expect(anchorsFromPem([testRootPem()], "given")).toMatchObject([
      { sha256, uses: ["signature", "time-stamp"] },
    ]);
    expect(() => anchorsFromPem(["nothing"], "given")).toThrow();
  });
});
