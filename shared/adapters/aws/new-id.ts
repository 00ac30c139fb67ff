import type { NewId } from "../../domain/agreement/case-change.ts";
import type { Chance } from "../../ports/clock.ts";

/** 128 random bits in hex: letters that keys, tags and addresses all take. */
export function newIdFrom(chance: Chance): NewId {
  return () => Buffer.from(chance.bytes(16)).toString("hex");
}
