import { describe, expect, it } from "vitest";
import { signingWith, withNewKey, without } from "../../commands/rotate-link-key.ts";

const FIRST = { current: "k1", k1: "secret-one" };

describe("renewing the key that signs links", () => {
  it("first makes the new key known, while the old one goes on signing", () => {
    expect(withNewKey(FIRST, "secret-two")).toEqual({
      name: "k2",
      ring: { current: "k1", k1: "secret-one", k2: "secret-two" },
    });
  });

  it("then signs with it, and still believes the old one", () => {
    const { ring, name } = withNewKey(FIRST, "secret-two");
    expect(signingWith(ring, name)).toEqual({ current: "k2", k1: "secret-one", k2: "secret-two" });
  });

  it("never gives a key the name of one that was retired before the last", () => {
    expect(withNewKey({ current: "k9", k9: "nine", k3: "three" }, "ten").name).toBe("k10");
  });

  it("retires an old key", () => {
    expect(without({ current: "k2", k1: "one", k2: "two" }, "k1")).toEqual({ current: "k2", k2: "two" });
  });

  it("refuses to retire the key that signs", () => {
    expect(() => without(FIRST, "k1")).toThrow("add another key first");
  });

  it.each(["k7", "current"])("refuses to sign with or retire %s, which is no key", (name) => {
    expect(() => signingWith(FIRST, name)).toThrow("there is no key");
    expect(() => without(FIRST, name)).toThrow("there is no key");
  });
});
