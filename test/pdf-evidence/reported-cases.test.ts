import { existsSync, readFileSync } from "node:fs";
import { afterAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { anchorsFromPem } from "../../pdf-evidence/trust/anchor-list.ts";
import { PdfJudge } from "../../shared/adapters/pdf/pdf-judge.ts";

const folder = new URL("../../../shared/corpus/cases/", import.meta.url);
const isThere = existsSync(new URL("expected.tsv", folder));

/** Later than every one of them was made, and their certificates began. */
const madeBefore = Date.UTC(2026, 11, 1);

interface Reported {
  readonly file: string;
  readonly cvr: string | undefined;
  readonly verdicts: readonly string[];
  readonly lights: readonly string[];
  readonly codes: readonly string[];
  readonly notCodes: readonly string[];
  readonly signatures: readonly string[];
}

/** Files that other systems' users reported as misjudged, with what is right; they lie beside the repository. */
function readReported(): Reported[] {
  const [, ...rows] = readFileSync(new URL("expected.tsv", folder), "utf8").trimEnd().split("\n");
  const list = (text: string, by: string) => text.split(by).filter((part) => part !== "");
  return rows.map((row) => {
    const [file = "", options = "", verdict = "", light = "", codes = "", notCodes = "", signatures = ""] =
      row.split("\t");
    return {
      file,
      cvr: /--cvr (\d+)/.exec(options)?.[1],
      verdicts: list(verdict, "|"),
      lights: list(light, "|"),
      codes: list(codes, ","),
      notCodes: list(notCodes, ","),
      signatures: list(signatures, ","),
    };
  });
}

const reported = isThere ? readReported() : [];

describe.skipIf(!isThere)(
  "What people reported (skipped where ../shared/corpus/cases is not beside us)",
  () => {
    const pems = isThere
      ? z.array(z.string()).parse(JSON.parse(readFileSync(new URL("anchors.json", folder), "utf8")))
      : [];
    const judge = new PdfJudge({
      anchors: { anchors: anchorsFromPem(pems, "the cases' own"), platformSeals: [] },
    });
    afterAll(() => judge.close());

    test.each(reported.map((one) => [one.file, one] as const))("%s", async (file, right) => {
      const bytes = readFileSync(new URL(file, folder));
      const { judgement } = await judge.judge(bytes, { now: madeBefore, cvr: right.cvr });
      const said = JSON.stringify(judgement, null, 1);
      const codes = [judgement, ...judgement.signatures].flatMap(({ findings }) =>
        findings.map(({ code }) => code),
      );
      if (right.verdicts.length > 0) expect(right.verdicts, said).toContain(judgement.verdict);
      if (right.lights.length > 0) expect(right.lights, said).toContain(judgement.light);
      expect(codes, said).toEqual(expect.arrayContaining([...right.codes]));
      expect(
        codes.filter((code) => right.notCodes.includes(code)),
        said,
      ).toEqual([]);
      if (right.signatures.length > 0)
        expect(
          judgement.signatures.map(({ indication }) => indication),
          said,
        ).toEqual(right.signatures);
    });
  },
);
