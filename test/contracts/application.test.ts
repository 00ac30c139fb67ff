import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseApplication } from "../../shared/contracts/application.ts";
import { fieldErrorCodes } from "../../shared/domain/agreement/application.ts";
import { languages } from "../../shared/domain/agreement/kind.ts";
import { fieldErrorMessage } from "../../shared/words/field-errors.ts";

const complete = {
  kind: "member",
  organisation: { name: "Aarhus Kommune", cvr: "55133018" },
  signer: { name: "Anna Eksempel", title: "Direktør", hasAuthority: true },
  contact: { name: "Bo Prøve", email: "bo@aarhus.example" },
};

/** The complete application with anything at all in the place of one of its values. */
const spoilt = fc
  .tuple(
    fc.constantFrom(
      ["kind"],
      ["language"],
      ["organisation"],
      ["organisation", "name"],
      ["organisation", "cvr"],
      ["organisation", "gln"],
      ["organisation", "authorityType"],
      ["organisation", "population"],
      ["organisation", "address"],
      ["organisation", "address", "street"],
      ["organisation", "address", "postalCode"],
      ["signer"],
      ["signer", "title"],
      ["signer", "hasAuthority"],
      ["contact", "email"],
      ["contact", "phone"],
    ),
    fc.oneof(fc.jsonValue(), fc.string({ unit: "binary" }), fc.constantFrom("\ud800", "\u200b", 59.5)),
  )
  .map(([path, value]) => {
    const application: Record<string, unknown> = structuredClone(complete);
    let at = application;
    for (const name of path.slice(0, -1)) {
      at[name] ??= {};
      at = at[name] as Record<string, unknown>;
    }
    at[path.at(-1) ?? ""] = value;
    return application;
  });

describe("An application as a program sends it", () => {
  it("is read, or answered with fields and codes of ours, each with a sentence in both languages", () => {
    fc.assert(
      fc.property(fc.oneof(spoilt, fc.jsonValue()), (sent) => {
        const read = parseApplication(sent);
        if ("application" in read) return;
        expect(read.errors.length).toBeGreaterThan(0);
        for (const error of read.errors) {
          expect(error.field).toMatch(/^[a-zA-Z]+(\.[a-zA-Z]+)*$/);
          expect(fieldErrorCodes).toContain(error.code);
          for (const language of languages) expect(fieldErrorMessage(error, language)).toMatch(/^[A-ZÆØÅ]/);
        }
      }),
      { seed: 3, numRuns: 2_000 },
    );
  });

  it("is kept as it is read: numbers bare, names clean, the telephone as a note", () => {
    const read = parseApplication({
      ...complete,
      organisation: {
        name: " Aarhus\u00a0Kommune\u200b",
        cvr: "CVR-nr. DK 55-13-30-18",
        gln: "EAN 57 90000 42340 8",
        population: "59.500",
        address: { street: "Rådhuspladsen 2", postalCode: "DK-8000", city: "Aarhus C" },
      },
      contact: { name: "Bo Prøve", email: "\u200bbo@aarhus.example ", phone: "(+45) 12.34.56.78 lok. 12" },
    });
    expect(read).toEqual({
      application: {
        kind: "member",
        language: "da",
        organisation: {
          name: "Aarhus Kommune",
          cvr: "55133018",
          gln: "5790000423408",
          population: 59_500,
          address: { street: "Rådhuspladsen 2", postalCode: "8000", city: "Aarhus C" },
        },
        signer: { name: "Anna Eksempel", title: "Direktør" },
        contact: { name: "Bo Prøve", email: "bo@aarhus.example", phone: "(+45) 12.34.56.78 lok. 12" },
      },
    });
  });

  it("leaves out what is optional and can't be seen", () => {
    const read = parseApplication({
      ...complete,
      organisation: {
        ...complete.organisation,
        gln: "\u200b",
        address: { street: "\u3164", postalCode: " " },
      },
    });
    expect(read).toMatchObject({ application: { organisation: { name: "Aarhus Kommune" } } });
  });
});
