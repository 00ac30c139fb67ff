import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, describe, expect, it } from "vitest";
import type { Json } from "../../../embedded-aws/template/json.ts";
import {
  arnOf,
  type Functions,
  failure,
  invokeTask,
  MACHINE,
  openWorld,
  START,
  tokenTask,
  type World,
} from "./world.ts";

const open: World[] = [];
afterEach(() => {
  for (const world of open.splice(0)) world.close();
});
const track = (world: World) => {
  open.push(world);
  return world;
};

const token = (world: World, call: number) =>
  String((world.calls[call]?.payload as { taskToken?: Json })?.taskToken);

describe("after a kill", () => {
  it("a wait for a decision goes on with its token and its original time-out, and calls nobody again", async () => {
    const definition: Json = {
      StartAt: "Wait",
      States: { Wait: tokenTask("store", { TimeoutSeconds: 3600, End: true }) },
    };
    const world = track(openWorld({ definition, functions: { store: () => null } }));
    const execution = await world.start();
    await world.advance(1800);
    const again = track(await world.restart());
    expect(again.calls).toEqual([]);
    expect(again.clock.timers().map(({ dueMs }) => dueMs)).toEqual([START + 3_600_000]);
    again.executions.answer(token(world, 0), { ok: true, output: "approved" });
    await again.clock.idle();
    expect(again.now(execution)).toMatchObject({ status: "SUCCEEDED", output: "approved" });
  });

  it("a function that was at work is called again, with the same token where it had one", async () => {
    const never = () => new Promise<Json>(() => undefined);
    for (const state of [invokeTask("work", { End: true }), tokenTask("work", { End: true })]) {
      const definition: Json = { StartAt: "Work", States: { Work: state } };
      const world = track(openWorld({ definition, functions: { work: never } }));
      world.executions.start(MACHINE, "once", "{}");
      await new Promise<void>((turn) => setImmediate(turn));
      const again = track(await world.restart({ work: () => "done" }));
      expect(world.calls).toHaveLength(1);
      expect(again.calls).toEqual(world.calls);
    }
  });

  it("a timer and a retry are due when they were", async () => {
    const definition: Json = {
      StartAt: "Both",
      States: {
        Both: {
          Type: "Parallel",
          Branches: [
            { StartAt: "Sleep", States: { Sleep: { Type: "Wait", Seconds: 500, End: true } } },
            {
              StartAt: "Try",
              States: {
                Try: invokeTask("work", {
                  Retry: [{ ErrorEquals: ["Busy"], IntervalSeconds: 400 }],
                  End: true,
                }),
              },
            },
          ],
          End: true,
        },
      },
    };
    const busy = () => Promise.reject(failure("Busy"));
    const world = track(openWorld({ definition, functions: { work: busy } }));
    const execution = await world.start();
    await world.advance(300);
    const again = track(await world.restart({ work: () => "worked" }));
    expect(again.clock.timers().map(({ dueMs }) => dueMs)).toEqual([START + 400_000, START + 500_000]);
    await again.advance(200);
    expect(again.now(execution)).toMatchObject({ status: "SUCCEEDED", output: [{}, "worked"] });
  });

  it("an execution ends by the definition it began with", async () => {
    const old: Json = { StartAt: "Sleep", States: { Sleep: { Type: "Wait", Seconds: 60, End: true } } };
    const world = track(openWorld({ definition: old }));
    const execution = await world.start({ a: 1 });
    const dataDir = mkdtempSync(path.join(tmpdir(), "deploy-"));
    world.executions.halt();
    copyJournal(world, dataDir);
    const definition: Json = { StartAt: "New", States: { New: { Type: "Fail", Error: "New" } } };
    const deployed = track(openWorld({ definition, dataDir, startMs: START }));
    deployed.executions.resume();
    await deployed.advance(60);
    expect(deployed.now(execution)).toMatchObject({ status: "SUCCEEDED", output: { a: 1 } });
  });
});

/** Waits, retries, branches, items, choices, a caught failure, a token: everything that is journalled. */
const EVERYTHING: Json = {
  StartAt: "Read",
  States: {
    Read: invokeTask("read", { ResultPath: "$.read", OutputPath: "$", Next: "Sleep" }),
    Sleep: { Type: "Wait", Seconds: 10, Next: "Both" },
    Both: {
      Type: "Parallel",
      Branches: [
        {
          StartAt: "Flaky",
          States: { Flaky: invokeTask("flaky", { Retry: [{ ErrorEquals: ["Busy"] }], End: true }) },
        },
        {
          StartAt: "Each",
          States: {
            Each: {
              Type: "Map",
              ItemsPath: "$.items",
              MaxConcurrency: 2,
              ItemProcessor: { StartAt: "Do", States: { Do: invokeTask("each", { End: true }) } },
              End: true,
            },
          },
        },
      ],
      ResultPath: "$.both",
      Next: "Broken",
    },
    Broken: invokeTask("broken", {
      OutputPath: "$",
      Catch: [{ ErrorEquals: ["States.ALL"], ResultPath: "$.caught", Next: "Wait" }],
      Next: "Wait",
    }),
    Wait: tokenTask("store", { ResultPath: "$.answer", TimeoutSeconds: 1000, Next: "Was it yes?" }),
    "Was it yes?": {
      Type: "Choice",
      Choices: [{ Variable: "$.answer", StringEquals: "yes", Next: "Done" }],
      Default: "Read",
    },
    Done: { Type: "Succeed" },
  },
};

