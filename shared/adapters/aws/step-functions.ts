import { createHash } from "node:crypto";
import type { SFNClient } from "@aws-sdk/client-sfn";
import * as z from "zod/mini";
import type { IntakeInput, IntakeStanding, IntakeStarter, WorkflowResumer } from "../../ports/workflows.ts";
import { given, provision } from "./lambda/provide.ts";
import { clientOf, isFailure, type LoadedClient, onFirstUse } from "./sdk/loaded-client.ts";

const sdk = () => import("./sdk/sfn.ts");

export interface IntakeStarterOptions {
  client: LoadedClient<SFNClient>;
  stateMachineArn: string;
  /** The hash of the definition that is deployed; it travels in the input, so that an execution of an older one shows. */
  definition: string;
}

const executionInput = z.object({ definition: z.optional(z.string()) });

/**
 * Starts agreement-intake once per object version and attempt: the execution's name is a hash of what is to be done,
 * and Step Functions refuses a name for 90 days. After that the table is the guard.
 */
export class StepFunctionsIntakeStarter implements IntakeStarter {
  private readonly options: IntakeStarterOptions;

  constructor(options: IntakeStarterOptions) {
    this.options = options;
  }

  async start(input: IntakeInput, attempt: number): Promise<"started" | "already-started"> {
    const { stateMachineArn, definition } = this.options;
    const { StartExecutionCommand } = await sdk();
    const client = await clientOf(this.options.client);
    const { caseId, key, versionId } = input;
    try {
      await client.send(
        new StartExecutionCommand({
          stateMachineArn,
          name: executionName(input, attempt),
          // Fields in one order: a running execution of the same name answers only the very same input.
          input: JSON.stringify({ caseId, key, versionId, definition }),
        }),
      );
      return "started";
    } catch (error) {
      if (isFailure(error, "ExecutionAlreadyExists")) return "already-started";
      throw error;
    }
  }

  async standing(input: IntakeInput, attempt: number): Promise<IntakeStanding> {
    const { DescribeExecutionCommand } = await sdk();
    const client = await clientOf(this.options.client);
    try {
      const execution = await client.send(
        new DescribeExecutionCommand({ executionArn: this.executionArn(input, attempt) }),
      );
      if (execution.status !== "RUNNING" && execution.status !== "PENDING_REDRIVE") return "ended";
      const { definition } = executionInput.parse(JSON.parse(execution.input ?? "{}"));
      return definition === this.options.definition ? "running" : "outdated";
    } catch (error) {
      if (isFailure(error, "ExecutionDoesNotExist")) return "ended";
      throw error;
    }
  }

  async stop(input: IntakeInput, attempt: number): Promise<void> {
    const { StopExecutionCommand } = await sdk();
    await (await clientOf(this.options.client)).send(
      new StopExecutionCommand({
        executionArn: this.executionArn(input, attempt),
        error: "MovedToNewDefinition",
        cause: "Its definition is of old; the sweep starts the next attempt under the one of today.",
      }),
    );
  }

  private executionArn(input: IntakeInput, attempt: number): string {
    const executions = this.options.stateMachineArn.replace(":stateMachine:", ":execution:");
    return `${executions}:${executionName(input, attempt)}`;
  }
}

/** 64 hexadecimal letters of the 80 that a name may have. */
export function executionName({ key, versionId }: IntakeInput, attempt: number): string {
  const again = attempt > 0 ? `\n${attempt}` : "";
  return createHash("sha256").update(`${key}\n${versionId}${again}`).digest("hex");
}

/** Nobody waits under the token any more. */
const tooLate = ["TaskTimedOut", "TaskDoesNotExist", "InvalidToken"];

/** Wakes executions by their task token; what they do then, they look up in the table. */
export class StepFunctionsResumer implements WorkflowResumer {
  private readonly client: LoadedClient<SFNClient>;

  constructor(client: LoadedClient<SFNClient>) {
    this.client = client;
  }

  async resume(token: string): Promise<"resumed" | "too-late"> {
    const { SendTaskSuccessCommand } = await sdk();
    const client = await clientOf(this.client);
    try {
      await client.send(new SendTaskSuccessCommand({ taskToken: token, output: "{}" }));
      return "resumed";
    } catch (error) {
      if (tooLate.some((name) => isFailure(error, name))) return "too-late";
      throw error;
    }
  }
}

const client = onFirstUse(async () => new (await sdk()).SFNClient());

/** For a handler. */
export const intake = provision(
  {
    INTAKE_WORKFLOW_ARN: z.string().check(z.minLength(1)),
    INTAKE_DEFINITION: z.string().check(z.minLength(1)),
  },
  ({ INTAKE_WORKFLOW_ARN, INTAKE_DEFINITION }) =>
    new StepFunctionsIntakeStarter({
      client,
      stateMachineArn: INTAKE_WORKFLOW_ARN,
      definition: INTAKE_DEFINITION,
    }),
);
export const workflows = given(() => new StepFunctionsResumer(client));
