import type { Buffer } from "node:buffer";
import { describe, expect, it } from "vitest";
import { archivedAgreementPdf, signedAgreementPdf } from "../../support/pdfs/agreement-pdfs.ts";
import { type Attack, document, signed } from "../../support/pdfs/attacks/attack.ts";
import { ATTACKS } from "../../support/pdfs/attacks/attack-catalogue.ts";
import { fileWithFields } from "../../support/pdfs/attacks/field-locks.ts";
import { judgedFile, passes } from "../../support/pdfs/judged-file.ts";

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
