import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { anchorLines, signersOf } from "../../commands/trusted-list/read-list.ts";
import { authenticList, ListNotAuthentic, sha256 } from "../../commands/trusted-list/verify-list.ts";
import { testAuthority, VALID_FROM, VALID_TO } from "../../local/rehearsal/pdfs/test-authority.ts";
import { type Identity, issueCertificate } from "../../local/rehearsal/pdfs/test-certificates.ts";
import { testKey } from "../../local/rehearsal/pdfs/test-keys.ts";
import { readAnchorList } from "../../pdf-evidence/trust/anchor-list.ts";
import {
  type ListedService,
  listOfListsXml,
  nationalListXml,
  signedXml,
} from "../support/pdfs/trusted-lists.ts";

const COMMAND = fileURLToPath(new URL("../../commands/import-trusted-list.ts", import.meta.url));
const REVIEW = { on: "2026-11-23", by: "En Medarbejder" };
const { root, intermediate, timeStampAuthority } = testAuthority();

function signer(commonName: string): Identity {
  return issueCertificate({
    name: { commonName },
    key: testKey(commonName),
    serial: 7,
    notBefore: VALID_FROM,
    notAfter: VALID_TO,
  });
}
const union = signer("EU list signer");
const denmark = signer("DK list signer");
const pinned = new Set([sha256(union.certificate)]);

const authority: ListedService = {
  type: "CA/QC",
  name: "Eksempel Udstedende CA 1",
  certificate: intermediate.certificate,
  statuses: [["granted", "2016-07-01"]],
};
const lotl = () => signedXml(listOfListsXml({ DK: denmark, SE: signer("SE list signer") }), union);
const list = (services: readonly ListedService[] = [authority]) =>
  signedXml(nationalListXml("DK", services), denmark);

describe("A trusted list is believed only when the right ones signed it", () => {
  it("the list of lists by a pinned signer, the country's by whom the list of lists names", () => {
    const allowed = signersOf(authenticList(lotl(), pinned), "DK");
    expect([...allowed]).toEqual([sha256(denmark.certificate)]);
    expect(authenticList(list(), allowed)).toContain("Eksempel Udstedende CA 1");
  });

  const forged: readonly [string, () => string][] = [
    ["unsigned", () => nationalListXml("DK", [authority])],
    ["signed by another", () => signedXml(nationalListXml("DK", [authority]), signer("Mallory"))],
    ["changed after signing", () => list().replace("Udstedende CA 1", "Udstedende CA 2")],
    [
      "signed over a part of it only",
      () => signedXml(nationalListXml("DK", [authority]), denmark, "//*[local-name(.)='SchemeInformation']"),
    ],
    ["signed with SHA-1", () => signedXml(nationalListXml("DK", [authority]), denmark, "/*", "sha1")],
    [
      "whose signature was taken from elsewhere",
      () =>
        nationalListXml("DK", [authority]).replace(
          "</TrustServiceStatusList>",
          `${/<ds:Signature[\s\S]*<\/ds:Signature>/.exec(lotl())?.[0]}</TrustServiceStatusList>`,
        ),
    ],
    ["that is nothing", () => ""],
  ];
  it.each(forged)("not one that is %s", (_name, make) => {
    expect(() =>
      authenticList(make(), new Set([sha256(denmark.certificate), sha256(union.certificate)])),
    ).toThrow(ListNotAuthentic);
  });

  it("and what stands around the signed part is not read", () => {
    const wrapped = list().replace('Id="list"', 'Id="list" evil="1"');
    expect(() => authenticList(wrapped, new Set([sha256(denmark.certificate)]))).toThrow(ListNotAuthentic);
  });
});

