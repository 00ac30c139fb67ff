import { InvokeCommand, type LambdaClient } from "@aws-sdk/client-lambda";
import type { CaseId } from "../../domain/agreement/agreement-case.ts";
import type { ErrandRunner } from "../../ports/workflows.ts";

export interface LambdaErrandRunnerOptions {
  client: LambdaClient;
  /** Name or ARN of deliver-outbox. */
  functionName: string;
  /** Told when the invocation failed: the errands are in the table, and the hourly sweep runs them. */
  onLost: (caseId: CaseId, error: unknown) => void;
}

/** Runs a case's errands by invoking deliver-outbox without waiting for it. */
export class LambdaErrandRunner implements ErrandRunner {
  private readonly options: LambdaErrandRunnerOptions;

  constructor(options: LambdaErrandRunnerOptions) {
    this.options = options;
  }

  /** Never fails: what was committed stays committed, whoever delivers it. */
  async runSoon(caseId: CaseId): Promise<void> {
    const { client, functionName, onLost } = this.options;
    try {
      await client.send(
        new InvokeCommand({
          FunctionName: functionName,
          InvocationType: "Event",
          Payload: Buffer.from(JSON.stringify({ owner: caseId })),
        }),
      );
    } catch (error) {
      onLost(caseId, error);
    }
  }
}
