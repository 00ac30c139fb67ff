import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { LaterErrands } from "../../ports/workflows.ts";

/** SQS holds a message back for 15 minutes at most. */
const longestDelaySeconds = 900;

/** Puts an owner into the queue whose messages are held back one by one; deliver-outbox empties it. */
export class SqsLaterErrands implements LaterErrands {
  private readonly client: SQSClient;
  private readonly queueUrl: string;

  constructor(options: { client: SQSClient; queueUrl: string }) {
    this.client = options.client;
    this.queueUrl = options.queueUrl;
  }

  async runLater(owner: string, afterSeconds: number): Promise<void> {
    await this.client.send(
      new SendMessageCommand({
        QueueUrl: this.queueUrl,
        MessageBody: JSON.stringify({ owner }),
        DelaySeconds: Math.min(Math.max(Math.round(afterSeconds), 0), longestDelaySeconds),
      }),
    );
  }
}
