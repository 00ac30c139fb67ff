import { randomUUID } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import * as z from "zod";
import type { LocalClock } from "../clock/clock.ts";
import type { AsyncPolicy } from "./function-definition.ts";
import type { InvokeResult } from "./invoker.ts";

/** Lambda waits one minute before the first retry and two before the second. */
const retryWaitsMs = [60_000, 120_000];

const rowShape = z.object({
  id: z.string(),
  functionName: z.string(),
  payload: z.string(),
  acceptedAtMs: z.number(),
  attempts: z.number(),
  nextAtMs: z.number(),
});
type Invocation = z.infer<typeof rowShape>;

export interface AsyncInvocationsOptions {
  dataDir: string;
  clock: LocalClock;
  run: (functionName: string, payload: unknown) => Promise<InvokeResult>;
  policyOf: (functionName: string) => AsyncPolicy & { arn: string };
  /** Sends what failed for good to the function's onFailure queue. */
  sendToQueue: (queueArn: string, body: string) => void | Promise<void>;
  onLost: (functionName: string, result: InvokeResult) => void;
}

/**
 * Lambda's queue of asynchronous invocations: accepted means kept. It is journalled before the first attempt, so
 * that a killed system goes on with it; a function may therefore see an event twice, as on AWS.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
export interface AsyncInvocations {
  accept(functionName: string, payload: unknown): void;
  /** Goes on with what an earlier run accepted; once, when every service is up. */
  resume(): void;
  stop(): void;
}

export function createAsyncInvocations(options: AsyncInvocationsOptions): AsyncInvocations {
  const { clock } = options;
  mkdirSync(options.dataDir, { recursive: true });
  const journal = new DatabaseSync(join(options.dataDir, "invocations.sqlite"));
  journal.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
    CREATE TABLE IF NOT EXISTS invocation (id TEXT PRIMARY KEY, functionName TEXT NOT NULL, payload TEXT NOT NULL,
      acceptedAtMs REAL NOT NULL, attempts INTEGER NOT NULL, nextAtMs REAL NOT NULL) STRICT`);
  const insert = journal.prepare("INSERT INTO invocation VALUES (?, ?, ?, ?, ?, ?)");
  const postpone = journal.prepare("UPDATE invocation SET attempts = ?, nextAtMs = ? WHERE id = ?");
  const remove = journal.prepare("DELETE FROM invocation WHERE id = ?");
  let stopped = false;

  async function attempt(invocation: Invocation): Promise<void> {
    const { id, functionName, acceptedAtMs } = invocation;
    const payload: unknown = JSON.parse(invocation.payload);
    const result = await options.run(functionName, payload);
    if (stopped) return;
    if (result.ok) {
      remove.run(id);
      return;
    }
    const attempts = invocation.attempts + 1;
    const policy = options.policyOf(functionName);
    const nextAtMs = clock.now() + (retryWaitsMs[attempts - 1] ?? 0);
    const tooOld = nextAtMs - acceptedAtMs > policy.maxAgeSeconds * 1000;
    if (attempts <= policy.retries && !tooOld) {
      postpone.run(attempts, nextAtMs, id);
      schedule({ ...invocation, attempts, nextAtMs });
      return;
    }
    await giveUp({ ...invocation, attempts }, payload, result, policy);
    remove.run(id);
  }

  async function giveUp(
    { id, functionName, attempts }: Invocation,
    requestPayload: unknown,
    result: InvokeResult,
    policy: AsyncPolicy & { arn: string },
  ): Promise<void> {
    options.onLost(functionName, result);
    if (policy.onFailure === undefined) return;
    const record = {
      version: "1.0",
      timestamp: new Date(clock.now()).toISOString(),
      requestContext: {
        requestId: id,
        functionArn: `${policy.arn}:$LATEST`,
        condition: attempts > policy.retries ? "RetriesExhausted" : "EventAgeExceeded",
        approximateInvokeCount: attempts,
      },
      requestPayload,
      responseContext: { statusCode: 200, executedVersion: "$LATEST", functionError: "Unhandled" },
      responsePayload: result.payload,
    };
    await options.sendToQueue(policy.onFailure, JSON.stringify(record));
  }

  function schedule(invocation: Invocation): void {
    clock.at(invocation.nextAtMs, `retry ${invocation.functionName}`, () => attempt(invocation));
  }

  return {
    accept(functionName, payload) {
      const now = clock.now();
      const invocation: Invocation = {
        id: randomUUID(),
        functionName,
        payload: JSON.stringify(payload ?? null),
        acceptedAtMs: now,
        attempts: 0,
        nextAtMs: now,
      };
      insert.run(invocation.id, functionName, invocation.payload, now, 0, now);
      void clock.track(attempt(invocation));
    },
    resume() {
      for (const row of journal.prepare("SELECT * FROM invocation ORDER BY acceptedAtMs").all())
        schedule(rowShape.parse(row));
    },
    stop() {
      if (stopped) return;
      stopped = true;
      journal.close();
    },
  };
}
