import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { systemChance, systemClock } from "../clock.ts";
import { SignedLinkTokens } from "../link-tokens.ts";
import { secretReader } from "../secrets-manager.ts";

/** The tokens of mailed links, under the key ring that a function's environment names. */
export function tokensOf(env: { LINK_KEYS_SECRET_ARN: string }): SignedLinkTokens {
  return new SignedLinkTokens({
    loadKeyRing: secretReader(new SecretsManagerClient(), env.LINK_KEYS_SECRET_ARN),
    clock: systemClock,
    chance: systemChance,
  });
}
