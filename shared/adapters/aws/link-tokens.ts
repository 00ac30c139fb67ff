import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import * as z from "zod/mini";
import type { LinkPurpose } from "../../domain/approval/link.ts";
import type { Chance, Clock } from "../../ports/clock.ts";
import type { LinkTokens, MintedLink } from "../../ports/link-tokens.ts";
import { systemChance, systemClock } from "./clock.ts";
import { provision } from "./lambda/provide.ts";
import { onFirstUse } from "./sdk/loaded-client.ts";
import { secretReader } from "./secrets-manager.ts";

/** Moves when what the mac covers changes, so that an old token is never read by a new rule. */
const VERSION = "1";
const LINK_ID_BYTES = 16;
const MAC_BYTES = 32;
/** How long a warm function may go on without noticing that a key was added or retired. */
const RING_KEPT_MS = 5 * 60 * 1000;

const keyId = z.string().check(z.regex(/^[A-Za-z0-9]{1,20}$/));
const ring = z.pipe(
  z
    .record(z.string(), z.string())
    .check(
      z.refine(
        ({ current, ...keys }) => current !== undefined && keys[current] !== undefined,
        "no current key",
      ),
    ),
  z.transform(({ current, ...keys }) => ({
    // A key shorter than its HMAC's output would be the weakest part of a link.
    keys: new Map(Object.entries(z.record(keyId, z.string().check(z.minLength(MAC_BYTES))).parse(keys))),
    current: keyId.parse(current),
  })),
);
type KeyRing = z.output<typeof ring>;

/** The key ring isn't `{"current":"k1","k1":"…"}` with keys of at least 32 characters. */
export class KeyRingDoesNotParse extends Error {
  override readonly name = "KeyRingDoesNotParse";
}

export interface LinkTokensOptions {
  /** The ring as it is stored: `{"current":"k1","k1":"…"}`. */
  loadKeyRing: () => Promise<string>;
  clock: Clock;
  chance: Chance;
}

interface TokenParts {
  keyId: string;
  linkId: Buffer;
  mac: Buffer;
}

/**
 * Tokens `keyId.linkId.mac`: 128 random bits under HMAC-SHA256 (RFC 2104), all base64url without padding.
 * The purpose isn't in the token: a link tried for another purpose fails as if it had never been made.
 */
export class SignedLinkTokens implements LinkTokens {
  private readonly options: LinkTokensOptions;
  private cached: { ring: Promise<KeyRing>; until: number } | undefined;

  constructor(options: LinkTokensOptions) {
    this.options = options;
  }

  async mint(purpose: LinkPurpose, repeatable?: string): Promise<MintedLink> {
    const { current, keys } = await this.ring();
    const key = keys.get(current) ?? "";
    const linkId =
      repeatable === undefined
        ? Buffer.from(this.options.chance.bytes(LINK_ID_BYTES))
        : createHmac("sha256", key).update(`link-id\n${repeatable}`).digest().subarray(0, LINK_ID_BYTES);
    const mac = macOf(key, purpose, linkId);
    return {
      token: `${current}.${linkId.toString("base64url")}.${mac.toString("base64url")}`,
      linkHash: hashOf(linkId),
    };
  }

  async verify(purpose: LinkPurpose, token: string): Promise<string | undefined> {
    const parts = partsOf(token);
    if (!parts) return undefined;
    const key = (await this.ring()).keys.get(parts.keyId);
    if (key === undefined) return undefined;
    return timingSafeEqual(macOf(key, purpose, parts.linkId), parts.mac) ? hashOf(parts.linkId) : undefined;
  }

  async caseCode(token: string): Promise<string> {
    const parts = partsOf(token);
    const key = parts && (await this.ring()).keys.get(parts.keyId);
    if (!parts || key === undefined) throw new TypeError("a case code is asked for a token that isn't ours");
    const digest = createHmac("sha256", key).update("case-code\n").update(parts.linkId).digest();
    // 48 bits modulo 10,000: the commonest code is more likely than the rarest by less than 1 in 10^10.
    return String(digest.readUIntBE(0, 6) % 10_000).padStart(4, "0");
  }

  private ring(): Promise<KeyRing> {
    const now = this.options.clock.now();
    if (!this.cached || now >= this.cached.until) {
      const loading = this.load();
      this.cached = { ring: loading, until: now + RING_KEPT_MS };
      // A failure is the caller's to see, and the next caller's to try again.
      loading.catch(() => {
        if (this.cached?.ring === loading) this.cached = undefined;
      });
    }
    return this.cached.ring;
  }

  private async load(): Promise<KeyRing> {
    const text = await this.options.loadKeyRing();
    try {
      return ring.parse(JSON.parse(text));
    } catch {
      // Without the cause: it may quote a key.
      throw new KeyRingDoesNotParse("the ring of link keys doesn't parse");
    }
  }
}

function macOf(key: string, purpose: LinkPurpose, linkId: Buffer): Buffer {
  return createHmac("sha256", key).update(`${VERSION}\n${purpose}\n`).update(linkId).digest();
}

function hashOf(linkId: Buffer): string {
  return createHash("sha256").update(linkId).digest("hex");
}

/** A token has exactly one spelling: what decodes to the same bytes but is written otherwise is refused. */
function partsOf(token: string): TokenParts | undefined {
  const [id, linkIdText, macText, ...more] = token.split(".");
  if (id === undefined || linkIdText === undefined || macText === undefined || more.length > 0)
    return undefined;
  const linkId = decode(linkIdText, LINK_ID_BYTES);
  const mac = decode(macText, MAC_BYTES);
  return linkId && mac && { keyId: id, linkId, mac };
}

function decode(text: string, bytes: number): Buffer | undefined {
  // Before anything is decoded: a token comes from outside and may be megabytes long.
  if (text.length !== Math.ceil((bytes * 4) / 3)) return undefined;
  const decoded = Buffer.from(text, "base64url");
  return decoded.length === bytes && decoded.toString("base64url") === text ? decoded : undefined;
}

const secrets = onFirstUse(async () => new (await import("./sdk/secrets-manager.ts")).SecretsManagerClient());

/** For a handler: under the key ring that its environment names. */
export const tokens = provision(
  { LINK_KEYS_SECRET_ARN: z.string().check(z.minLength(1)) },
  ({ LINK_KEYS_SECRET_ARN }) =>
    new SignedLinkTokens({
      loadKeyRing: secretReader(secrets, LINK_KEYS_SECRET_ARN),
      clock: systemClock,
      chance: systemChance,
    }),
);
