import { PdfReader } from "../../shared/adapters/pdf/pdf-reader.ts";
import { judge } from "../../shared/domain/judgement/judge.ts";
import { bytesOf, corpus, corpusNow } from "../pdf-evidence/corpus.ts";
import type { Proof } from "./proof.ts";

/** Every real file through the whole reader, drawing included; none where the corpus is not beside us. */
export const drawnCorpus: Proof = {
  name: "corpus",
  cases: corpus.length,
  casesPerBatch: 40,
  runBatch: async ({ index, cases }) => {
    const reader = new PdfReader();
    const counts: Record<string, number> = {};
    const failures: string[] = [];
    for (const file of corpus.slice(index * 40, index * 40 + cases)) {
      const { facts } = await reader.read(bytesOf(file), { now: corpusNow });
      const { verdict } = judge(facts);
      counts[verdict] = (counts[verdict] ?? 0) + 1;
      const broke = facts.observations.some(
        ({ code, detail }) => code === "COULD_NOT_BE_READ_SAFELY" && detail !== "drawing",
      );
      if (broke) failures.push(`${file.name} broke the reader`);
      const forged = file.label === "invalid" || file.label === "modified";
      if (forged && verdict === "PASSED") failures.push(`${file.name} passed`);
    }
    await reader.close();
    return { counts, failures };
  },
};
