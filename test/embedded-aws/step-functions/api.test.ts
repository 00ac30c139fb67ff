import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from "@aws-sdk/client-sfn";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type RunningClock, startClock } from "../../../embedded-aws/clock/clock.ts";
import {
  createStepFunctions,
  type StepFunctions,
} from "../../../embedded-aws/step-functions/step-functions.ts";
import { clientSettings, hostService, type OneService } from "../../support/one-service.ts";
import { MACHINE, START, tokenTask } from "./world.ts";

const DAY = 86_400_000;
const definition = {
  StartAt: "Wait for the decision",
  States: {
    "Wait for the decision": tokenTask("store", { TimeoutSeconds: 600, HeartbeatSeconds: 300, End: true }),
  },
};

let clock: RunningClock;
let stepFunctions: StepFunctions;
let host: OneService;
let client: SFNClient;
let dataDir: string;
let tokens: string[];

beforeEach(async () => {
  dataDir = mkdtempSync(path.join(tmpdir(), "states-api-"));
  clock = startClock({ mode: "still", startMs: START });
  tokens = [];
  const invoker = {
    invoke: async (_: string, payload: unknown) => {
      tokens.push((payload as { taskToken: string }).taskToken);
      return { ok: true as const, payload: null };
    },
    invokeAsync: () => undefined,
  };
  const machines = [{ arn: MACHINE, name: "workflow", definition }];
  stepFunctions = createStepFunctions({ dataDir, clock, invoker, machines });
  host = await hostService(stepFunctions);
  client = new SFNClient(clientSettings(host.endpoint));
});

