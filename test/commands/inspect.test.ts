import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { signedAgreementPdf } from "../../local/rehearsal/pdfs/agreement-pdfs.ts";
import { testRootPem } from "../../local/rehearsal/pdfs/test-authority.ts";

const command = fileURLToPath(new URL("../../commands/inspect.ts", import.meta.url));
let folder: string;
let signed: string;
let anchors: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "inspect-"));
  signed = await file(
    "signed.pdf",
    signedAgreementPdf({
      kind: "member",
      organisationName: "Eksempel Kommune",
      cvr: "25313763",
      signerName: "Anne Ægidius",
    }),
  );
  anchors = await file("anchors.json", JSON.stringify([testRootPem()]));
});
afterAll(() => rm(folder, { recursive: true }));

async function file(name: string, content: string | Buffer): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

function inspect(...args: string[]): Promise<{ code: number; lines: unknown[]; complaint: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [command, ...args], (_, stdout, stderr) => {
      const lines = stdout.split("\n").filter((line) => line !== "");
      resolve({
        code: child.exitCode ?? -1,
        lines: lines.map((line) => JSON.parse(line)),
        complaint: stderr,
      });
    });
  });
}

describe("npm run -s inspect", () => {
  test("prints one line of JSON a file, in order, whatever the files are", async () => {
    const picture = await file("picture.pdf", Buffer.from("89504e470d0a1a0a", "hex"));
    const empty = await file("empty.pdf", "");
    const { code, lines, complaint } = await inspect(picture, signed, empty);
    expect(lines).toMatchObject([
      {
        file: picture,
        verdict: "REJECTED",
        light: "red",
        findings: [{ code: "NOT_A_PDF", severity: "reject" }],
      },
      { file: signed, verdict: "NEEDS_HUMAN", pages: 1, signatures: [{ indication: "INDETERMINATE" }] },
      { file: empty, verdict: "REJECTED", findings: [{ code: "FILE_EMPTY" }], bytes: 0, pages: 0 },
    ]);
    expect(lines).toHaveLength(3);
    expect({ code, complaint }).toEqual({ code: 0, complaint: "" });
  });

  test("judges by the anchors, the time and the CVR number it is given", async () => {
    const { lines } = await inspect(
      "--anchors",
      anchors,
      "--now",
      "2026-09-02T00:00:00Z",
      "--cvr",
      "25313763",
      "--kind",
      "member",
      signed,
    );
    expect(lines).toMatchObject([
      {
        signatures: [{ indication: "TOTAL_PASSED", coversWholeDocument: true, signer: { cvr: "25313763" } }],
        verdict: "PASSED",
        light: "green",
      },
    ]);
  });

  test("a certificate that is not valid yet by then does not pass", async () => {
    const { lines } = await inspect("--anchors", anchors, "--now", "2019-01-01", signed);
    expect(lines).toMatchObject([{ verdict: "NEEDS_HUMAN" }]);
  });

  test.each([
    { name: "no file", args: [] },
    { name: "a file that isn't there", args: ["/nowhere/at-all.pdf"] },
    { name: "a folder", args: [tmpdir()] },
    { name: "an unknown option", args: ["--colour", "x.pdf"] },
    { name: "an unknown kind", args: ["--kind", "guest", "x.pdf"] },
    { name: "a CVR number with a wrong check digit", args: ["--cvr", "41849984", "x.pdf"] },
    { name: "a time that is none", args: ["--now", "tomorrow", "x.pdf"] },
    { name: "anchors that are none", args: ["--anchors", command, "x.pdf"] },
  ])("$name is wrong use: 2, and how it is used", async ({ args }) => {
    const { code, lines, complaint } = await inspect(...args);
    expect(code).toBe(2);
    expect(lines).toEqual([]);
    expect(complaint).toContain("usage: npm run -s inspect");
  });
});
