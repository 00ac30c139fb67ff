import { createHash } from "node:crypto";
import type { SFNClient } from "@aws-sdk/client-sfn";
import * as z from "zod/mini";
import type {
  AttemptStanding,
  DuesInput,
  IntakeInput,
  WorkflowResumer,
  WorkflowStarter,
} from "../../ports/workflows.ts";
import { given, provision } from "./lambda/provide.ts";
import { clientOf, isFailure, type LoadedClient, onFirstUse } from "./sdk/loaded-client.ts";

const sdk = () => import("./sdk/sfn.ts");

export interface StarterOptions<Input> {
  client: LoadedClient<SFNClient>;
  stateMachineArn: string;
  /** The hash of the definition that is deployed; it travels in the input, so that an execution of an older one shows. */
  definition: string;
  /** What an execution is about, as the lines that its name is a hash of. */
  about: (input: Input) => readonly string[];
}

const executionInput = z.object({ definition: z.optional(z.string()) });

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
    const { stateMachineArn, definition } = this.options;
    const { StartExecutionCommand } = await sdk();
    const client = await clientOf(this.options.client);
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
      if (isFailure(error, "ExecutionAlreadyExists")) return "already-started";
      throw error;
    }
  }

  async standing(input: Input, attempt: number): Promise<AttemptStanding> {
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

  async stop(input: Input, attempt: number): Promise<void> {
    const { StopExecutionCommand } = await sdk();
    await (await clientOf(this.options.client)).send(
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

const client = onFirstUse(async () => new (await sdk()).SFNClient());

/** A starter says what it is about in one order: a running execution of the same name answers only the same input. */
function starting<Input extends object>(
  options: Omit<StarterOptions<Input>, "client">,
): StepFunctionsStarter<Input> {
  return new StepFunctionsStarter({ client, ...options });
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

/** For a handler. */
export const intake = provision(
  {
    INTAKE_WORKFLOW_ARN: z.string().check(z.minLength(1)),
    INTAKE_DEFINITION: z.string().check(z.minLength(1)),
  },
  ({ INTAKE_WORKFLOW_ARN, INTAKE_DEFINITION }) =>
    starting<IntakeInput>({
      stateMachineArn: INTAKE_WORKFLOW_ARN,
      definition: INTAKE_DEFINITION,
      about: aboutIntake,
    }),
);
export const dues = provision(
  {
    DUES_WORKFLOW_ARN: z.string().check(z.minLength(1)),
    DUES_DEFINITION: z.string().check(z.minLength(1)),
  },
  ({ DUES_WORKFLOW_ARN, DUES_DEFINITION }) =>
    starting<DuesInput>({
      stateMachineArn: DUES_WORKFLOW_ARN,
      definition: DUES_DEFINITION,
      about: ({ runId }) => [runId],
    }),
);
export const workflows = given(() => new StepFunctionsResumer(client));
