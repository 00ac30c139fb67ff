import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { inflateSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { plainPdf } from "../../../local/rehearsal/pdfs/plain-pdf.ts";
import { PdfReader } from "../../../shared/adapters/pdf/pdf-reader.ts";
import { judge } from "../../../shared/domain/judgement/judge.ts";
import { harmless } from "../../pdf-evidence/hostile-files.ts";

const now = Date.UTC(2026, 8, 1);
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "pdf-reader-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** A reader whose worker does what the script says, in place of reading. */
async function readerWith(script: string, timeLimitMs = 400): Promise<PdfReader> {
  const entry = join(folder, `${Math.abs(hash(script))}.mjs`);
  await writeFile(entry, `import { parentPort } from "node:worker_threads";\n${script}`);
  const reader = new PdfReader({ workerEntry: pathToFileURL(entry), timeLimitMs });
  onTestFinished(() => reader.close());
  return reader;
}

function hash(text: string): number {
  return [...text].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) | 0, 7);
}

describe("What a good file gives", () => {
  const reader = new PdfReader();
  afterAll(() => reader.close());

  test("its text, to the letter, with the Danish ones", async () => {
    const pdf = plainPdf({ pages: [["Aftale", "Blåbærgrød på Ærø – CVR 55133018"], ["Bilag"]] });
    const { facts } = await reader.read(pdf, { now });
    expect(facts.text).toContain("Blåbærgrød på Ærø – CVR 55133018");
    expect(facts).toMatchObject({ pages: 2, pagesWithoutText: 0, bytes: pdf.length, observations: [] });
  });

  test("its first page as a picture that isn't blank", async () => {
    const { firstPagePng } = await reader.read(harmless(), { now });
    const png = Buffer.from(firstPagePng ?? []);
    expect(png.subarray(0, 8).toString("hex")).toBe("89504e470d0a1a0a");
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1000, 1415]);
    const data = png.subarray(png.indexOf("IDAT") + 4, png.indexOf("IEND") - 8);
    const rows = inflateSync(data);
    expect(rows.length).toBe(1415 * (1 + 1000 * 3));
    expect(rows.some((byte, index) => index % 3001 !== 0 && byte !== 0 && byte !== 255)).toBe(true);
  });

  test("a page without a letter counts as one without text", async () => {
    const { facts } = await reader.read(plainPdf({ pages: [["Tekst"], []] }), { now });
    expect(facts).toMatchObject({ pages: 2, pagesWithoutText: 1 });
  });

  test("many files asked for at once are each answered", async () => {
    const texts = ["et", "to", "tre", "fire"];
    const read = await Promise.all(texts.map((text) => reader.read(plainPdf({ pages: [[text]] }), { now })));
    expect(read.map(({ facts }) => facts.text.trim())).toEqual(texts);
  });
});

describe("What becomes of a file that breaks its reader", () => {
  test.each([
    { name: "it never ends", script: 'parentPort.on("message", () => { for (;;); });', why: "time" },
    {
      name: "it eats the memory",
      script: 'parentPort.on("message", () => { const all = []; for (;;) all.push({ a: [all.length] }); });',
      why: "memory",
      timeLimitMs: 60_000,
      files: 1,
    },
    { name: "it ends the worker", script: 'parentPort.on("message", () => process.exit(3));', why: "crash" },
    {
      name: "it throws where nobody catches",
      script: 'parentPort.on("message", () => { throw new Error("x"); });',
      why: "crash",
    },
    {
      name: "its reading fails",
      script:
        'parentPort.on("message", () => parentPort.postMessage({ kind: "failed", reason: "RangeError" }));',
      why: "RangeError",
    },
  ])(
    "$name: rejected, with the reason, and the next file is read",
    async ({ script, why, timeLimitMs, files = 2 }) => {
      const reader = await readerWith(script, timeLimitMs);
      for (let file = 0; file < files; file++) {
        const { facts, firstPagePng } = await reader.read(harmless(), { now });
        expect(facts.observations).toEqual([{ code: "COULD_NOT_BE_READ_SAFELY", detail: why }]);
        expect(judge(facts).verdict).toBe("REJECTED");
        expect(firstPagePng).toBeUndefined();
      }
    },
  );

  test("the worker sees nothing of our environment", async () => {
    const script =
      'parentPort.on("message", () => parentPort.postMessage({ kind: "failed", reason: JSON.stringify(process.env) }));';
    const { facts } = await (await readerWith(script)).read(harmless(), { now });
    expect(facts.observations[0]?.detail).toBe("{}");
  });
});
