import { createHash } from "node:crypto";
import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  InvalidToken,
  SendTaskSuccessCommand,
  type SFNClient,
  StartExecutionCommand,
  TaskDoesNotExist,
  TaskTimedOut,
} from "@aws-sdk/client-sfn";
import type { IntakeInput, IntakeStarter, WorkflowResumer } from "../../ports/workflows.ts";

/**
 * Starts agreement-intake once per object version: the execution's name is a hash of what is to be done, and Step
 * Functions refuses a name for 90 days. After that the table is the guard.
 */
export class StepFunctionsIntakeStarter implements IntakeStarter {
  private readonly client: SFNClient;
  private readonly stateMachineArn: string;

  constructor(options: { client: SFNClient; stateMachineArn: string }) {
    this.client = options.client;
    this.stateMachineArn = options.stateMachineArn;
  }

  async start(input: IntakeInput, attempt: number): Promise<"started" | "already-started"> {
    const { caseId, key, versionId } = input;
    try {
      await this.client.send(
        new StartExecutionCommand({
          stateMachineArn: this.stateMachineArn,
          name: executionName(input, attempt),
          // Fields in one order: a running execution of the same name answers only the very same input.
          input: JSON.stringify({ caseId, key, versionId }),
        }),
      );
      return "started";
    } catch (error) {
      if (error instanceof ExecutionAlreadyExists) return "already-started";
      throw error;
    }
  }

  async isRunning(input: IntakeInput, attempt: number): Promise<boolean> {
    const executions = this.stateMachineArn.replace(":stateMachine:", ":execution:");
    try {
      const { status } = await this.client.send(
        new DescribeExecutionCommand({ executionArn: `${executions}:${executionName(input, attempt)}` }),
      );
      return status === "RUNNING" || status === "PENDING_REDRIVE";
    } catch (error) {
      if (error instanceof ExecutionDoesNotExist) return false;
      throw error;
    }
  }
}

/** 64 hexadecimal letters of the 80 that a name may have. */
export function executionName({ key, versionId }: IntakeInput, attempt: number): string {
  const again = attempt > 0 ? `\n${attempt}` : "";
  return createHash("sha256").update(`${key}\n${versionId}${again}`).digest("hex");
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
