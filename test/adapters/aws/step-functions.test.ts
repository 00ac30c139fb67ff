import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  InvalidToken,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  TaskDoesNotExist,
  TaskTimedOut,
} from "@aws-sdk/client-sfn";
import { mockClient } from "aws-sdk-client-mock";
import { describe, expect, it } from "vitest";
import {
  aboutIntake,
  executionName,
  StepFunctionsResumer,
  StepFunctionsStarter,
} from "../../../shared/adapters/aws/step-functions.ts";
import type { CaseId } from "../../../shared/domain/owner.ts";

const stateMachineArn = "arn:aws:states:eu-north-1:000000000000:stateMachine:agreement-intake";
const input = { caseId: "case-1" as CaseId, key: "uploads/case-1.pdf", versionId: "v1" };
const said = { message: "", $metadata: {} };

function started() {
  const client = new SFNClient({ region: "eu-north-1" });
  const mock = mockClient(client);
  return {
    mock,
    starter: new StepFunctionsStarter({
      client,
      stateMachineArn,
      definition: "d1",
      about: aboutIntake,
    }),
    resumer: new StepFunctionsResumer(client),
  };
}

describe("An intake", () => {
  it("has one name for each version of each file, and another for each new attempt", () => {
    const names = [
      executionName(aboutIntake(input), 0),
      executionName(aboutIntake({ ...input, versionId: "v2" }), 0),
      executionName(aboutIntake({ ...input, key: "uploads/case-2.pdf" }), 0),
      executionName(aboutIntake(input), 1),
      executionName(aboutIntake(input), 2),
    ];
    expect(new Set(names).size).toBe(5);
    expect(executionName(aboutIntake({ ...input }), 0)).toBe(names[0]);
    for (const name of names) expect(name).toMatch(/^[0-9a-f]{64}$/);
  });

  it("is started once, however often its event comes", async () => {
    const { mock, starter } = started();
    mock.on(StartExecutionCommand).resolvesOnce({}).rejects(new ExecutionAlreadyExists(said));
    expect(await starter.start(input, 0)).toBe("started");
    expect(await starter.start(input, 0)).toBe("already-started");
    const [first, second] = mock.commandCalls(StartExecutionCommand).map((call) => call.args[0].input);
    expect(second).toEqual(first);
    expect(JSON.parse(first?.input ?? "")).toEqual({ ...input, definition: "d1" });
  });

  it.each([
    { status: "RUNNING", definition: "d1", standing: "running" },
    { status: "PENDING_REDRIVE", definition: "d1", standing: "running" },
    { status: "RUNNING", definition: "d0", standing: "outdated" },
    { status: "RUNNING", definition: undefined, standing: "outdated" },
    { status: "SUCCEEDED", definition: "d1", standing: "ended" },
    { status: "FAILED", definition: "d1", standing: "ended" },
    { status: "TIMED_OUT", definition: "d0", standing: "ended" },
    { status: "ABORTED", definition: "d0", standing: "ended" },
  ] as const)("that is $status under $definition is $standing", async ({ status, definition, standing }) => {
    const { mock, starter } = started();
    mock.on(DescribeExecutionCommand).resolves({ status, input: JSON.stringify({ ...input, definition }) });
    expect(await starter.standing(input, 0)).toBe(standing);
    const [call] = mock.commandCalls(DescribeExecutionCommand);
    expect(call?.args[0].input.executionArn).toBe(
      `arn:aws:states:eu-north-1:000000000000:execution:agreement-intake:${executionName(aboutIntake(input), 0)}`,
    );
  });

  it("that nobody started isn't running", async () => {
    const { mock, starter } = started();
    mock.on(DescribeExecutionCommand).rejects(new ExecutionDoesNotExist(said));
    expect(await starter.standing(input, 0)).toBe("ended");
  });
});

describe("Waking an execution", () => {
  it.each([
    { what: "was used or has run out", error: new TaskTimedOut(said) },
    { what: "belongs to an execution that has ended", error: new TaskDoesNotExist(said) },
    { what: "nobody knows", error: new InvalidToken(said) },
  ])("by a token that $what comes too late, and is no error", async ({ error }) => {
    const { mock, resumer } = started();
    mock.on(SendTaskSuccessCommand).rejects(error);
    expect(await resumer.resume("token")).toBe("too-late");
  });

  it("fails when the answer was lost, so that the errand stays and is run again", async () => {
    const { mock, resumer } = started();
    mock.on(SendTaskSuccessCommand).rejectsOnce(new Error("ECONNRESET")).rejects(new TaskTimedOut(said));
    await expect(resumer.resume("token")).rejects.toThrow();
    expect(await resumer.resume("token")).toBe("too-late");
  });

  it("tells the workflow nothing: what happened is in the table", async () => {
    const { mock, resumer } = started();
    mock.on(SendTaskSuccessCommand).resolves({});
    expect(await resumer.resume("token")).toBe("resumed");
    expect(mock.commandCalls(SendTaskSuccessCommand)[0]?.args[0].input).toEqual({
      taskToken: "token",
      output: "{}",
    });
  });
});
