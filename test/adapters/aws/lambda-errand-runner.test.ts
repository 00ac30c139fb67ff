import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { mockClient } from "aws-sdk-client-mock";
import { describe, expect, it } from "vitest";
import { LambdaErrandRunner } from "../../../shared/adapters/aws/lambda-errand-runner.ts";
import type { CaseId } from "../../../shared/domain/agreement/agreement-case.ts";

const caseId = "case-1" as CaseId;

function aRunner() {
  const client = new LambdaClient({ region: "eu-north-1" });
  const lost: CaseId[] = [];
  const onLost = (id: CaseId) => {
    lost.push(id);
  };
  return {
    mock: mockClient(client),
    lost,
    runner: new LambdaErrandRunner({ client, functionName: "deliver-outbox", onLost }),
  };
}

describe("A case's errands", () => {
  it("are run at once, without anybody waiting for them", async () => {
    const { mock, runner } = aRunner();
    mock.on(InvokeCommand).resolves({ StatusCode: 202 });
    await runner.runSoon(caseId);
    const [call] = mock.commandCalls(InvokeCommand);
    expect(call?.args[0].input).toMatchObject({ FunctionName: "deliver-outbox", InvocationType: "Event" });
    expect(Buffer.from(call?.args[0].input.Payload as Uint8Array).toString()).toBe('{"owner":"case-1"}');
  });

  it("that could not be run at once undo nothing: the sweep runs them", async () => {
    const { mock, runner, lost } = aRunner();
    mock.on(InvokeCommand).rejects(new Error("TooManyRequestsException"));
    await runner.runSoon(caseId);
    expect(lost).toEqual([caseId]);
  });
});
