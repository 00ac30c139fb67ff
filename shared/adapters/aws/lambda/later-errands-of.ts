import { SQSClient } from "@aws-sdk/client-sqs";
import { SqsLaterErrands } from "../later-errands.ts";

/** Has errands run later through the queue that a function's environment names. */
export function laterErrandsOf(env: { OUTBOX_LATER_QUEUE_URL: string }): SqsLaterErrands {
  return new SqsLaterErrands({
    // The SDK would call the host in the queue's URL, past the endpoint that the environment may name.
    client: new SQSClient({ useQueueUrlAsEndpoint: false }),
    queueUrl: env.OUTBOX_LATER_QUEUE_URL,
  });
}
