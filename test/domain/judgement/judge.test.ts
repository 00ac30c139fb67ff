import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { DocumentFacts } from "../../../pdf-evidence/document-facts.ts";
import { refusals } from "../../../pdf-evidence/observation-codes.ts";
import {
  agreementFindings,
  documentFindings,
  type FindingCode,
  findingRules,
  signaturePlaceFindings,
  signingFindings,
} from "../../../shared/domain/judgement/finding-codes.ts";
import { judge, rules } from "../../../shared/domain/judgement/judge.ts";
import { judgementSchema } from "../../../shared/domain/judgement/judgement.ts";
import type { Expected, Rule } from "../../../shared/domain/judgement/rule.ts";
import * as agreementRules from "../../../shared/domain/judgement/rules/agreement-rules.ts";
import * as documentRules from "../../../shared/domain/judgement/rules/document-rules.ts";
import * as signingRules from "../../../shared/domain/judgement/rules/signing-rules.ts";
import { memberAgreements } from "../../../shared/domain/judgement/templates/member-agreement.ts";
import { currentTemplate } from "../../../shared/domain/judgement/templates/recognise-agreement.ts";
import { aDocument, aSignature } from "./facts-builder.ts";

const clauses = (texts: readonly { text: string }[]) => texts.map((clause) => clause.text).join("\n");
const memberText = clauses(currentTemplate("member", "da")?.clauses ?? []);
const partnerText = clauses(currentTemplate("partner", "en")?.clauses ?? []);
const oldMember = memberAgreements.find((template) => template.version === "2023-01-01");

interface Case {
  name: string;
  facts: DocumentFacts;
  expected?: Expected;
  code: FindingCode;
  verdict: "PASSED" | "NEEDS_HUMAN" | "REJECTED";
  light: "green" | "yellow" | "red";
}

const unsignedCases: Case[] = [
  {
    name: "a file the reader could not open is rejected",
    facts: aDocument({ pages: 0, observations: [{ code: "ENCRYPTED" }] }),
    code: "ENCRYPTED",
    verdict: "REJECTED",
    light: "red",
  },
  {
    name: "a document without a page is rejected",
    facts: aDocument({ pages: 0 }),
    code: "NO_PAGES",
    verdict: "REJECTED",
    light: "red",
  },
  {
    name: "a scan is said to be a scan",
    facts: aDocument({ text: "", pagesWithoutText: 1 }),
    code: "NO_TEXT",
    verdict: "NEEDS_HUMAN",
    light: "yellow",
  },
  {
    name: "an unsigned document goes to a person",
    facts: aDocument(),
    code: "UNSIGNED",
    verdict: "NEEDS_HUMAN",
    light: "yellow",
  },
  {
    name: "a time-stamp alone is no signature",
    facts: aDocument({ signatures: [aSignature({ kind: "document-time-stamp" })] }),
    code: "UNSIGNED",
    verdict: "NEEDS_HUMAN",
    light: "yellow",
  },
  {
    name: "an empty signature field is mentioned",
    facts: aDocument({ emptySignatureFields: ["Formand"] }),
    code: "EMPTY_SIGNATURE_FIELD",
    verdict: "NEEDS_HUMAN",
    light: "yellow",
  },
];

const signedCases: Case[] = [
  {
    name: "a document whose only signature holds passes",
    facts: aDocument({ signatures: [aSignature()] }),
    code: "ALL_SIGNATURES_VALID",
    verdict: "PASSED",
    light: "green",
  },
  {
    name: "one failed signature of two makes it red, for a person",
    facts: aDocument({ signatures: [aSignature(), aSignature({ indication: "TOTAL_FAILED" })] }),
    code: "SIGNATURE_FAILED",
    verdict: "NEEDS_HUMAN",
    light: "red",
  },
  {
    name: "a signature nobody vouches for is yellow",
    facts: aDocument({
      signatures: [aSignature({ indication: "INDETERMINATE", findings: ["CERTIFICATE_UNTRUSTED"] })],
    }),
    code: "SIGNATURE_UNDETERMINED",
    verdict: "NEEDS_HUMAN",
    light: "yellow",
  },
  {
    name: "annotations added after signing make it red although the signature itself may hold",
    facts: aDocument({
      signatures: [aSignature({ indication: "INDETERMINATE", findings: ["ANNOTATED_AFTER_SIGNING"] })],
    }),
    code: "CHANGED_AFTER_SIGNING",
    verdict: "NEEDS_HUMAN",
    light: "red",
  },
  {
    name: "a platform's seal is not a person's signature",
    facts: aDocument({ signatures: [aSignature({ platform: "Penneo" })] }),
    code: "SEALED_BY_PLATFORM_ONLY",
    verdict: "NEEDS_HUMAN",
    light: "yellow",
  },
];

