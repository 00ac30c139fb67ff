import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseEmailAddress } from "../../../shared/domain/organisation/email-address.ts";

const refused = "EMAIL_FORMAT";

describe("An e-mail address", () => {
  it.each([
    { typed: "os2@os2.eu", read: "os2@os2.eu", why: "ordinary" },
    { typed: "  os2@os2.eu ", read: "os2@os2.eu", why: "with spaces around" },
    { typed: "a.b+c@sub.aarhus.dk", read: "a.b+c@sub.aarhus.dk", why: "with dots and a plus" },
    { typed: "post@ærø.dk", read: "post@ærø.dk", why: "of a domain with Danish letters" },
    { typed: "os2", read: refused, why: "no @" },
    { typed: "@os2.eu", read: refused, why: "nobody" },
    { typed: "os2@", read: refused, why: "nowhere" },
    { typed: "os2@localhost", read: refused, why: "no dot in the domain" },
    { typed: "os2@os2.e", read: refused, why: "a top domain of one letter" },
    { typed: "os2@-os2.eu", read: refused, why: "a domain that begins with a dash" },
    { typed: "os2@[192.0.2.1]", read: refused, why: "an address literal" },
    { typed: '"os 2"@os2.eu', read: refused, why: "a quoted local part" },
    { typed: '"a@b.dk\\r\\nBcc: x"@os2.eu', read: refused, why: "a header inside quotes" },
    { typed: "a@b@os2.eu", read: refused, why: "two @" },
    { typed: "a..b@os2.eu", read: refused, why: "two dots" },
    { typed: ".a@os2.eu", read: refused, why: "a dot first" },
    { typed: "a@os2.eu\r\nBcc: x@y.dk", read: refused, why: "a line break and a header" },
    { typed: "a@os2.eu,x@y.dk", read: refused, why: "two addresses" },
    { typed: "Åse <a@os2.eu>", read: refused, why: "with a name" },
    { typed: `${"a".repeat(65)}@os2.eu`, read: refused, why: "a local part of 65 letters" },
    {
      typed: `a@${"b".repeat(60)}.${"c".repeat(60)}.${"d".repeat(60)}.${"e".repeat(60)}.${"f".repeat(10)}.eu`,
      read: refused,
      why: "over 254 letters",
    },
  ])("typed as $typed is read as $read ($why)", ({ typed, read }) => {
    expect(parseEmailAddress(typed)).toBe(read);
  });

  it("never lets through what would begin a new line or a new address in a mail's header", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "binary" }),
          fc.emailAddress(),
          fc.string().map((part) => `${part}@os2.eu`),
        ),
        (typed) => {
          const read = parseEmailAddress(typed);
          if (read === refused) return;
          expect(read).not.toMatch(/[\s\p{Cc}<>,;:"()[\]\\]/u);
          expect(read.split("@")).toHaveLength(2);
          expect(read.length).toBeLessThanOrEqual(254);
        },
      ),
      { seed: 3, numRuns: 3_000 },
    );
  });

  it("is refused at once where a careless pattern would try for ever", () => {
    expect(parseEmailAddress(`${"a.".repeat(50_000)}@${"b-".repeat(50_000)}`)).toBe(refused);
    expect(parseEmailAddress(`a@${"b".repeat(63)}.${"c-".repeat(80)}`)).toBe(refused);
  });
});
