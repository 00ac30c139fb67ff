import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SFNClient } from "@aws-sdk/client-sfn";
import { describe, expect, it, onTestFinished } from "vitest";
import { startClock } from "../../embedded-aws/clock/clock.ts";
import { createStepFunctions } from "../../embedded-aws/step-functions/step-functions.ts";
import {
  aboutIntake,
  StepFunctionsResumer,
  StepFunctionsStarter,
} from "../../shared/adapters/aws/step-functions.ts";
import type { CaseId } from "../../shared/domain/owner.ts";
import type { IntakeStarter } from "../../shared/ports/workflows.ts";
import { tokenTask } from "../embedded-aws/step-functions/world.ts";
import { MemoryWorkflows } from "../support/fakes/memory-workflows.ts";
import { clientSettings, hostService } from "../support/one-service.ts";
import { intakeStarterContract } from "./workflows-contract.ts";

const input = { caseId: "case-1" as CaseId, key: "uploads/case-1.pdf", versionId: "v1" };
const stateMachineArn = "arn:aws:states:eu-north-1:000000000000:stateMachine:agreement-intake";

/** Embedded Step Functions with one workflow that waits for its token and then ends. */
async function runStepFunctions() {
  const clock = startClock({ mode: "still", startMs: Date.UTC(2026, 10, 23) });
  const tokens: string[] = [];
  const definition = {
    StartAt: "Wait",
    States: { Wait: { ...tokenTask("store-task-token"), TimeoutSeconds: 60, End: true } },
  };
  const workflows = createStepFunctions({
    dataDir: mkdtempSync(join(tmpdir(), "workflows-")),
    clock,
    invoker: {
      invoke: async (_name, payload) => {
        tokens.push((payload as { taskToken: string }).taskToken);
        return { ok: true, payload: {} };
      },
      invokeAsync: () => undefined,
    },
    machines: [{ arn: stateMachineArn, name: "agreement-intake", definition }],
  });
  const host = await hostService(workflows);
  onTestFinished(async () => {
    await host.close();
    workflows.close();
    clock.stop();
  });
  const client = new SFNClient(clientSettings(host.endpoint));
  const under = (definition: string) =>
    new StepFunctionsStarter({ client, stateMachineArn, definition, about: aboutIntake });
  const resumer = new StepFunctionsResumer(client);
  const end = async () => {
    await clock.idle();
    for (const token of tokens) await resumer.resume(token);
    await clock.idle();
  };
  return {
    starter: under("first"),
    afterDeployment: under("second"),
    resumer,
    end,
    tokens,
    clock,
    workflows,
  };
}

intakeStarterContract("in memory", async () => {
  const workflows = new MemoryWorkflows();
  const afterDeployment: IntakeStarter = {
    start: (...of) => workflows.under("second").start(...of),
    standing: (...of) => workflows.under("second").standing(...of),
    stop: (...of) => workflows.stop(...of),
  };
  return { starter: workflows, afterDeployment, end: async () => workflows.end(input, 0) };
});
intakeStarterContract("Step Functions", runStepFunctions);

describe("An intake's event that comes ten times at once", () => {
  it("makes one execution", async () => {
    const { starter, workflows } = await runStepFunctions();
    await Promise.all(Array.from({ length: 10 }, () => starter.start(input, 0)));
    expect(workflows.executions()).toHaveLength(1);
  });
});

describe("A task token", () => {
  it("wakes its execution once; after that, or after its time, it comes too late", async () => {
    const { starter, resumer, tokens, clock } = await runStepFunctions();
    await starter.start(input, 0);
    await starter.start(input, 1);
    await clock.idle();
    const [first = "", second = ""] = tokens;
    expect(await resumer.resume(first)).toBe("resumed");
    expect(await resumer.resume(first)).toBe("too-late");
    await clock.advanceTo(clock.now() + 61_000);
    expect(await resumer.resume(second)).toBe("too-late");
  });

  it("that nobody made comes too late", async () => {
    expect(await (await runStepFunctions()).resumer.resume("nonsense")).toBe("too-late");
  });
});