const signer = { commonName: "Aarhus Kommune", issuer: "Test CA", certificateSha256: "ab".repeat(32) };
const agreementCases: Case[] = [
  {
    name: "the signer's certificate names another organisation than the application",
    facts: aDocument({ signatures: [aSignature({ signer: { ...signer, cvr: "55133018" } })] }),
    expected: { cvr: "25313763" },
    code: "SIGNER_CVR_DIFFERS",
    verdict: "NEEDS_HUMAN",
    light: "yellow",
  },
  {
    name: "the signer's certificate names the applicant",
    facts: aDocument({
      text: "CVR 55 13 30 18",
      signatures: [aSignature({ signer: { ...signer, cvr: "55133018" } })],
    }),
    expected: { cvr: "55133018" },
    code: "SIGNER_CVR_MATCHES",
    verdict: "PASSED",
    light: "green",
  },
  {
    name: "the text names the applicant's CVR number",
    facts: aDocument({ text: "CVR-nr. 25 31 37 63", signatures: [aSignature()] }),
    expected: { cvr: "25313763" },
    code: "CVR_IN_TEXT",
    verdict: "PASSED",
    light: "green",
  },
  {
    name: "a CVR number set with spaces that do not break is the same number",
    facts: aDocument({ text: "Myndighed: CVR 25\u00a031\u00a037\u00a063", signatures: [aSignature()] }),
    expected: { cvr: "25313763" },
    code: "CVR_IN_TEXT",
    verdict: "PASSED",
    light: "green",
  },
  ...[
    "25-31-37-63",
    "25.31.37.63",
    "25 313 763",
    "DK-25313763",
    "25–31–37–63",
    "25 - 31 - 37 - 63",
    "25\n313763",
  ].map(
    (written): Case => ({
      name: `a CVR number written ${JSON.stringify(written)} is the same number`,
      facts: aDocument({ text: `CVR-nr.: ${written}, Østergade 2`, signatures: [aSignature()] }),
      expected: { cvr: "25313763" },
      code: "CVR_IN_TEXT",
      verdict: "PASSED",
      light: "green",
    }),
  ),
  ...["1 25 31 37 63", "25-31-37-63-1", "25    31 37 63"].map(
    (written): Case => ({
      name: `${JSON.stringify(written)} is another number`,
      facts: aDocument({ text: `Konto ${written}`.replace("1 25", "125"), signatures: [aSignature()] }),
      expected: { cvr: "25313763" },
      code: "CVR_NOT_IN_TEXT",
      verdict: "NEEDS_HUMAN",
      light: "yellow",
    }),
  ),
  {
    name: "another's number is read as the register writes it",
    facts: aDocument({ text: "CVR-nr.: 12-34-56-74", signatures: [aSignature()] }),
    expected: { cvr: "25313763" },
    code: "OTHER_CVR_IN_TEXT",
    verdict: "NEEDS_HUMAN",
    light: "yellow",
  },
  {
    name: "the text has no CVR number",
    facts: aDocument({ text: "Uden nummer", signatures: [aSignature()] }),
    expected: { cvr: "25313763" },
    code: "CVR_NOT_IN_TEXT",
    verdict: "NEEDS_HUMAN",
    light: "yellow",
  },
  {
    name: "OS2's own CVR number is not somebody else's",
    facts: aDocument({ text: "OS2, CVR 55133018", signatures: [aSignature()] }),
    expected: { cvr: "25313763" },
    code: "CVR_NOT_IN_TEXT",
    verdict: "NEEDS_HUMAN",
    light: "yellow",
  },
  {
    name: "the text names only another CVR number",
    facts: aDocument({ text: "CVR-nr.: 12345674", signatures: [aSignature()] }),
    expected: { cvr: "25313763" },
    code: "OTHER_CVR_IN_TEXT",
    verdict: "NEEDS_HUMAN",
    light: "yellow",
  },
  {
    name: "a scan can't be compared with the application",
    facts: aDocument({ text: " ", pagesWithoutText: 1 }),
    expected: { cvr: "25313763" },
    code: "TEXT_COULD_NOT_BE_CHECKED",
    verdict: "NEEDS_HUMAN",
    light: "yellow",
  },
  {
    name: "the current member agreement is recognised although its lines are broken elsewhere",
    facts: aDocument({ text: memberText.replaceAll(" ", "\n"), signatures: [aSignature()] }),
    expected: { kind: "member" },
    code: "AGREEMENT_RECOGNISED",
    verdict: "PASSED",
    light: "green",
  },
  {
    name: "a partner agreement sent as a member's is named as such",
    facts: aDocument({ text: partnerText, signatures: [aSignature()] }),
    expected: { kind: "member" },
    code: "AGREEMENT_WRONG_KIND",
    verdict: "NEEDS_HUMAN",
    light: "yellow",
  },
  {
    name: "last version's paper is flagged",
    facts: aDocument({ text: clauses(oldMember?.clauses ?? []), signatures: [aSignature()] }),
    expected: { kind: "member" },
    code: "AGREEMENT_VERSION_OLD",
    verdict: "NEEDS_HUMAN",
    light: "yellow",
  },
  {
    name: "a clause that was edited counts as missing",
    facts: aDocument({ text: memberText.replace("én stemme", "to stemmer"), signatures: [aSignature()] }),
    expected: { kind: "member" },
    code: "AGREEMENT_CLAUSES_MISSING",
    verdict: "NEEDS_HUMAN",
    light: "yellow",
  },
  {
    name: "any other paper is not recognised, whatever its title",
    facts: aDocument({ text: "Medlemsaftale mellem OS2 og kommunen", signatures: [aSignature()] }),
    expected: { kind: "member" },
    code: "AGREEMENT_NOT_RECOGNISED",
    verdict: "NEEDS_HUMAN",
    light: "yellow",
  },
];

