import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { contentDisposition } from "../../../shared/adapters/aws/content-disposition.ts";

describe("The name a document is saved under", () => {
  it.each([
    { name: "Aftale.pdf", header: "attachment; filename=\"Aftale.pdf\"; filename*=UTF-8''Aftale.pdf" },
    { name: "Ærø.pdf", header: "attachment; filename=\"_r_.pdf\"; filename*=UTF-8''%C3%86r%C3%B8.pdf" },
    {
      name: "Ae\u030arhus.pdf",
      header: "attachment; filename=\"Ae_rhus.pdf\"; filename*=UTF-8''Ae%CC%8Arhus.pdf",
    },
    {
      name: "A\u030Arhus.pdf",
      header: "attachment; filename=\"_rhus.pdf\"; filename*=UTF-8''%C3%85rhus.pdf",
    },
    { name: "../../x.pdf", header: "attachment; filename=\".._.._x.pdf\"; filename*=UTF-8''.._.._x.pdf" },
    {
      name: "a\r\nSet-Cookie: b",
      header: "attachment; filename=\"a__Set-Cookie: b\"; filename*=UTF-8''a__Set-Cookie%3A%20b",
    },
    { name: "\u202Efdp.exe", header: "attachment; filename=\"_fdp.exe\"; filename*=UTF-8''_fdp.exe" },
    {
      name: "O'Neill (1)*.pdf",
      header: "attachment; filename=\"O'Neill (1)*.pdf\"; filename*=UTF-8''O%27Neill%20%281%29%2A.pdf",
    },
  ])("$name stands in the header as $header", ({ name, header }) => {
    expect(contentDisposition(name, false)).toBe(header);
  });

  it("is one line of ASCII with two quotation marks, whatever the name", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 400 }), fc.boolean(), (name, inline) => {
        const header = contentDisposition(name, inline);
        expect(header).toMatch(/^(inline|attachment); filename="[\x20-\x7e]*"; filename\*=UTF-8''[!-~]*$/);
        expect(header.split('"')).toHaveLength(3);
        expect(header.length).toBeLessThan(2_100);
      }),
      { seed: 3, numRuns: 1_000 },
    );
  });
});
