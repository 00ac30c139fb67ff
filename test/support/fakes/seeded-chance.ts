import { createHash } from "node:crypto";
import type { Chance } from "../../../shared/ports/clock.ts";

/** Bytes that look random and come again with the same seed. */
export function seededChance(seed: string): Chance {
  let drawn = 0;
  return {
    bytes: (count) => {
      const blocks: Buffer[] = [];
      for (let made = 0; made < count; made += 32) {
        drawn += 1;
        blocks.push(createHash("sha256").update(`${seed}\n${drawn}`).digest());
      }
      return Buffer.concat(blocks).subarray(0, count);
    },
  };
}
