import type { OutboxItem } from "../domain/errands/errand.ts";
import type { Owner } from "../domain/owner.ts";

/** What must reach the outside world, file by file. */
export interface Outbox {
  /** Takes an errand that has been run off the list. Doing it twice is harmless. */
  finish(owner: Owner, item: OutboxItem): Promise<void>;
  /**
   * Notes that the owner's errands are looked at again at a moment. False where that is due no later already, so that
   * a hundred errands that wait for one reason ask for one later run, not for a hundred.
   */
  putOff(owner: Owner, until: number, now: number): Promise<boolean>;
  /** From the index: where to look. */
  ownersWithErrands(): Promise<Owner[]>;
}

/**
 * Has an owner's errands run again. What is committed is run without anybody asking; this is for what could not go
 * yet, for what nobody has heard of yet, and for what the sweep finds left.
 */
export interface LaterErrands {
  /**
   * @param again.afterSeconds 0 to 900
   * @param again.tries how often this owner's errands have been put off in a row
   */
  runLater(owner: Owner, again: { afterSeconds: number; tries?: number }): Promise<void>;
}
