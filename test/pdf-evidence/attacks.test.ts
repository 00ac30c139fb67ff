import type { Buffer } from "node:buffer";
import { describe, expect, it } from "vitest";
import { archivedAgreementPdf, signedAgreementPdf } from "../../local/rehearsal/pdfs/agreement-pdfs.ts";
import { withEntries } from "../../local/rehearsal/pdfs/pdf-dictionary.ts";
import { appendRevision, lastTrailer, objectBody } from "../../local/rehearsal/pdfs/pdf-writer.ts";
import { type Attack, changes, document, signatureObjectOf, signed } from "../support/pdfs/attacks/attack.ts";
import { ATTACKS } from "../support/pdfs/attacks/attack-catalogue.ts";
import { fileWithFields } from "../support/pdfs/attacks/field-locks.ts";
import { judgedFile, passes } from "../support/pdfs/judged-file.ts";

const AGREEMENT = {
  kind: "member",
  organisationName: "Ærø Kommune",
  cvr: "28856075",
  signerName: "Bjørn Åkjær",
} as const;

const byClass = Map.groupBy(ATTACKS, ({ kind }) => kind);

describe("What the attacks start from passes, so that each fails for what the attacker did", () => {
  const honest: readonly (readonly [string, () => Buffer])[] = [
    ["a signed file", () => signed()],
    ["an agreement signed and time-stamped", () => signedAgreementPdf(AGREEMENT)],
    ["an agreement as an archive keeps it", () => archivedAgreementPdf(AGREEMENT)],
    ["a file signed twice", () => signed(signed(), { fieldName: "Signature2" })],
    ["a file certified against every change", () => signed(document(), { certification: 1 })],
    [
      "a certified file that was signed after",
      () =>
        signed(signed(document(), { certification: 2 }), {
          fieldName: "Signature2",
          rectangle: [64, 96, 200, 130],
        }),
    ],
    ["a form whose fields are locked", () => signed(fileWithFields(), { fieldRule: { action: "All" } })],
  ];
  it.each(honest)("%s", async (_name, make) => {
    const judgement = await judgedFile(make());
    expect(judgement).toMatchObject({ verdict: "PASSED", light: "green" });
  });
});

describe.each([...byClass])(
  "No file forged by %s is ever called valid",
  (_kind, attacks: readonly Attack[]) => {
    it("in at least five ways", () => {
      expect(attacks.length).toBeGreaterThanOrEqual(5);
    });

    it.each(attacks.map((attack) => [attack.name, attack] as const))("%s", async (_name, attack) => {
      const judgement = await judgedFile(attack.forge());
      expect(passes(judgement), JSON.stringify(judgement)).toBe(false);
    });
  },
);

describe("A signature that was cut off leaves a word for the person who decides", () => {
  it.each((byClass.get("truncation") ?? []).map((attack) => [attack.name, attack] as const))(
    "%s",
    async (_name, attack) => {
      const { verdict, findings } = await judgedFile(attack.forge());
      expect(verdict).not.toBe("PASSED");
      expect(findings.filter(({ severity }) => severity !== "info").map(({ code }) => code)).toContain(
        "UNSIGNED",
      );
    },
  );
});

describe("A second signature that an update takes away is missed", () => {
  const twice = () => signed(signed(), { fieldName: "Signature2" });
  const value = (pdf: Buffer) => signatureObjectOf(pdf);
  const field = (pdf: Buffer) => value(pdf) + 1;
  const emptied = (pdf: Buffer) => withEntries(objectBody(pdf, field(pdf)), { V: undefined });
  const updates: readonly (readonly [string, (pdf: Buffer) => Buffer])[] = [
    ["its value is declared free", (pdf) => appendRevision(pdf, { objects: changes(), freed: [value(pdf)] })],
    ["its value becomes nothing", (pdf) => appendRevision(pdf, { objects: changes([value(pdf), "null"]) })],
    ["its field is emptied", (pdf) => appendRevision(pdf, { objects: changes([field(pdf), emptied(pdf)]) })],
    [
      "its field is emptied and its value freed",
      (pdf) => appendRevision(pdf, { objects: changes([field(pdf), emptied(pdf)]), freed: [value(pdf)] }),
    ],
    [
      "the update goes back to the revision before it",
      (pdf) => appendRevision(pdf, { objects: changes([90, "null"]), prev: lastTrailer(signed()).startXref }),
    ],
  ];
  it.each(updates)("%s", async (_name, update) => {
    const { verdict, light } = await judgedFile(update(twice()));
    expect({ verdict, light }).toEqual({ verdict: "NEEDS_HUMAN", light: "red" });
  });
});
