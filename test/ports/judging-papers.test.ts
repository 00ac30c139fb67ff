import { describe, expect, it } from "vitest";
import { S3JudgingPapers } from "../../shared/adapters/aws/judging-papers.ts";
import type { CaseId } from "../../shared/domain/owner.ts";
import type { Judged, JudgingPapers, Question } from "../../shared/ports/judging-papers.ts";
import { runS3 } from "../embedded-aws/s3/running-s3.ts";
import { anOpening } from "../support/builders/an-application.ts";
import { MemoryJudgingPapers } from "../support/fakes/memory-judging-papers.ts";

const caseId = "case-1" as CaseId;
const question: Question = { cvr: anOpening().case.cvr, kind: "member", bytes: 17 };
const judged: Judged = {
  judgement: { verdict: "PASSED", light: "green", findings: [], signatures: [], pages: 1, bytes: 17 },
  pageImageKey: "pages/case-1/v1.png",
};

const inS3 = async () => {
  const { client } = await runS3();
  return { client, papers: new S3JudgingPapers({ client, incomingBucket: "incoming" }) };
};
const worlds: [string, () => Promise<JudgingPapers>][] = [
  ["in memory", async () => new MemoryJudgingPapers()],
  ["S3", async () => (await inS3()).papers],
];

describe.each(worlds)("The judge's papers (%s)", (_where, start) => {
  it("keep what is asked and what is answered about one version, and nothing of another", async () => {
    const papers = await start();
    await papers.ask(caseId, "v1", question);
    expect(await papers.question(caseId, "v1")).toEqual(question);
    expect(await papers.question(caseId, "v2")).toBeUndefined();
    expect(await papers.answered(caseId, "v1")).toBeUndefined();
    await papers.answer(caseId, "v1", judged);
    expect(await papers.answered(caseId, "v1")).toEqual(judged);
    expect(await papers.answered("case-2" as CaseId, "v1")).toBeUndefined();
  });
});

describe("An answer that is none of ours", () => {
  it.each<[string, unknown]>([
    ["names another case's picture", { ...judged, pageImageKey: "uploads/case-2.pdf" }],
    ["has a verdict that there is none of", { judgement: { ...judged.judgement, verdict: "ADMITTED" } }],
    [
      "says more than a judgement holds",
      { judgement: { ...judged.judgement, findings: Array(5_000).fill({}) } },
    ],
  ])("and %s is not kept", async (_what, paper) => {
    const { papers } = await inS3();
    await papers.answer(caseId, "v1", paper as Judged);
    await expect(papers.answered(caseId, "v1")).rejects.toThrow();
  });
});
