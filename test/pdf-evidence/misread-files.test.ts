import { describe, expect, test } from "vitest";
import { judgedFile } from "../support/pdfs/judged-file.ts";
import { boundBySigner, longerThanSigned } from "./misread-after-signing.ts";
import { beforeTheHeader } from "./misread-beginnings.ts";
import { dataInStreams, markup, nothingThere } from "./misread-objects.ts";

describe.each([
  ["What lies in a stream or a string is data, whatever it looks like", dataInStreams],
  ["Where nothing stands behind a key, nothing is found", nothingThere],
  ["White space before the header is read on, another file's beginning is not", beforeTheHeader],
  ["Markup inside an object makes no web page", markup],
  ["Whoever is told that a signature does not cover the whole file is told why", longerThanSigned],
  ["Whoever signs its own empty field may say this of it", boundBySigner],
] as const)("%s", (_, files) => {
  test.each(files.map((file) => [file.name, file] as const))(
    "%s",
    async (_name, { make, says = [], saysNot = [], verdicts }) => {
      const judgement = await judgedFile(make());
      const said = JSON.stringify(judgement, null, 1);
      const codes = [judgement, ...judgement.signatures].flatMap(({ findings }) =>
        findings.map(({ code }) => code as string),
      );
      expect(codes, said).toEqual(expect.arrayContaining([...says]));
      expect(
        codes.filter((code) => saysNot.includes(code)),
        said,
      ).toEqual([]);
      expect(verdicts, said).toContain(judgement.verdict);
    },
  );
});
