import { afterEach, describe, expect, it } from "vitest";
import { Refused } from "../../../embedded-aws/step-functions/executions.ts";
import { makeToken } from "../../../embedded-aws/step-functions/tasks.ts";
import type { Json } from "../../../embedded-aws/template/json.ts";
import { failure, MACHINE, openWorld, START, tokenTask, type World } from "./world.ts";

const open: World[] = [];
afterEach(() => {
  for (const world of open.splice(0)) world.close();
});

const track = (world: World) => {
  open.push(world);
  return world;
};

const waits = (more: Record<string, Json> = {}): Json => ({
  StartAt: "Wait for the decision",
  States: {
    "Wait for the decision": tokenTask("store", {
      TimeoutSeconds: 600,
      Catch: [{ ErrorEquals: ["States.Timeout"], Next: "Too late" }],
      End: true,
      ...more,
    }),
    "Too late": { Type: "Pass", Result: "too late", End: true },
  },
});

const waiting = (definition: Json = waits()) =>
  track(openWorld({ definition, functions: { store: () => null } }));
const tokenOf = (world: World, call = 0) => {
  const payload = world.calls[call]?.payload;
  if (typeof payload !== "object" || payload === null || Array.isArray(payload)) throw new Error("no call");
  return String(payload["taskToken"]);
};
const answered = (world: World, token: string, output: Json = "approved") => {
  world.executions.answer(token, { ok: true, output });
  return world.clock.idle();
};
const refusal = (work: () => void) => {
  try {
    work();
    return undefined;
  } catch (error) {
    return error instanceof Refused ? error.code : error;
  }
};

