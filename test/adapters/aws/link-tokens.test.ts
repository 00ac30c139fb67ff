import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { KeyRingDoesNotParse, SignedLinkTokens } from "../../../shared/adapters/aws/link-tokens.ts";
import type { LinkPurpose } from "../../../shared/domain/approval/link.ts";
import { seededChance } from "../../support/fakes/seeded-chance.ts";

const k1 = "first key ".repeat(7);
const k2 = "second key ".repeat(7);
const purposes: LinkPurpose[] = ["status", "decision", "task"];

function tokens(ring: () => unknown = () => ({ current: "k1", k1 }), clock = { now: () => 0 }) {
  let loads = 0;
  const loadKeyRing = async () => {
    loads += 1;
    return JSON.stringify(ring());
  };
  const made = new SignedLinkTokens({ loadKeyRing, clock, chance: seededChance("links") });
  return { made, loads: () => loads };
}

describe("A mailed link's token", () => {
  it.each(purposes)(
    "is known again for the purpose it was made for (%s), and for no other",
    async (purpose) => {
      const { made } = tokens();
      const { token, linkHash } = await made.mint(purpose);
      for (const other of purposes)
        expect(await made.verify(other, token)).toBe(other === purpose ? linkHash : undefined);
    },
  );

  it("fits in a URL and in a line of a mail", async () => {
    const { token } = await tokens().made.mint("decision");
    expect(token).toMatch(/^k1\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}$/);
  });

  it("is refused when any letter of it was changed", async () => {
    const { made } = tokens();
    const { token } = await made.mint("decision");
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.";
    for (const [position, letter] of [...token].entries()) {
      for (const other of alphabet) {
        if (other === letter) continue;
        const altered = token.slice(0, position) + other + token.slice(position + 1);
        expect(await made.verify("decision", altered), altered).toBeUndefined();
      }
    }
  });

  it("is refused when it was cut short or has something behind it", async () => {
    const { made } = tokens();
    const { token } = await made.mint("decision");
    for (let length = 0; length < token.length; length += 1)
      expect(await made.verify("decision", token.slice(0, length))).toBeUndefined();
    for (const extra of ["=", ".", ".x", "A", " ", "\n"])
      expect(await made.verify("decision", token + extra)).toBeUndefined();
  });

  it("is refused, and nothing breaks, whatever somebody types", async () => {
    const { made } = tokens();
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(fc.base64String()).map((parts) => parts.join(".")),
    );
    await fc.assert(
      fc.asyncProperty(text, async (typed) => {
        expect(await made.verify("decision", typed)).toBeUndefined();
      }),
      { seed: 3, numRuns: 500 },
    );
  });

  it("works under an old key as long as the ring has it, and is refused once that is retired", async () => {
    let ring: Record<string, string> = { current: "k1", k1 };
    let now = 0;
    const { made, loads } = tokens(() => ring, { now: () => now });
    const old = await made.mint("decision");
    ring = { current: "k2", k1, k2 };
    now += 5 * 60 * 1000;
    const fresh = await made.mint("decision");
    expect(fresh.token).toMatch(/^k2\./);
    expect(await made.verify("decision", old.token)).toBe(old.linkHash);
    ring = { current: "k2", k2 };
    now += 5 * 60 * 1000;
    expect(await made.verify("decision", old.token)).toBeUndefined();
    expect(await made.verify("decision", fresh.token)).toBe(fresh.linkHash);
    expect(loads()).toBe(3);
  });

  it("is refused under another key's name", async () => {
    const { made } = tokens(() => ({ current: "k1", k1, k2 }));
    const { token } = await made.mint("decision");
    expect(await made.verify("decision", token.replace("k1.", "k2."))).toBeUndefined();
    expect(await made.verify("decision", token.replace("k1.", "current."))).toBeUndefined();
    expect(await made.verify("decision", token.replace("k1.", "__proto__."))).toBeUndefined();
  });

  it("doesn't need the ring to refuse what can't be a token", async () => {
    const { made, loads } = tokens();
    await made.verify("decision", "x".repeat(1_000_000));
    await made.verify("decision", "k1.AAAA.BBBB");
    expect(loads()).toBe(0);
  });

  it("asks for the ring again after it could not be had", async () => {
    let fails = true;
    const { made } = tokens(() => {
      if (fails) throw new Error("no secret");
      return { current: "k1", k1 };
    });
    await expect(made.mint("status")).rejects.toThrow("no secret");
    fails = false;
    expect((await made.mint("status")).token).toMatch(/^k1\./);
  });

  it.each([
    { what: "no current key", ring: { k1 } },
    { what: "a current key it lacks", ring: { current: "k2", k1 } },
    { what: "a key too short to guard anything", ring: { current: "k1", k1: "short" } },
    { what: "a list", ring: [] },
  ])("is made under no ring with $what", async ({ ring }) => {
    await expect(tokens(() => ring).made.mint("status")).rejects.toThrow(KeyRingDoesNotParse);
  });
});

describe("A case code", () => {
  it("is four digits, the same whenever the same link is asked for", async () => {
    const { made } = tokens();
    const { token } = await made.mint("decision");
    const code = await made.caseCode(token);
    expect(code).toMatch(/^\d{4}$/);
    expect(await made.caseCode(token)).toBe(code);
  });

  it("differs from link to link as chance would have it", async () => {
    const { made } = tokens();
    const codes = new Set<string>();
    for (let made_ = 0; made_ < 500; made_ += 1)
      codes.add(await made.caseCode((await made.mint("decision")).token));
    // 500 draws of 10,000 give 487.7 different ones on average.
    expect(codes.size).toBeGreaterThan(470);
  });

  it("can't be worked out from the token, which is in the address bar", async () => {
    const { made } = tokens();
    const mints = await Promise.all(Array.from({ length: 20 }, () => made.mint("decision")));
    const guessed = await Promise.all(
      mints.map(async ({ token }) => {
        const parts = token.split(".").map((part) => Buffer.from(part, "base64url"));
        const guesses = parts.map((part) => String(part.readUIntBE(0, Math.min(6, part.length)) % 10_000));
        return guesses.map((guess) => guess.padStart(4, "0")).includes(await made.caseCode(token));
      }),
    );
    expect(guessed.filter(Boolean).length).toBeLessThan(2);
  });

  it("isn't given for a token that isn't ours", async () => {
    await expect(tokens().made.caseCode("k1.AAAA.BBBB")).rejects.toThrow(TypeError);
  });
});