describe("what is said of a document", () => {
  test.each([...unsignedCases, ...signedCases, ...agreementCases])("$name", (example) => {
    const judgement = judge(example.facts, example.expected);
    expect(judgement.findings.map((finding) => finding.code)).toContain(example.code);
    expect(judgement).toMatchObject({ verdict: example.verdict, light: example.light });
    expect(judgementSchema.parse(judgement)).toEqual(judgement);
  });

  test("every rule there is gets asked", () => {
    const written = [documentRules, signingRules, agreementRules].flatMap((file) =>
      Object.entries<Rule>(file),
    );
    const forgotten = written.filter(([, rule]) => !rules.includes(rule)).map(([name]) => name);
    expect(forgotten).toEqual([]);
    expect(rules.length).toBe(written.length);
  });

  test("every code about signing and about the agreement is said of some document above", () => {
    const said = new Set(
      [...unsignedCases, ...signedCases, ...agreementCases].flatMap(({ facts, expected }) =>
        judge(facts, expected).findings.map(({ code }) => code),
      ),
    );
    const codes = [...Object.keys(signingFindings), ...Object.keys(agreementFindings)];
    expect(codes.filter((code) => !said.has(code as FindingCode))).toEqual([]);
  });

  test("without anything stated, nothing is compared", () => {
    const judgement = judge(aDocument({ text: "CVR 12345674", signatures: [aSignature()] }));
    expect(judgement.verdict).toBe("PASSED");
  });

  test.each(Object.entries(documentFindings))(
    "the reader's %s decides by its severity alone",
    (code, rule) => {
      const seen = Object.keys(documentFindings).find((known) => known === code);
      const observations = [{ code: seen as keyof typeof documentFindings }];
      const { verdict } = judge(aDocument({ observations, signatures: [aSignature()] }));
      expect(verdict).toBe(
        { reject: "REJECTED", "needs-human": "NEEDS_HUMAN", info: "PASSED" }[rule.severity],
      );
    },
  );

  test("what the reader will not read on is what we reject, and nothing else", () => {
    const rejected = Object.entries(findingRules).filter(([, { severity }]) => severity === "reject");
    expect(rejected.map(([code]) => code).sort()).toEqual([...refusals].sort());
  });

  test("no finding about a signature ever rejects a file: that is for a person", () => {
    for (const [code, rule] of Object.entries(findingRules)) {
      if (Object.hasOwn(signaturePlaceFindings, code)) expect(rule.severity).not.toBe("reject");
    }
  });

  test("whatever the file holds, the judgement stays small and storable", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 3000 }), fc.nat(200), (text, count) => {
        const signatures = Array.from({ length: count }, () =>
          aSignature({ field: text, changes: Array.from({ length: 99 }, () => text), claimedTime: 8.64e15 }),
        );
        const judgement = judge(aDocument({ text, signatures }), { cvr: "25313763", kind: "member" });
        expect(judgementSchema.parse(judgement)).toEqual(judgement);
        expect(Buffer.byteLength(JSON.stringify(judgement))).toBeLessThan(400_000);
      }),
      { numRuns: 30, seed: 4 },
    );
  });
});
