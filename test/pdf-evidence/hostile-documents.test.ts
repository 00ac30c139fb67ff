import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PdfJudge } from "../../shared/adapters/pdf/pdf-judge.ts";
import type { Expected } from "../../shared/domain/judgement/rule.ts";
import * as active from "./active-files.ts";
import * as bombs from "./bombs.ts";
import * as broken from "./broken-files.ts";
import * as hostile from "./hostile-files.ts";
import { textFloods } from "./text-floods.ts";

const now = Date.UTC(2026, 8, 1);
/** What the issue allows: refused within 2 s and 512 MB. */
const allowedMs = 2_000;
const allowedBytes = 512 * 1024 * 1024;

let judge: PdfJudge;
beforeAll(async () => {
  judge = new PdfJudge();
  await judge.judge(hostile.harmless(), { now });
});
afterAll(() => judge.close());

/** Judged and, where it comes to that, drawn: what the picture costs counts as well. */
async function judged(bytes: Uint8Array, expected: Expected = {}) {
  const { judgement, firstPage } = await judge.judge(bytes, { ...expected, now });
  await firstPage;
  return judgement;
}

/**
 * Reads and measures: processor time of all threads, for the wall clock also counts who else is on the machine,
 * and the most memory the process grew by meanwhile.
 */
async function measured(bytes: Uint8Array, expected: Expected = {}) {
  const before = process.memoryUsage.rss();
  let peak = before;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 5);
  const started = process.cpuUsage();
  const judgement = await judged(bytes, expected);
  const { user, system } = process.cpuUsage(started);
  clearInterval(watch);
  return { judgement, ms: (user + system) / 1000, grownBy: peak - before };
}

test("the file the hostile ones are made from is harmless", async () => {
  const judgement = await judged(hostile.harmless());
  expect(judgement.findings.map(({ code }) => code)).toEqual(["UNSIGNED"]);
});

describe.each([
  { what: "files cut off", files: broken.truncated },
  { what: "files that run in circles", files: broken.loops },
  { what: "files that are also something else", files: active.polyglots },
  { what: "encrypted files", files: broken.encrypted },
])("$what are rejected with the reason", ({ files }) => {
  test.each(files)("$name", async ({ make, code }) => {
    const judgement = await judged(make());
    expect(judgement.verdict).toBe("REJECTED");
    expect(judgement.findings.map((finding) => finding.code)).toContain(code);
  });
});

describe.each([
  { what: "flate bombs", files: bombs.flateBombs },
  { what: "pixel floods", files: bombs.pixelFloods },
  { what: "too many objects", files: bombs.crowds },
  { what: "too deep nesting", files: bombs.depths },
])("$what are refused within 2 s and 512 MB", ({ files }) => {
  test.each(files)("$name", async ({ make, code }) => {
    const { judgement, ms, grownBy } = await measured(make());
    expect(judgement.verdict).toBe("REJECTED");
    expect(judgement.findings.map((finding) => finding.code)).toContain(code);
    expect(ms).toBeLessThan(allowedMs);
    expect(grownBy).toBeLessThan(allowedBytes);
  });
});

describe("whatever does more than show pages is said", () => {
  test.each(active.active)("$name", async ({ make, code }) => {
    const judgement = await judged(make());
    expect(judgement.findings.map((finding) => finding.code)).toContain(code);
    expect(judgement.verdict).not.toBe("PASSED");
  });

  test("a link and a jump to a page are nothing special", async () => {
    const { findings } = await judged(hostile.harmlessLinks());
    expect(findings.map(({ code }) => code)).toEqual(["UNSIGNED"]);
  });
});

describe("an object defined where no table leads is shown to a person", () => {
  test.each(broken.shadowed)("$name", async ({ make, code }) => {
    const judgement = await judged(make());
    expect(judgement.findings.map((finding) => finding.code)).toContain(code);
    expect(judgement.verdict).toBe("NEEDS_HUMAN");
  });
});

describe("what broke other readers is read and judged, and does nothing", () => {
  test.each(active.exploits)("$name", async ({ make }) => {
    const judgement = await judged(make());
    expect(judgement.verdict).not.toBe("PASSED");
    expect((await judged(hostile.harmless())).findings.map(({ code }) => code)).toEqual(["UNSIGNED"]);
  });
});

describe("a text that costs more than its length is judged all the same, within 2 s", () => {
  test.each(textFloods)("$name", async ({ make }) => {
    const { judgement, ms } = await measured(make(), { kind: "member", cvr: "25313763" });
    expect(judgement.verdict).toBe("NEEDS_HUMAN");
    expect(judgement.findings.map(({ code }) => code)).toContain("AGREEMENT_NOT_RECOGNISED");
    expect(ms).toBeLessThan(allowedMs);
  });
});

describe("what is no PDF at all", () => {
  test.each([
    { name: "an empty file", bytes: Buffer.alloc(0), code: "FILE_EMPTY" },
    { name: "a picture by another name", bytes: Buffer.from("89504e470d0a1a0a", "hex"), code: "NOT_A_PDF" },
    { name: "25 MB and one byte", bytes: Buffer.alloc(26_214_401, "%PDF-"), code: "FILE_TOO_LARGE" },
    {
      name: "a header and nothing else",
      bytes: Buffer.from("%PDF-1.7\n%%EOF\n"),
      code: "DAMAGED_BEYOND_REPAIR",
    },
    { name: "a table without objects", bytes: hostile.smallest(), code: "DAMAGED_BEYOND_REPAIR" },
  ])("$name is rejected", async ({ bytes, code }) => {
    const judgement = await judged(bytes);
    expect(judgement.verdict).toBe("REJECTED");
    expect(judgement.findings.map((finding) => finding.code)).toContain(code);
  });
});