/** Remembers across restarts, as a table would; the second answer to a token is a yes. */
function outsideWorld(): { functions: Functions; tokens: string[] } {
  const tokens: string[] = [];
  let flaky = 0;
  return {
    tokens,
    functions: {
      read: () => ({ Payload: 1 }),
      flaky: () => (flaky++ % 2 === 0 ? Promise.reject(failure("Busy")) : "steady"),
      each: (item) => [item],
      broken: () => Promise.reject(failure("Broken")),
      store: (payload) => {
        tokens.push(String((payload as { taskToken: string }).taskToken));
        return null;
      },
    },
  };
}

async function playToEnd(world: World, tokens: string[]): Promise<void> {
  await world.clock.idle();
  for (let round = 0; round < 30; round++) {
    const [execution] = world.executions.list();
    if (execution?.status !== "RUNNING") return;
    if (world.executions.currentStates(execution.arn).includes("Wait")) {
      const answers = world.executions
        .events(execution.arn)
        .filter(({ value }) => (value as { output?: Json }).output === "no").length;
      const newest = tokens.at(-1);
      if (newest) world.executions.answer(newest, { ok: true, output: answers < 1 ? "no" : "yes" });
    }
    await world.advance(10);
  }
}

function copyJournal(world: World, to: string): void {
  cpSync(world.dataDir, to, { recursive: true });
}

it("ends the same whichever entry of the journal was the last before the kill", async () => {
  const outside = outsideWorld();
  const whole = track(openWorld({ definition: EVERYTHING, functions: outside.functions }));
  whole.executions.start(MACHINE, "once", JSON.stringify({ items: [1, 2] }));
  await playToEnd(whole, outside.tokens);
  const [ended] = whole.executions.list();
  expect(ended).toMatchObject({ status: "SUCCEEDED" });
  const journalled = whole.executions.events(ended?.arn ?? "");
  expect(journalled.length).toBeGreaterThan(40);

  for (let kept = 0; kept <= journalled.length; kept++) {
    const dataDir = mkdtempSync(path.join(tmpdir(), "crash-"));
    copyJournal(whole, dataDir);
    const database = new DatabaseSync(path.join(dataDir, "workflows.sqlite"));
    database.exec(`DELETE FROM events WHERE seq NOT IN (SELECT seq FROM events ORDER BY seq LIMIT ${kept});
      UPDATE executions SET status = 'RUNNING', output = NULL, stoppedAt = NULL`);
    database.close();
    const again = outsideWorld();
    again.tokens.push(...outside.tokens.slice(0, tokensHandedOut(journalled.slice(0, kept))));
    const startMs = journalled[kept - 1]?.at ?? START;
    const world = openWorld({ definition: EVERYTHING, functions: again.functions, dataDir, startMs });
    world.executions.resume();
    await playToEnd(world, again.tokens);
    const [record] = world.executions.list();
    expect({ kept, status: record?.status, output: record?.output }).toEqual({
      kept,
      status: "SUCCEEDED",
      output: ended?.output,
    });
    world.close();
  }
  rmSync(whole.dataDir, { recursive: true, force: true });
});

const tokensHandedOut = (events: readonly { key: string }[]) =>
  events.filter(({ key }) => key.endsWith(":handed-out")).length;

it("a kill within a call of a function leaves at most that call to be made twice", async () => {
  const definition: Json = {
    StartAt: "A",
    States: {
      A: { Type: "Task", Resource: arnOf("a"), Next: "B" },
      B: { Type: "Task", Resource: arnOf("b"), End: true },
    },
  };
  const world = track(
    openWorld({ definition, functions: { a: () => 1, b: () => new Promise<Json>(() => undefined) } }),
  );
  const execution = world.executions.start(MACHINE, "once", "{}");
  for (let turn = 0; turn < 3; turn++) await new Promise<void>((resolve) => setImmediate(resolve));
  const again = track(await world.restart({ a: () => 1, b: () => 2 }));
  expect([...world.calls, ...again.calls].map(({ name }) => name)).toEqual(["a", "b", "b"]);
  expect(again.now(execution).output).toBe(2);
});