afterEach(async () => {
  client.destroy();
  await host.close();
  stepFunctions.close();
  clock.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const start = (name: string, input = "{}") =>
  client.send(new StartExecutionCommand({ stateMachineArn: MACHINE, name, input }));
const describeExecution = (executionArn: string | undefined) =>
  client.send(new DescribeExecutionCommand({ executionArn }));
const succeed = (taskToken: string | undefined, output = '"yes"') =>
  client.send(new SendTaskSuccessCommand({ taskToken, output }));

describe("starting an execution", () => {
  it("twice with one name and input is one execution while it runs", async () => {
    const [first, second] = [await start("v1", '{"a":1}'), await start("v1", '{"a":1}')];
    expect(second).toMatchObject({ executionArn: first.executionArn, startDate: first.startDate });
    await clock.idle();
    expect(tokens).toHaveLength(1);
  });

  it("is refused with another input under the name of a running one", async () => {
    await start("v1", '{"a":1}');
    await expect(start("v1", '{"a":2}')).rejects.toMatchObject({ name: "ExecutionAlreadyExists" });
  });

  it("is refused for 90 days after one of that name has ended, then begins anew", async () => {
    await start("v1");
    await clock.idle();
    await succeed(tokens[0]);
    await clock.advanceTo(START + 90 * DAY - 1);
    await expect(start("v1")).rejects.toMatchObject({ name: "ExecutionAlreadyExists" });
    await clock.advanceTo(START + 90 * DAY);
    await start("v1");
    await clock.idle();
    expect(tokens).toHaveLength(2);
  });

  it.each([
    ["InvalidName", { stateMachineArn: MACHINE, name: "a b" }],
    ["InvalidName", { stateMachineArn: MACHINE, name: "x".repeat(81) }],
    ["InvalidExecutionInput", { stateMachineArn: MACHINE, input: "{" }],
    ["StateMachineDoesNotExist", { stateMachineArn: `${MACHINE}x` }],
    ["ValidationException", { stateMachineArn: MACHINE, input: JSON.stringify("x".repeat(256 * 1024)) }],
  ])("is refused with %s", async (name, input) => {
    await expect(client.send(new StartExecutionCommand(input))).rejects.toMatchObject({ name });
  });
});

describe("looking at executions", () => {
  it("describes one from its start to its end", async () => {
    const { executionArn } = await start("v1", '{"a":1}');
    await clock.idle();
    expect(await describeExecution(executionArn)).toMatchObject({
      name: "v1",
      stateMachineArn: MACHINE,
      status: "RUNNING",
      input: '{"a":1}',
      startDate: new Date(START),
    });
    await clock.advanceTo(START + 1000);
    await succeed(tokens[0], '{"b":2}');
    await clock.idle();
    expect(await describeExecution(executionArn)).toMatchObject({
      status: "SUCCEEDED",
      output: '{"b":2}',
      stopDate: new Date(START + 1000),
    });
  });

  it("forgets one 90 days after its end", async () => {
    const { executionArn } = await start("v1");
    await client.send(new StopExecutionCommand({ executionArn, error: "Enough" }));
    expect(await describeExecution(executionArn)).toMatchObject({ status: "ABORTED", error: "Enough" });
    await clock.advanceTo(START + 90 * DAY);
    await expect(describeExecution(executionArn)).rejects.toMatchObject({ name: "ExecutionDoesNotExist" });
  });

  it("lists them by status, newest first, page by page", async () => {
    for (const name of ["a", "b", "c"]) await start(name);
    await clock.idle();
    await succeed(tokens[0]);
    await clock.idle();
    const list = (input: { nextToken?: string | undefined }) =>
      client.send(
        new ListExecutionsCommand({
          stateMachineArn: MACHINE,
          statusFilter: "RUNNING",
          maxResults: 1,
          ...input,
        }),
      );
    const first = await list({});
    const second = await list({ nextToken: first.nextToken });
    expect([first, second].map(({ executions }) => executions?.map(({ name }) => name))).toEqual([
      ["c"],
      ["b"],
    ]);
    expect(second.nextToken).toBeUndefined();
  });

  it("tells the history of one", async () => {
    const { executionArn } = await start("v1");
    await clock.idle();
    await client.send(new SendTaskFailureCommand({ taskToken: tokens[0], error: "Withdrawn" }));
    await clock.idle();
    const { events } = await client.send(new GetExecutionHistoryCommand({ executionArn }));
    expect(events?.map(({ type }) => type)).toEqual([
      "ExecutionStarted",
      "TaskStateEntered",
      "TaskScheduled",
      "TaskSubmitted",
      "TaskFailed",
      "ExecutionFailed",
    ]);
    expect(events?.[1]).toMatchObject({ stateEnteredEventDetails: { name: "Wait for the decision" } });
    expect(events?.[5]).toMatchObject({ executionFailedEventDetails: { error: "Withdrawn" } });
  });

  it("shows the control page where each one is", async () => {
    await start("v1");
    await clock.idle();
    expect(stepFunctions.executions()).toEqual([
      {
        name: "v1",
        workflow: "workflow",
        status: "RUNNING",
        currentStates: ["Wait for the decision"],
        startedAt: "2026-11-23T12:00:00.000Z",
      },
    ]);
  });
});

describe("answering a task token", () => {
  it.each([
    ["InvalidToken", () => "nonsense", '"yes"'],
    ["InvalidOutput", () => tokens[0], "{"],
  ])("is refused with %s", async (name, token, output) => {
    await start("v1");
    await clock.idle();
    await expect(succeed(token(), output)).rejects.toMatchObject({ name });
  });

  it("a second time is refused with TaskTimedOut, and so is a late heartbeat", async () => {
    await start("v1");
    await clock.idle();
    await client.send(new SendTaskHeartbeatCommand({ taskToken: tokens[0] }));
    await succeed(tokens[0]);
    await expect(succeed(tokens[0])).rejects.toMatchObject({ name: "TaskTimedOut" });
    await expect(client.send(new SendTaskHeartbeatCommand({ taskToken: tokens[0] }))).rejects.toMatchObject({
      name: "TaskTimedOut",
    });
  });
});

it("nobody is told that he came too late before the executions of an earlier start have been resumed", async () => {
  const { executionArn } = await start("v1");
  await clock.idle();
  await host.close();
  stepFunctions.close();
  const invoker = {
    invoke: () => Promise.reject(new Error("nobody is called again")),
    invokeAsync: () => undefined,
  };
  const machines = [{ arn: MACHINE, name: "workflow", definition }];
  stepFunctions = createStepFunctions({ dataDir, clock, invoker, machines });
  host = await hostService(stepFunctions);
  client = new SFNClient(clientSettings(host.endpoint));
  await expect(succeed(tokens[0])).rejects.toMatchObject({ name: "ServiceUnavailable" });
  await expect(client.send(new StopExecutionCommand({ executionArn }))).rejects.toMatchObject({
    name: "ServiceUnavailable",
  });
  stepFunctions.resume();
  await clock.idle();
  await succeed(tokens[0]);
  await clock.idle();
  expect(await describeExecution(executionArn)).toMatchObject({ status: "SUCCEEDED", output: '"yes"' });
});

describe("permissions", () => {
  it("each call names the action and the resource that a role must allow", async () => {
    const { executionArn } = await start("v1");
    await clock.idle();
    await describeExecution(executionArn);
    await succeed(tokens[0]);
    expect(host.demanded).toEqual([
      { action: "states:StartExecution", resource: MACHINE },
      { action: "states:DescribeExecution", resource: executionArn },
      { action: "states:SendTaskSuccess", resource: MACHINE },
    ]);
  });
});

it("says so when it is asked for something it does not have", async () => {
  await expect(client.send(new ListStateMachinesCommand({}))).rejects.toMatchObject({
    name: "NotImplemented",
    message: "The local Step Functions has no ListStateMachines",
  });
});
