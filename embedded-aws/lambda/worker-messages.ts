/** What a worker is told once, as it starts. */
export interface WorkerSetup {
  file: string;
  exportName: string;
  functionName: string;
  functionArn: string;
  memoryMb: number;
}

/** One event. Payloads travel as JSON text, as between Lambda and its runtime. */
export interface ToWorker {
  requestId: string;
  payload: string;
  timeoutMs: number;
}

/** `error` is `{ errorType, errorMessage, trace }` as JSON text. */
export type FromWorker =
  | { kind: "ready" }
  | { kind: "broken"; error: string }
  | { kind: "answered"; requestId: string; payload: string }
  | { kind: "failed"; requestId: string; error: string };
