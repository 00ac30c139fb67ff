import { PdfJudge } from "../../shared/adapters/pdf/pdf-judge.ts";
import { bytesOf, corpus, corpusNow } from "../pdf-evidence/corpus.ts";
import type { Proof } from "./proof.ts";

/** Every real file through the whole judge, drawing included; none where the corpus is not beside us. */
export const drawnCorpus: Proof = {
  name: "corpus",
  cases: corpus.length,
  casesPerBatch: 40,
  runBatch: async ({ index, cases }) => {
    const judge = new PdfJudge();
    const counts: Record<string, number> = {};
    const failures: string[] = [];
    for (const file of corpus.slice(index * 40, index * 40 + cases)) {
      const { judgement, firstPage } = await judge.judge(bytesOf(file), { now: corpusNow });
      const { verdict, findings } = judgement;
      counts[verdict] = (counts[verdict] ?? 0) + 1;
      const broke = findings.some(
        ({ code, detail }) => code === "COULD_NOT_BE_READ_SAFELY" && detail !== "drawing",
      );
      if (broke) failures.push(`${file.name} broke the reader`);
      const png = await firstPage;
      if (verdict !== "REJECTED" && png === undefined) failures.push(`${file.name} could not be drawn`);
      const forged = file.label === "invalid" || file.label === "modified";
      if (forged && verdict === "PASSED") failures.push(`${file.name} passed`);
    }
    await judge.close();
    return { counts, failures };
  },
};
