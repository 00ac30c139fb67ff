import { globSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  agreementKinds,
  kindNamed,
  languages,
  type ProductId,
  subjectKey,
} from "../../shared/domain/agreement/kind.ts";
import { agreementTemplates } from "../../shared/domain/judgement/templates/recognise-agreement.ts";
import { kindWords } from "../../shared/words/kind-words.ts";

const product = "{shared,functions,workflows,infra,local,commands,bench}/**/*.ts";
const theirOwnFile = "shared/domain/agreement/kind.ts";

/** A comparison with one kind, or a fall to one: what a new kind would pass through without a word. */
const kinds = agreementKinds.join("|");
const silent = new RegExp(
  `([=!]==?|\\?\\?|\\|\\|) "(${kinds})"|"(${kinds})" [=!]==?|\\? "(${kinds})"\\s*:|case "(${kinds})":`,
);

describe("What depends on the kind of agreement", () => {
  it("is asked of a table, so that a new kind can't pass for an old one", () => {
    const found = globSync(product)
      .filter((path) => path !== theirOwnFile)
      .flatMap((path) =>
        readFileSync(path, "utf8")
          .split("\n")
          .flatMap((line, at) => (silent.test(line) ? [`${path}:${at + 1}: ${line.trim()}`] : [])),
      );
    expect(found).toEqual([]);
  });

  it.each([
    'kind === "member"',
    'sent !== "partner"',
    'kind ?? "member"',
    '"partner" === kind',
    'is ? "partner" : "member"',
    'case "partner":',
  ])("is found when it reads %s", (line) => {
    expect(line).toMatch(silent);
  });

  it("has words of its own for every kind in both languages, none empty and none another's", () => {
    for (const language of languages) {
      const agreements = agreementKinds.map((kind) => kindWords(kind, language).agreement);
      expect(new Set(agreements).size).toBe(agreementKinds.length);
      for (const kind of agreementKinds)
        expect(Object.values(kindWords(kind, language)).filter((words) => words === "")).toEqual([]);
    }
  });

  it("has an agreement to sign for every kind, and a mark that names it", () => {
    expect(new Set(agreementTemplates.map(({ kind }) => kind))).toEqual(new Set(agreementKinds));
  });
});

describe("The subject of an agreement", () => {
  it("stands in keys as its kind, and a participation with its product", () => {
    expect(agreementKinds.map((kind) => subjectKey({ kind }))).toEqual(["member", "partner"]);
    expect(subjectKey({ kind: "participation", product: "os2faktor" as ProductId })).toBe(
      "participation-os2faktor",
    );
  });

  it("is only ever one that there is, whatever an address names", () => {
    expect(kindNamed("partner")).toBe("partner");
    for (const other of [null, undefined, "", "Member", "constructor", 1, ["member"]])
      expect(kindNamed(other)).toBeUndefined();
  });
});
