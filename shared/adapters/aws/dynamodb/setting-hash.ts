import { createHash } from "node:crypto";

/** What the trail keeps of a setting's value: that it was this one, and nothing that could be guessed without the salt. */
export function settingHash(salt: string, value: unknown): string {
  return createHash("sha256")
    .update(`${salt}\n${JSON.stringify(value)}`)
    .digest("hex");
}