describe("What a list says becomes reviewed lines of our own", () => {
  const lines = (...services: ListedService[]) => anchorLines(nationalListXml("DK", services), REVIEW);

  it("an authority in good standing since its first supervision", () => {
    const statuses = [
      ["granted", "2016-07-01"],
      ["undersupervision", "2012-03-04"],
    ] as const;
    expect(lines({ ...authority, statuses })).toEqual([
      {
        name: "Eksempel Udstedende CA 1",
        sha256: sha256(intermediate.certificate),
        certificate: intermediate.certificate.toString("base64"),
        uses: ["signature"],
        source: "EU trusted list DK, number 17",
        reviewed: REVIEW,
        trustedFrom: "2012-03-04",
      },
    ]);
  });

  it("one that was withdrawn is trusted until that day", () => {
    const statuses = [
      ["withdrawn", "2024-05-06"],
      ["granted", "2016-07-01"],
    ] as const;
    expect(lines({ ...authority, statuses })).toMatchObject([
      { trustedFrom: "2016-07-01", trustedUntil: "2024-05-06" },
    ]);
  });

  it("an authority of time stamps times only", () => {
    const stamps: ListedService = {
      ...authority,
      type: "TSA/QTST",
      certificate: timeStampAuthority.certificate,
    };
    expect(lines(authority, stamps).map(({ uses }) => uses)).toEqual([["signature"], ["time-stamp"]]);
  });

  it("one certificate with both services is one line", () => {
    expect(lines(authority, { ...authority, type: "TSA/QTST" })).toMatchObject([
      { uses: ["signature", "time-stamp"] },
    ]);
  });

  it.each<[string, Partial<ListedService>]>([
    ["was never in good standing", { statuses: [["withdrawn", "2024-05-06"]] }],
    ["issues for web sites only", { purpose: "ForWebSiteAuthentication" }],
    ["offers something else", { type: "CA/PKC" }],
  ])("nobody who %s", (_name, wish) => {
    expect(lines({ ...authority, ...wish })).toEqual([]);
  });
});

describe("The command", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "trusted-list-"));
    writeFileSync(join(folder, "lotl.xml"), lotl());
    writeFileSync(join(folder, "dk.xml"), list());
    writeFileSync(join(folder, "signers.json"), JSON.stringify([...pinned]));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const other = {
    name: "Rod",
    sha256: sha256(root.certificate),
    certificate: root.certificate.toString("base64"),
    uses: ["signature"],
    source: "by hand",
    reviewed: REVIEW,
  };
  const run = (listFile = "dk.xml") => {
    const file = (name: string) => join(folder, name);
    return [
      COMMAND,
      "--lotl",
      file("lotl.xml"),
      "--lotl-signers",
      file("signers.json"),
      "--list",
      file(listFile),
      "--territory",
      "DK",
      "--reviewed-by",
      REVIEW.by,
      "--on",
      REVIEW.on,
      "--into",
      file("anchors.json"),
    ];
  };

  it("adds the country's anchors beside those of other sources, and says what it did", () => {
    writeFileSync(join(folder, "anchors.json"), JSON.stringify({ anchors: [other], platformSeals: [] }));
    expect(execFileSync(process.execPath, run(), { encoding: "utf8" })).toMatch(
      /^added [0-9a-f]{16} signature 2016-07-01/,
    );
    expect(execFileSync(process.execPath, run(), { encoding: "utf8" })).toMatch(/^kept /);
    const { anchors } = readAnchorList(JSON.parse(readFileSync(join(folder, "anchors.json"), "utf8")));
    expect(anchors.map(({ sha256: pin }) => pin)).toEqual([
      sha256(root.certificate),
      sha256(intermediate.certificate),
    ]);
  });

  it("changes nothing when the list is forged, and explains itself when called wrongly", () => {
    writeFileSync(join(folder, "forged.xml"), nationalListXml("DK", [authority]));
    const refused = spawnSync(process.execPath, run("forged.xml"), { encoding: "utf8" });
    expect(refused).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("Refused: the list is not signed"),
    });
    expect(spawnSync(process.execPath, [COMMAND, "--list"], { encoding: "utf8" }).status).toBe(2);
  });
});
