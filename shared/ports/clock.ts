/** Time and chance come from outside, so that a year can pass in a test and a run can be repeated from a seed. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
}

export interface Chance {
  /** `bytes` unpredictable bytes. */
  bytes(count: number): Uint8Array;
}
