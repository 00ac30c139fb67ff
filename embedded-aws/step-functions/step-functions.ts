import type { LocalClock } from "../clock/clock.ts";
import type { Service } from "../gateway/service.ts";
import type { LambdaInvoker } from "../lambda/invoker.ts";
import type { Json } from "../template/json.ts";
import { handleStates, statesDemands } from "./api.ts";
import { createExecutions, type Machine, workflowOf } from "./executions.ts";
import { type ExecutionStatus, openJournal } from "./journal.ts";

export interface StepFunctionsOptions {
  /** Where `workflows.sqlite` lies. */
  dataDir: string;
  clock: LocalClock;
  invoker: LambdaInvoker;
  machines: readonly Machine[];
  /** Told of each execution's end. */
  onEnded?: (machineArn: string, status: ExecutionStatus) => void;
}

/** An execution as the control page shows it. Times are ISO 8601. */
export interface ShownExecution {
  name: string;
  workflow: string;
  status: ExecutionStatus;
  currentStates: string[];
  startedAt: string;
  stoppedAt?: string;
  error?: string;
}

export interface StepFunctions extends Service {
  /** Goes on with what was running when the process ended. Call it once the functions can be called. */
  resume(): void;
  /** Newest first. */
  executions(): ShownExecution[];
  definitions(): { name: string; arn: string; definition: Json }[];
  /** Ends as a kill would: what runs stays RUNNING in the journal and goes on at the next start. */
  close(): void;
}

/**
 * The embedded Step Functions: runs the template's definitions on the local clock and journals every effect.
 * Throws DefinitionRefused, naming state and field, when a definition has anything it can't run.
 */
export function createStepFunctions({
  dataDir,
  clock,
  invoker,
  machines,
  onEnded,
}: StepFunctionsOptions): StepFunctions {
  const journal = openJournal(dataDir);
  const executions = createExecutions({ journal, clock, invoker, machines, ...(onEnded && { onEnded }) });
  return {
    signingNames: ["states"],
    demands: statesDemands,
    handle: async (request) => handleStates(request, executions),
    resume: executions.resume,
    executions: () =>
      executions.list().map(({ arn, machineArn, name, status, startedAt, stoppedAt, error }) => ({
        name,
        workflow: workflowOf(machineArn),
        status,
        currentStates: executions.currentStates(arn),
        startedAt: new Date(startedAt).toISOString(),
        ...(stoppedAt !== undefined && { stoppedAt: new Date(stoppedAt).toISOString() }),
        ...(error !== undefined && { error }),
      })),
    definitions: () => machines.map(({ name, arn, definition }) => ({ name, arn, definition })),
    close() {
      executions.halt();
      journal.close();
    },
  };
}
