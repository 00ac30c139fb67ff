import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Worker } from "node:worker_threads";
import { inflateSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { plainPdf } from "../../../local/rehearsal/pdfs/plain-pdf.ts";
import { PdfJudge, unread } from "../../../shared/adapters/pdf/pdf-judge.ts";
import { harmless } from "../../pdf-evidence/hostile-files.ts";
import { wholeReading } from "../../support/pdfs/whole-reading.ts";

const now = Date.UTC(2026, 8, 1);
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "pdf-judge-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** A judge whose worker does what the script says, in place of judging. */
async function judgeWith(script: string, timeLimitMs = 400): Promise<PdfJudge> {
  const entry = join(folder, `${Math.abs(hash(script))}.mjs`);
  await writeFile(entry, `import { parentPort } from "node:worker_threads";\n${script}`);
  const judge = new PdfJudge({ workerEntry: pathToFileURL(entry), timeLimitMs });
  onTestFinished(() => judge.close());
  return judge;
}

/** What a worker of the tests answers in place of judging. */
const { judgement: unsigned } = unread(1, "FILE_EMPTY");

function hash(text: string): number {
  return [...text].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) | 0, 7);
}

describe("What a good file gives", () => {
  const judge = new PdfJudge();
  afterAll(() => judge.close());

  test("its text, to the letter, with the Danish ones", async () => {
    const pdf = plainPdf({ pages: [["Aftale", "Blåbærgrød på Ærø – CVR 55133018"], ["Bilag"]] });
    const { facts } = await wholeReading(pdf);
    expect(facts.text).toContain("Blåbærgrød på Ærø – CVR 55133018");
    expect(facts).toMatchObject({ pages: 2, pagesWithoutText: 0, bytes: pdf.length, observations: [] });
  });

  test("its first page as a picture that isn't blank", async () => {
    const { firstPage } = await judge.judge(harmless(), { now });
    const png = Buffer.from((await firstPage) ?? []);
    expect(png.subarray(0, 8).toString("hex")).toBe("89504e470d0a1a0a");
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1000, 1415]);
    const data = png.subarray(png.indexOf("IDAT") + 4, png.indexOf("IEND") - 8);
    const rows = inflateSync(data);
    expect(rows.length).toBe(1415 * (1 + 1000 * 3));
    expect(rows.some((byte, index) => index % 3001 !== 0 && byte !== 0 && byte !== 255)).toBe(true);
  });

  test("no picture where nobody asked for one", async () => {
    const withoutPictures = new PdfJudge({ drawsFirstPage: false });
    onTestFinished(() => withoutPictures.close());
    const { judgement, firstPage } = await withoutPictures.judge(harmless(), { now });
    expect(judgement.findings.map(({ code }) => code)).toEqual(["UNSIGNED"]);
    expect(await firstPage).toBeUndefined();
  });

  test("a page without a letter counts as one without text", async () => {
    const { facts } = await wholeReading(plainPdf({ pages: [["Tekst"], []] }));
    expect(facts).toMatchObject({ pages: 2, pagesWithoutText: 1 });
  });

  test("many files asked for at once are each answered", async () => {
    const pages = [1, 2, 3, 4];
    const asked = pages.map((count) => plainPdf({ pages: Array.from({ length: count }, () => ["Tekst"]) }));
    const judged = await Promise.all(asked.map((pdf) => judge.judge(pdf, { now })));
    expect(judged.map(({ judgement }) => judgement.pages)).toEqual(pages);
    const pictures = await Promise.all(judged.map(({ firstPage }) => firstPage));
    expect(pictures.every((png) => png !== undefined)).toBe(true);
  });
});

describe("What becomes of a file that breaks its judge", () => {
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
      const judge = await judgeWith(script, timeLimitMs);
      for (let file = 0; file < files; file++) {
        const { judgement, firstPage } = await judge.judge(harmless(), { now });
        expect(judgement.findings).toMatchObject([{ code: "COULD_NOT_BE_READ_SAFELY", detail: why }]);
        expect(judgement.verdict).toBe("REJECTED");
        expect(await firstPage).toBeUndefined();
      }
    },
  );

  test.each([
    { name: "never ends", act: "for (;;);" },
    { name: "ends the worker", act: "process.exit(3);" },
    { name: "throws where nobody catches", act: 'throw new Error("x");' },
    { name: "fails", act: 'parentPort.postMessage({ kind: "failed", reason: "RangeError" });' },
  ])(
    "a drawing that $name costs the picture, not the judgement, and the next file is read",
    async ({ act }) => {
      const said = JSON.stringify({ kind: "judged", judgement: unsigned, pictureFollows: true });
      const judge = await judgeWith(
        `parentPort.on("message", () => { parentPort.postMessage(${said}); setTimeout(() => { ${act} }, 1); });`,
      );
      for (let file = 0; file < 2; file++) {
        const { judgement, firstPage } = await judge.judge(harmless(), { now });
        expect(judgement).toEqual(unsigned);
        expect(await firstPage).toBeUndefined();
      }
    },
  );

  test("a worker that ends between two files is replaced", async () => {
    const said = JSON.stringify({ kind: "judged", judgement: unsigned, pictureFollows: false });
    const judge = await judgeWith(
      `parentPort.on("message", () => { parentPort.postMessage(${said}); parentPort.close(); });`,
      60_000,
    );
    const started = once(process, "worker");
    expect((await judge.judge(harmless(), { now })).judgement).toEqual(unsigned);
    const [worker]: Worker[] = await started;
    if (worker === undefined) throw new Error("no worker was started");
    await once(worker, "exit");
    expect((await judge.judge(harmless(), { now })).judgement).toEqual(unsigned);
  });

  test("one that can't be stopped at once is not waited for", async () => {
    const script =
      'import { execFileSync } from "node:child_process";' +
      'parentPort.on("message", () => execFileSync(process.execPath, ["-e", "setTimeout(() => 0, 5000)"]));';
    const judge = await judgeWith(script, 100);
    const started = performance.now();
    const { judgement } = await judge.judge(harmless(), { now });
    expect(judgement.findings).toMatchObject([{ code: "COULD_NOT_BE_READ_SAFELY", detail: "time" }]);
    expect(performance.now() - started).toBeLessThan(3_000);
  });

  test("bytes in shared memory are judged where they lie", async () => {
    const pdf = harmless();
    const shared = new Uint8Array(new SharedArrayBuffer(pdf.length));
    shared.set(pdf);
    const judge = new PdfJudge();
    onTestFinished(() => judge.close());
    const { judgement, firstPage } = await judge.judge(shared, { now });
    expect(judgement).toEqual((await judge.judge(pdf, { now })).judgement);
    expect(judgement.findings.map(({ code }) => code)).toEqual(["UNSIGNED"]);
    expect(await firstPage).toBeDefined();
  });

  test("the worker sees nothing of our environment", async () => {
    const script =
      'parentPort.on("message", () => parentPort.postMessage({ kind: "failed", reason: JSON.stringify(process.env) }));';
    const { judgement } = await (await judgeWith(script)).judge(harmless(), { now });
    expect(judgement.findings[0]?.detail).toBe("{}");
  });
});
