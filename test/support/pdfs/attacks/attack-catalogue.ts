import type { Attack } from "./attack.ts";
import { byteRanges } from "./byte-ranges.ts";
import { certification } from "./certification.ts";
import { fieldLocks } from "./field-locks.ts";
import { forgedValues } from "./forged-values.ts";
import { incrementalSaving } from "./incremental-saving.ts";
import { shadows } from "./shadow.ts";
import { sneakyTrailers } from "./sneaky-trailers.ts";
import { truncations } from "./truncation.ts";
import { wrapping } from "./wrapping.ts";

/** Every published class of attack on a signed PDF, in at least five variants each. */
export const ATTACKS: readonly Attack[] = [
  ...forgedValues,
  ...incrementalSaving,
  ...wrapping,
  ...shadows,
  ...certification,
  ...sneakyTrailers,
  ...fieldLocks,
  ...byteRanges,
  ...truncations,
];
