import type { NewId } from "../../domain/filing/change.ts";
import type { Chance } from "../../ports/clock.ts";
import { systemChance } from "./clock.ts";
import { given } from "./lambda/provide.ts";

/** 128 random bits in hex: letters that keys, tags and addresses all take. */
export function newIdFrom(chance: Chance): NewId {
  return () => Buffer.from(chance.bytes(16)).toString("hex");
}

/** For a handler. */
export const newId = given(() => newIdFrom(systemChance));
