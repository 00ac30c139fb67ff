import { createHash } from "node:crypto";
import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  InvalidToken,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
  TaskDoesNotExist,
  TaskTimedOut,
} from "@aws-sdk/client-sfn";
import * as z from "zod";
import type {
  AttemptStanding,
  DuesInput,
  IntakeInput,
  WorkflowResumer,
  WorkflowStarter,
} from "../../ports/workflows.ts";
import { given, provision } from "./lambda/provide.ts";

export interface StarterOptions<Input> {
  client: SFNClient;
  stateMachineArn: string;
  /** The hash of the definition that is deployed; it travels in the input, so that an execution of an older one shows. */
  definition: string;
  /** What an execution is about, as the lines that its name is a hash of. */
  about: (input: Input) => readonly string[];
}

const executionInput = z.object({ definition: z.string().optional() });

/**
 * Starts a workflow once for what it is about and attempt: the execution's name is a hash of that, and Step Functions
 * refuses a name for 90 days. After that the table is the guard.
 */
export class StepFunctionsStarter<Input extends object> implements WorkflowStarter<Input> {
  private readonly options: StarterOptions<Input>;

  constructor(options: StarterOptions<Input>) {
    this.options = options;
  }

  async start(input: Input, attempt: number): Promise<"started" | "already-started"> {
    const { client, stateMachineArn, definition } = this.options;
    try {
      await client.send(
        new StartExecutionCommand({
          stateMachineArn,
          name: executionName(this.options.about(input), attempt),
          input: JSON.stringify({ ...input, definition }),
        }),
      );
      return "started";
    } catch (error) {
      if (error instanceof ExecutionAlreadyExists) return "already-started";
      throw error;
    }
  }

  async standing(input: Input, attempt: number): Promise<AttemptStanding> {
    try {
      const execution = await this.options.client.send(
        new DescribeExecutionCommand({ executionArn: this.executionArn(input, attempt) }),
      );
      if (execution.status !== "RUNNING" && execution.status !== "PENDING_REDRIVE") return "ended";
      const { definition } = executionInput.parse(JSON.parse(execution.input ?? "{}"));
      return definition === this.options.definition ? "running" : "outdated";
    } catch (error) {
      if (error instanceof ExecutionDoesNotExist) return "ended";
      throw error;
    }
  }

  async stop(input: Input, attempt: number): Promise<void> {
    await this.options.client.send(
      new StopExecutionCommand({
        executionArn: this.executionArn(input, attempt),
        error: "MovedToNewDefinition",
        cause: "Its definition is of old; the sweep starts the next attempt under the one of today.",
      }),
    );
  }

  private executionArn(input: Input, attempt: number): string {
    const executions = this.options.stateMachineArn.replace(":stateMachine:", ":execution:");
    return `${executions}:${executionName(this.options.about(input), attempt)}`;
  }
}

/** 64 hexadecimal letters of the 80 that a name may have. */
export function executionName(about: readonly string[], attempt: number): string {
  const lines = attempt > 0 ? [...about, String(attempt)] : about;
  return createHash("sha256").update(lines.join("\n")).digest("hex");
}

/** The one key and the version of a case's upload. */
export function aboutIntake({ key, versionId }: IntakeInput): string[] {
  return [key, versionId];
}

/** A starter says what it is about in one order: a running execution of the same name answers only the same input. */
function starting<Input extends object>(
  options: Omit<StarterOptions<Input>, "client">,
): StepFunctionsStarter<Input> {
  return new StepFunctionsStarter({ client: new SFNClient(), ...options });
}

/** Wakes executions by their task token; what they do then, they look up in the table. */
export class StepFunctionsResumer implements WorkflowResumer {
  private readonly client: SFNClient;

  constructor(client: SFNClient) {
    this.client = client;
  }

  async resume(token: string): Promise<"resumed" | "too-late"> {
    try {
      await this.client.send(new SendTaskSuccessCommand({ taskToken: token, output: "{}" }));
      return "resumed";
    } catch (error) {
      const late =
        error instanceof TaskTimedOut || error instanceof TaskDoesNotExist || error instanceof InvalidToken;
      if (late) return "too-late";
      throw error;
    }
  }
}

/** For a handler. */
export const intake = provision(
  { INTAKE_WORKFLOW_ARN: z.string().min(1), INTAKE_DEFINITION: z.string().min(1) },
  ({ INTAKE_WORKFLOW_ARN, INTAKE_DEFINITION }) =>
    starting<IntakeInput>({
      stateMachineArn: INTAKE_WORKFLOW_ARN,
      definition: INTAKE_DEFINITION,
      about: aboutIntake,
    }),
);
export const dues = provision(
  { DUES_WORKFLOW_ARN: z.string().min(1), DUES_DEFINITION: z.string().min(1) },
  ({ DUES_WORKFLOW_ARN, DUES_DEFINITION }) =>
    starting<DuesInput>({
      stateMachineArn: DUES_WORKFLOW_ARN,
      definition: DUES_DEFINITION,
      about: ({ runId }) => [runId],
    }),
);
export const workflows = given(() => new StepFunctionsResumer(new SFNClient()));
