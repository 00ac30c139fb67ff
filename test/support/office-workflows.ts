import { createHash } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type * as z from "zod";
import type { RunningClock } from "../../embedded-aws/clock/clock.ts";
import type { InvokeResult } from "../../embedded-aws/lambda/invoker.ts";
import { createStepFunctions } from "../../embedded-aws/step-functions/step-functions.ts";
import type { WorkflowResumer, WorkflowStarter } from "../../shared/ports/workflows.ts";
import { request as callStepFunctions } from "../workflows/rehearsal.ts";

type Definition = z.core.util.JSONType;

/** What tells one workflow from another: its name, and what an execution is about. */
interface Named<Input> {
  name: string;
  about: (input: Input) => string;
}

/** One workflow on the embedded Step Functions, behind the ports by which the functions know it. */
export function openWorkflows<Input extends object>(
  clock: RunningClock,
  first: Definition,
  invoke: (functionArn: string, payload: unknown) => Promise<InvokeResult>,
  { name: workflow, about }: Named<Input>,
) {
  const stateMachineArn = `arn:aws:states:eu-north-1:000000000000:stateMachine:${workflow}`;
  const nameOf = (input: Input, attempt: number) => `${about(input)}-${attempt}`;
  const dataDir = mkdtempSync(join(tmpdir(), "office-"));
  let definition = first;
  const open = () =>
    createStepFunctions({
      dataDir,
      clock,
      machines: [{ arn: stateMachineArn, name: workflow, definition }],
      invoker: { invoke, invokeAsync: () => undefined },
    });
  let service = open();
  const call = (action: string, body: unknown) => callStepFunctions(service, action, body);
  const hash = () => createHash("sha256").update(JSON.stringify(definition)).digest("hex").slice(0, 16);
  const begun = new Map<string, string>();

  const workflows: WorkflowStarter<Input> & WorkflowResumer = {
    async start(input, attempt) {
      const name = nameOf(input, attempt);
      if (begun.has(name)) return "already-started";
      begun.set(name, hash());
      const withDefinition = JSON.stringify({ ...input, definition: hash() });
      await call("StartExecution", { stateMachineArn, name, input: withDefinition });
      return "started";
    },
    async standing(input, attempt) {
      const name = nameOf(input, attempt);
      const running = service
        .executions()
        .some((execution) => execution.name === name && execution.status === "RUNNING");
      if (!running) return "ended";
      return begun.get(name) === hash() ? "running" : "outdated";
    },
    async stop(input, attempt) {
      const executions = stateMachineArn.replace(":stateMachine:", ":execution:");
      await call("StopExecution", { executionArn: `${executions}:${nameOf(input, attempt)}` });
    },
    async resume(taskToken) {
      try {
        await call("SendTaskSuccess", { taskToken, output: "{}" });
        return "resumed";
      } catch {
        return "too-late";
      }
    },
  };
  return {
    workflows,
    executions: () => service.executions(),
    /** Another definition is deployed: what runs keeps the one it began under. */
    async deploy(next: Definition) {
      definition = next;
      service.close();
      service = open();
      service.resume();
      await clock.idle();
    },
  };
}