describe("a task that waits for its token", () => {
  it("goes on with the answer, days later", async () => {
    const world = waiting(waits({ TimeoutSeconds: 30 * 86_400 }));
    const execution = await world.start({ case: 1 });
    await world.advance(29 * 86_400);
    expect(world.executions.currentStates(execution.arn)).toEqual(["Wait for the decision"]);
    await answered(world, tokenOf(world), { decision: "approve" });
    expect(world.now(execution)).toMatchObject({ status: "SUCCEEDED", output: { decision: "approve" } });
  });

  it("fails as the answer says", async () => {
    const world = waiting(waits());
    const execution = await world.start();
    world.executions.answer(tokenOf(world), { ok: false, error: "Withdrawn", cause: "by the sender" });
    await world.clock.idle();
    expect(world.now(execution)).toMatchObject({
      status: "FAILED",
      error: "Withdrawn",
      cause: "by the sender",
    });
  });

  it("may be answered before the function that stores the token has ended", async () => {
    const { promise, resolve } = Promise.withResolvers<Json>();
    const world = track(openWorld({ definition: waits(), functions: { store: () => promise } }));
    const execution = world.executions.start(MACHINE, undefined, "{}");
    await new Promise<void>((turn) => setImmediate(turn));
    world.executions.answer(tokenOf(world), { ok: true, output: "early" });
    resolve(null);
    await world.clock.idle();
    expect(world.now(execution)).toMatchObject({ status: "SUCCEEDED", output: "early" });
  });

  it("fails when the function that should store the token does", async () => {
    const functions = { store: () => Promise.reject(failure("Full")) };
    const world = track(openWorld({ definition: waits(), functions }));
    expect(world.now(await world.start())).toMatchObject({ status: "FAILED", error: "Full" });
  });

  it.each<[string, Record<string, Json>]>([
    ["its TimeoutSeconds", { TimeoutSeconds: 600 }],
    ["what TimeoutSecondsPath says", { TimeoutSecondsPath: "$.seconds" }],
  ])("times out after %s, to the second", async (_, limit) => {
    const definition: Json = {
      StartAt: "Wait",
      States: {
        Wait: tokenTask("store", {
          ...limit,
          Catch: [{ ErrorEquals: ["States.Timeout"], Next: "Too late" }],
          End: true,
        }),
        "Too late": { Type: "Pass", Result: "too late", End: true },
      },
    };
    const world = waiting(definition);
    const execution = await world.start({ seconds: 600 });
    await world.clock.advanceTo(START + 599_999);
    expect(world.now(execution).status).toBe("RUNNING");
    await world.clock.advanceTo(START + 600_000);
    expect(world.now(execution)).toMatchObject({ status: "SUCCEEDED", output: "too late" });
  });

  it("one millisecond before the time-out an answer counts, one after it is told so", async () => {
    const inTime = waiting();
    const first = await inTime.start();
    await inTime.clock.advanceTo(START + 599_999);
    await answered(inTime, tokenOf(inTime));
    expect(inTime.now(first)).toMatchObject({ output: "approved" });

    const late = waiting();
    const second = await late.start();
    await late.clock.advanceTo(START + 600_001);
    expect(refusal(() => late.executions.answer(tokenOf(late), { ok: true, output: "approved" }))).toBe(
      "TaskTimedOut",
    );
    expect(late.now(second)).toMatchObject({ output: "too late" });
  });

  it("lives as long as its heart beats", async () => {
    const world = waiting(
      waits({
        HeartbeatSeconds: 60,
        Catch: [{ ErrorEquals: ["States.HeartbeatTimeout"], Next: "Too late" }],
      }),
    );
    const execution = await world.start();
    for (let beat = 0; beat < 5; beat++) {
      await world.advance(59);
      world.executions.heartbeat(tokenOf(world));
    }
    expect(world.now(execution).status).toBe("RUNNING");
    await world.advance(60);
    expect(world.now(execution)).toMatchObject({
      output: "too late",
      stoppedAt: START + (5 * 59 + 60) * 1000,
    });
  });

  it("gets a new token each time, and only the newest counts", async () => {
    const world = waiting(waits({ Retry: [{ ErrorEquals: ["Again"], IntervalSeconds: 1, MaxAttempts: 5 }] }));
    const execution = await world.start();
    world.executions.answer(tokenOf(world), { ok: false, error: "Again" });
    await world.advance(1);
    expect(tokenOf(world, 1)).not.toBe(tokenOf(world, 0));
    expect(refusal(() => world.executions.answer(tokenOf(world, 0), { ok: true, output: 1 }))).toBe(
      "TaskTimedOut",
    );
    await answered(world, tokenOf(world, 1));
    expect(world.now(execution)).toMatchObject({ output: "approved" });
  });
});

describe("an answer is refused", () => {
  it.each<[string, string, (world: World) => string]>([
    ["InvalidToken", "to what was never a token", () => "nonsense"],
    [
      "TaskDoesNotExist",
      "to a token of an execution that isn't there",
      () => makeToken({ executionArn: `${MACHINE}:none`, attempt: "0#0" }),
    ],
    [
      "TaskDoesNotExist",
      "to a forged token of one that is",
      (world) => {
        const [record] = world.executions.list();
        return makeToken({ executionArn: record?.arn ?? "", attempt: "0#0" });
      },
    ],
  ])("with %s %s", async (code, _, token) => {
    const world = waiting();
    const execution = await world.start();
    expect(refusal(() => world.executions.answer(token(world), { ok: true, output: 1 }))).toBe(code);
    expect(refusal(() => world.executions.heartbeat(token(world)))).toBe(code);
    expect(world.now(execution).status).toBe("RUNNING");
  });

  it("with TaskTimedOut when it was answered, or its execution stopped", async () => {
    const world = waiting();
    await world.start({}, "answered");
    const stopped = await world.start({}, "stopped");
    await answered(world, tokenOf(world, 0));
    world.executions.stop(stopped.arn, "Enough", "said a person");
    await world.clock.idle();
    for (const call of [0, 1]) {
      expect(refusal(() => world.executions.answer(tokenOf(world, call), { ok: true, output: 1 }))).toBe(
        "TaskTimedOut",
      );
    }
    expect(world.now(stopped)).toMatchObject({ status: "ABORTED", error: "Enough", cause: "said a person" });
  });
});
