import type { SQSClient } from "@aws-sdk/client-sqs";
import * as z from "zod/mini";
import { type Owner, ownerText } from "../../domain/owner.ts";
import type { LaterErrands } from "../../ports/outbox.ts";
import { provision } from "./lambda/provide.ts";
import { clientOf, type LoadedClient, onFirstUse } from "./sdk/loaded-client.ts";

const sdk = () => import("./sdk/sqs.ts");

/** SQS holds a message back for 15 minutes at most. */
const longestDelaySeconds = 900;

/** Puts an owner into the queue whose messages are held back one by one; deliver-outbox empties it. */
export class SqsLaterErrands implements LaterErrands {
  private readonly client: LoadedClient<SQSClient>;
  private readonly queueUrl: string;

  constructor(options: { client: LoadedClient<SQSClient>; queueUrl: string }) {
    this.client = options.client;
    this.queueUrl = options.queueUrl;
  }

  async runLater(owner: Owner, again: { afterSeconds: number; tries?: number }): Promise<void> {
    const { afterSeconds, tries = 0 } = again;
    const { SendMessageCommand } = await sdk();
    await (await clientOf(this.client)).send(
      new SendMessageCommand({
        QueueUrl: this.queueUrl,
        MessageBody: JSON.stringify({ owner: ownerText(owner), tries }),
        DelaySeconds: Math.min(Math.max(Math.round(afterSeconds), 0), longestDelaySeconds),
      }),
    );
  }
}

/** For a handler. */
export const later = provision(
  { OUTBOX_LATER_QUEUE_URL: z.string().check(z.minLength(1)) },
  ({ OUTBOX_LATER_QUEUE_URL }) =>
    new SqsLaterErrands({
      // The SDK would call the host in the queue's URL, past the endpoint that the environment may name.
      client: onFirstUse(async () => new (await sdk()).SQSClient({ useQueueUrlAsEndpoint: false })),
      queueUrl: OUTBOX_LATER_QUEUE_URL,
    }),
);
