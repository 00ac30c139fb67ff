import { parseArgs } from "node:util";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import {
  DeleteMessageCommand,
  GetQueueUrlCommand,
  ListDeadLetterSourceQueuesCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import * as z from "zod";
import { stageSettings } from "../infra/stage-settings.ts";

const REGION = stageSettings("prod").region;

const usage = `Sends what a queue of undelivered things holds back to where it was going.

  npm run replay -- QUEUE              name or URL; the alarm names it
  npm run replay -- QUEUE --dry-run    shows what lies there and leaves it
  --region REGION                      when the stage's is not ${REGION}`;

/** What an asynchronously invoked function gave up on. Source: Lambda developer guide, "Destinations". */
const onFailureRecord = z.object({
  requestContext: z.object({ functionArn: z.string() }),
  requestPayload: z.json(),
});

/** A message of a dead-letter queue, and the function that it was for. */
export interface Undelivered {
  functionArn: string;
  payload: z.core.util.JSONType;
}

/**
 * Reads a message as EventBridge, Scheduler (the target's ARN is an attribute) or Lambda (it is in the record)
 * left it; undefined when it is none of these.
 */
export function undeliveredFrom({ Body = "", MessageAttributes = {} }: Message): Undelivered | undefined {
  const body = parsed(Body);
  const target = MessageAttributes["TARGET_ARN"]?.StringValue;
  if (target !== undefined) return body === undefined ? undefined : { functionArn: target, payload: body };
  const record = onFailureRecord.safeParse(body);
  if (!record.success) return undefined;
  const { requestContext, requestPayload } = record.data;
  // Lambda adds the version that ran; what is sent again goes to the one that is deployed now.
  return { functionArn: requestContext.functionArn.replace(/:\$LATEST$/, ""), payload: requestPayload };
}

export interface Replayed {
  sent: number;
  /** Ids of messages nobody here can read; they stay in the queue. */
  unreadable: string[];
}

interface ReplayOptions {
  sqs: SQSClient;
  lambda: LambdaClient;
  queueUrl: string;
  dryRun: boolean;
  say: (line: string) => void;
}

/**
 * Sends each message where it was going, to its function without waiting or to the queue that gave up on it, and
 * takes it out only after it was accepted there: a crash in between sends it twice, which every receiver takes for
 * once.
 */
export async function replay(options: ReplayOptions): Promise<Replayed> {
  const { sqs, queueUrl, dryRun, say } = options;
  const source = await sourceOf(sqs, queueUrl);
  const seen = new Set<string>();
  const result: Replayed = { sent: 0, unreadable: [] };
  for (;;) {
    // A look takes nothing away from whoever looks next.
    const messages = (await receive(sqs, queueUrl, dryRun ? LOOK_SECONDS : VISIBILITY_SECONDS)).filter(
      ({ MessageId = "" }) => !seen.has(MessageId),
    );
    if (messages.length === 0) return result;
    for (const message of messages) {
      const id = message.MessageId ?? "";
      seen.add(id);
      const undelivered = undeliveredFrom(message);
      const target = undelivered?.functionArn ?? source;
      say(`${id}  ${target ?? "cannot be read"}`);
      if (target === undefined) result.unreadable.push(id);
      if (target === undefined || dryRun) continue;
      await (undelivered ? invoke(undelivered, options) : sendBack(message, target, options));
      await sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle: message.ReceiptHandle }));
      result.sent += 1;
    }
  }
}

async function invoke(
  { functionArn, payload }: Undelivered,
  { lambda }: Pick<ReplayOptions, "lambda">,
): Promise<void> {
  await lambda.send(
    new InvokeCommand({
      FunctionName: functionArn,
      InvocationType: "Event",
      Payload: JSON.stringify(payload),
    }),
  );
}

/** Into its group where the queue has groups; under its own id, for the first one may not be forgotten yet. */
async function sendBack(
  { Body, MessageId, Attributes }: Message,
  queueUrl: string,
  { sqs }: Pick<ReplayOptions, "sqs">,
): Promise<void> {
  const MessageGroupId = Attributes?.["MessageGroupId"];
  await sqs.send(
    new SendMessageCommand({
      QueueUrl: queueUrl,
      MessageBody: Body,
      ...(MessageGroupId !== undefined && { MessageGroupId, MessageDeduplicationId: MessageId }),
    }),
  );
}

/** The one queue that gives up into this one; none where functions, rules or a pipe do. */
async function sourceOf(sqs: SQSClient, QueueUrl: string): Promise<string | undefined> {
  const { queueUrls = [] } = await sqs.send(new ListDeadLetterSourceQueuesCommand({ QueueUrl }));
  return queueUrls.length === 1 ? queueUrls[0] : undefined;
}

/** Long enough to send ten messages; what is not taken out by then can be seen again. */
const VISIBILITY_SECONDS = 60;

/** Long enough for one look through the queue to see each message once. */
const LOOK_SECONDS = 5;

async function receive(sqs: SQSClient, queueUrl: string, hiddenSeconds: number): Promise<Message[]> {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: queueUrl,
      MaxNumberOfMessages: 10,
      VisibilityTimeout: hiddenSeconds,
      WaitTimeSeconds: 1,
      MessageAttributeNames: ["All"],
      MessageSystemAttributeNames: ["MessageGroupId"],
    }),
  );
  return Messages;
}

function parsed(text: string): z.core.util.JSONType | undefined {
  try {
    return z.json().parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      "dry-run": { type: "boolean", default: false },
      region: { type: "string", default: REGION },
    },
  });
  const [queue, ...more] = positionals;
  if (queue === undefined || more.length > 0) {
    console.error(usage);
    process.exitCode = 2;
    return;
  }
  const { region } = values;
  const sqs = new SQSClient({ region });
  const queueUrl = queue.includes("://") ? queue : await urlOf(sqs, queue);
  const dryRun = values["dry-run"];
  const { sent, unreadable } = await replay({
    sqs,
    lambda: new LambdaClient({ region }),
    queueUrl,
    dryRun,
    say: console.log,
  });
  console.log(`${sent} sent, ${unreadable.length} left because nobody here can read them`);
  if (unreadable.length > 0) process.exitCode = 1;
}

async function urlOf(sqs: SQSClient, name: string): Promise<string> {
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: name }));
  return z.string().parse(QueueUrl);
}

if (import.meta.main) {
  await main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
