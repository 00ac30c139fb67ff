import { afterAll, describe, expect, it } from "vitest";
import {
  changedAfterSigningPdf,
  scannedAgreementPdf,
  signedAgreementPdf,
} from "../../local/rehearsal/pdfs/agreement-pdfs.ts";
import { testAuthority } from "../../local/rehearsal/pdfs/test-authority.ts";
import { PdfJudge } from "../../shared/adapters/pdf/pdf-judge.ts";
import type { Judgement } from "../../shared/domain/judgement/judgement.ts";
import { decisionPage } from "../../shared/pages/decision-page.ts";
import type { Chrome } from "../../shared/pages/kit/shell.ts";
import { verdictOf } from "../../shared/words/verdict.ts";
import { monday, sender } from "../support/page-fixtures.ts";
import { trusting } from "../support/pdfs/signature-values.ts";
import { decisionView } from "./sample-views.ts";

const applicant = {
  kind: "member",
  organisationName: "Eksempelby Kommune",
  cvr: "12345674",
  signerName: "Anna Eksempel",
} as const;

const judge = new PdfJudge({ anchors: trusting([testAuthority().root.certificate]) });
afterAll(() => judge.close());

async function judged(pdf: Uint8Array): Promise<Judgement> {
  const { judgement } = await judge.judge(pdf, { cvr: applicant.cvr, kind: applicant.kind, now: monday });
  return judgement;
}

/** The page's heading, its light and its advice, as a secretary meets them. */
function atAGlance(judgement: Judgement, language: "da" | "en"): string {
  const chrome: Chrome = {
    language,
    path: "/",
    sender,
    assets: { stylesheet: "", icons: "", script: "", favicon: "", fonts: [] },
  };
  const page = decisionPage({ ...decisionView, judgement }, chrome);
  const box = /<section class="o-verdict o-verdict--(\w+)".*?<\/section>/s.exec(page);
  const text = (box?.[0] ?? "").replace(/<[^>]+>/g, " ").replace(/\s+/g, " ");
  return `${box?.[1]}:${text}`;
}

describe("whoever sees only the decision page knows which file it is", () => {
  it.each([
    [
      "a properly signed agreement",
      () => signedAgreementPdf(applicant),
      /^green:.*Underskriften er gyldig, og dokumentet er ikke ændret.*Anna Eksempel har skrevet under/,
      /^green:.*The signature is valid, and the document is unchanged/,
    ],
    [
      "a scan",
      () => scannedAgreementPdf(applicant),
      /^yellow:.*Det er en scanning uden digital underskrift/,
      /^yellow:.*This is a scan without a digital signature/,
    ],
    [
      "a file changed after signing",
      () => changedAfterSigningPdf(applicant),
      /^red:.*Ændret efter underskrift.*Send tilbage, og bed om den fil, der blev skrevet under/,
      /^red:.*Changed after signing/,
    ],
    [
      "a partner agreement sent as a member's",
      () => signedAgreementPdf({ ...applicant, kind: "partner" }),
      /^yellow:.*Det er en partneraftale, ikke den aftale, der er søgt om.*Send tilbage/,
      /^yellow:.*This is a partner agreement, not the agreement applied for/,
    ],
  ])("%s", async (_what, file, danish, english) => {
    const judgement = await judged(await file());
    expect(atAGlance(judgement, "da")).toMatch(danish);
    expect(atAGlance(judgement, "en")).toMatch(english);
    expect(verdictOf(judgement, "da").light).toBe(judgement.light);
  });
});
