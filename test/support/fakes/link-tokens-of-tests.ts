import { SignedLinkTokens } from "../../../shared/adapters/aws/link-tokens.ts";
import { seededChance } from "./seeded-chance.ts";

/** The real tokens under a ring that lies open: there is nothing to fake in an HMAC. */
export function linkTokensOfTests(seed = "links"): SignedLinkTokens {
  return new SignedLinkTokens({
    loadKeyRing: async () =>
      JSON.stringify({ current: "k1", k1: "a key that lies open in the tests, 40 long" }),
    clock: { now: () => 0 },
    chance: seededChance(seed),
  });
}
