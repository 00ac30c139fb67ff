/** A long proof: the same cases for the same seed, on every machine. */
export interface Proof {
  readonly name: string;
  /** How many cases make the proof complete. */
  readonly cases: number;
  /** Run together, and the unit in which the run resumes after an interruption. */
  readonly casesPerBatch: number;
  /** Runs the cases of one batch; a crash of the thing under proof is counted, never thrown. */
  readonly runBatch: (batch: {
    readonly seed: number;
    readonly index: number;
    readonly cases: number;
  }) => Promise<BatchOutcome>;
}

export interface BatchOutcome {
  /** Added up over the batches and printed on the proof's line. */
  readonly counts: Readonly<Record<string, number>>;
  /** What must never happen, each with what it takes to see it again. */
  readonly failures: readonly string[];
}
