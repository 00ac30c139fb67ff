import type { Filed } from "../domain/filing/filed.ts";
import type { Owner } from "../domain/owner.ts";

/** The task tokens of waiting executions. A wait's newest token replaces the one before. */
export interface Waits {
  /** Keeps a token, on the condition that nothing was committed since `read`. */
  keep(read: Filed, wait: string, token: string, now: number): Promise<"kept" | "stale">;
  /** Forgets a token that has been used, unless another has replaced it. */
  forget(owner: Owner, wait: string, token: string): Promise<void>;
}
