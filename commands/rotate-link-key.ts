import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { PutSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import * as z from "zod";
import { stageSettings } from "../infra/stage-settings.ts";
import { secretReader } from "../shared/adapters/aws/secrets-manager.ts";
import { deployedStageOf } from "./stage/deployed-stage.ts";

const usage = `Renews the key that signs mailed links.

  npm run rotate-link-key -- --stage NAME              adds a key, and signs with it once every function knows it
  npm run rotate-link-key -- --stage NAME --retire k1  refuses every link signed with that key from now on`;

/** `{"current":"k1","k1":"…"}`: the key that signs, and every key that is still believed. */
const keyRing = z.record(z.string(), z.string()).refine(({ current = "", ...keys }) => current in keys);
export type KeyRing = z.output<typeof keyRing>;

export class RotationRefused extends Error {
  override readonly name = "RotationRefused";
}

/** A warm function reads the ring anew after five minutes (link-tokens.ts); one more for clocks and retries. */
const UNTIL_ALL_KNOW_IT_MS = 6 * 60 * 1000;
/** More than the 256 bits of the HMAC it keys. */
const KEY_BYTES = 48;

/** The ring with a further key that is believed but does not sign yet, and the key's name. */
export function withNewKey(ring: KeyRing, secret: string): { ring: KeyRing; name: string } {
  const numbers = Object.keys(ring).map((name) => Number(/^k(\d+)$/.exec(name)?.[1] ?? 0));
  const name = `k${Math.max(...numbers) + 1}`;
  return { ring: { ...ring, [name]: secret }, name };
}

/** The ring with another of its keys signing. */
export function signingWith(ring: KeyRing, name: string): KeyRing {
  if (name === "current" || !(name in ring)) throw new RotationRefused(`there is no key ${name} in the ring`);
  return { ...ring, current: name };
}

/** The ring without a key. The one that signs cannot go: every link mailed since would die with it. */
export function without(ring: KeyRing, name: string): KeyRing {
  if (name === "current" || !(name in ring)) throw new RotationRefused(`there is no key ${name} in the ring`);
  if (ring["current"] === name)
    throw new RotationRefused(`${name} signs today's links: add another key first`);
  return Object.fromEntries(Object.entries(ring).filter(([kept]) => kept !== name));
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { stage: { type: "string" }, retire: { type: "string" } } });
  if (values.stage === undefined) {
    console.error(usage);
    process.exitCode = 2;
    return;
  }
  const { stage, region } = stageSettings(values.stage);
  const { LINK_KEYS_SECRET_ARN: secretArn } = await deployedStageOf(new LambdaClient({ region }), stage);
  const client = new SecretsManagerClient({ region });
  const read = secretReader(client, secretArn);
  const write = async (ring: KeyRing) => {
    await client.send(new PutSecretValueCommand({ SecretId: secretArn, SecretString: JSON.stringify(ring) }));
  };
  const ring = keyRing.parse(JSON.parse(await read()));
  if (values.retire !== undefined) {
    await write(without(ring, values.retire));
    console.log(`${stage}: links signed with ${values.retire} are refused within five minutes`);
    return;
  }
  const added = withNewKey(ring, randomBytes(KEY_BYTES).toString("base64url"));
  await write(added.ring);
  console.log(
    `${stage}: ${added.name} is in the ring; signing with it in six minutes, when every function knows it`,
  );
  await sleep(UNTIL_ALL_KNOW_IT_MS);
  await write(signingWith(added.ring, added.name));
  console.log(
    `${stage}: new links are signed with ${added.name}; links under older keys work until they expire`,
  );
}

if (import.meta.main) {
  await main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
