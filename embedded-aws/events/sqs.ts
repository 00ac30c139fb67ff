import * as z from "zod";
import type { AwsRequest, AwsResponse, Demand, Service } from "../gateway/service.ts";
import { MessageRefused, md5, type Queues, type ReceivedMessage } from "./queues.ts";

/** The SQS API over the AWS JSON 1.0 protocol, as far as it is used: send, and read, send back and remove dead letters. */
class Refused extends Error {
  override readonly name = "Refused";
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

const ofQueue = { QueueUrl: z.string() };
const receipt = { ...ofQueue, ReceiptHandle: z.string() };
const attributeValue = z.strictObject({ DataType: z.literal("String"), StringValue: z.string() });
const message = {
  MessageBody: z.string().min(1),
  MessageAttributes: z.record(z.string(), attributeValue).default({}),
};

interface Call {
  queues: Queues;
  /** The ARN of the queue that a URL or a name stands for. */
  arnOf(urlOrName: string): string;
  /** The URL of a queue, at the address the caller used. */
  urlOf(arn: string): string;
}

interface Action {
  answer(body: unknown, call: Call): unknown;
}

function action<T>(input: z.ZodType<T>, answer: (input: NoInfer<T>, call: Call) => unknown): Action {
  return {
    answer(body, call) {
      const parsed = input.safeParse(body);
      if (!parsed.success) throw new Refused("InvalidParameterValue", z.prettifyError(parsed.error));
      return answer(parsed.data, call);
    },
  };
}

const actions: Record<string, Action> = {
  GetQueueUrl: action(
    z.strictObject({ QueueName: z.string(), QueueOwnerAWSAccountId: z.string().optional() }),
    ({ QueueName }, { arnOf, urlOf }) => ({ QueueUrl: urlOf(arnOf(QueueName)) }),
  ),
  ListQueues: action(
    z.strictObject({ QueueNamePrefix: z.string().default(""), MaxResults: z.int().optional() }),
    ({ QueueNamePrefix }, { queues, urlOf }) => ({
      QueueUrls: queues
        .arns()
        .filter((arn) => nameOf(arn).startsWith(QueueNamePrefix))
        .map(urlOf),
    }),
  ),
  GetQueueAttributes: action(
    z.strictObject({ ...ofQueue, AttributeNames: z.array(z.string()).default([]) }),
    ({ QueueUrl, AttributeNames }, { queues, arnOf }) => {
      const arn = arnOf(QueueUrl);
      const { visible, inFlight, delayed } = queues.counts(arn);
      const all: Record<string, string> = {
        QueueArn: arn,
        ApproximateNumberOfMessages: String(visible),
        ApproximateNumberOfMessagesNotVisible: String(inFlight),
        ApproximateNumberOfMessagesDelayed: String(delayed),
        ...(queues.isFifo(arn) && { FifoQueue: "true" }),
      };
      const unknown = AttributeNames.find((name) => name !== "All" && !Object.hasOwn(all, name));
      if (unknown) throw new Refused("InvalidAttributeName", `Unknown Attribute ${unknown}.`);
      const wanted = Object.entries(all).filter(
        ([name]) => AttributeNames.includes("All") || AttributeNames.includes(name),
      );
      return { Attributes: Object.fromEntries(wanted) };
    },
  ),
  SendMessage: action(
    z.strictObject({
      ...ofQueue,
      ...message,
      DelaySeconds: z.int().min(0).max(900).optional(),
      MessageGroupId: z.string().max(128).optional(),
      MessageDeduplicationId: z.string().max(128).optional(),
    }),
    (
      { QueueUrl, MessageBody, MessageAttributes, DelaySeconds, MessageGroupId, MessageDeduplicationId },
      { queues, arnOf },
    ) => {
      const texts = Object.entries(MessageAttributes).map(([name, { StringValue }]) => [name, StringValue]);
      const sent = queues.send(arnOf(QueueUrl), MessageBody, Object.fromEntries(texts), {
        ...(DelaySeconds !== undefined && { delaySeconds: DelaySeconds }),
        ...(MessageGroupId !== undefined && { groupId: MessageGroupId }),
        ...(MessageDeduplicationId !== undefined && { deduplicationId: MessageDeduplicationId }),
      });
      return { MessageId: sent.id, MD5OfMessageBody: sent.md5 };
    },
  ),
  ReceiveMessage: action(
    z.strictObject({
      ...ofQueue,
      MaxNumberOfMessages: z.int().min(1).max(10).default(1),
      VisibilityTimeout: z.int().min(0).max(43_200).optional(),
      // An empty queue answers at once: nothing here waits on real time.
      WaitTimeSeconds: z.int().min(0).max(20).optional(),
      AttributeNames: z.array(z.string()).default([]),
      MessageSystemAttributeNames: z.array(z.string()).default([]),
      MessageAttributeNames: z.array(z.string()).default([]),
    }),
    (
      { QueueUrl, MaxNumberOfMessages, VisibilityTimeout, MessageAttributeNames, ...asked },
      { queues, arnOf },
    ) => {
      const system = [...asked.AttributeNames, ...asked.MessageSystemAttributeNames];
      const received = queues.receive(arnOf(QueueUrl), MaxNumberOfMessages, VisibilityTimeout);
      return received.length === 0
        ? {}
        : { Messages: received.map((one) => shown(one, system, MessageAttributeNames)) };
    },
  ),
  DeleteMessage: action(z.strictObject(receipt), ({ QueueUrl, ReceiptHandle }, { queues, arnOf }) => {
    queues.remove(arnOf(QueueUrl), ReceiptHandle);
    return {};
  }),
  ChangeMessageVisibility: action(
    z.strictObject({ ...receipt, VisibilityTimeout: z.int().min(0).max(43_200) }),
    ({ QueueUrl, ReceiptHandle, VisibilityTimeout }, { queues, arnOf }) => {
      if (queues.changeVisibility(arnOf(QueueUrl), ReceiptHandle, VisibilityTimeout)) return {};
      throw new Refused("ReceiptHandleIsInvalid", "The input receipt handle is invalid.");
    },
  ),
  ListDeadLetterSourceQueues: action(
    z.strictObject({ ...ofQueue, MaxResults: z.int().optional() }),
    ({ QueueUrl }, { queues, arnOf, urlOf }) => ({
      queueUrls: queues.sourcesOf(arnOf(QueueUrl)).map(urlOf),
    }),
  ),
  PurgeQueue: action(z.strictObject(ofQueue), ({ QueueUrl }, { queues, arnOf }) => {
    queues.purge(arnOf(QueueUrl));
    return {};
  }),
};

/** The embedded SQS. */
export function createSqs(queues: Queues): Service {
  return {
    signingNames: ["sqs"],
    demands: (request) => demandsOf(request, queues),
    handle: async (request) => handle(request, queues),
  };
}

function demandsOf(request: AwsRequest, queues: Queues): Demand[] {
  const named = z
    .union([
      z.object(ofQueue).transform(({ QueueUrl }) => QueueUrl),
      z.object({ QueueName: z.string() }).transform(({ QueueName }) => QueueName),
    ])
    .safeParse(bodyOf(request));
  const resource = named.success
    ? queues.arns().find((arn) => nameOf(arn) === lastPart(named.data))
    : undefined;
  return [{ action: `sqs:${actionName(request)}`, resource: resource ?? "*" }];
}

function handle(request: AwsRequest, queues: Queues): AwsResponse {
  const name = actionName(request);
  const known = Object.hasOwn(actions, name) ? actions[name] : undefined;
  if (!known) return refusal(501, "NotImplemented", `The local SQS has no ${name}`);
  try {
    const call: Call = {
      queues,
      arnOf(urlOrName) {
        const arn = queues.arns().find((one) => nameOf(one) === lastPart(urlOrName));
        if (arn !== undefined) return arn;
        throw new Refused("QueueDoesNotExist", "The specified queue does not exist.");
      },
      urlOf: (arn) =>
        `http://${request.headers["host"] ?? request.url.host}/${arn.split(":")[4]}/${nameOf(arn)}`,
    };
    return json(200, known.answer(bodyOf(request), call));
  } catch (error) {
    if (error instanceof Refused || error instanceof MessageRefused)
      return refusal(400, error.code, error.message);
    throw error;
  }
}

function shown(received: ReceivedMessage, system: readonly string[], attributes: readonly string[]) {
  const known: Record<string, string> = {
    SentTimestamp: String(Math.floor(received.sentAt)),
    ApproximateFirstReceiveTimestamp: String(Math.floor(received.firstReceivedAt)),
    ApproximateReceiveCount: String(received.receiveCount),
    ...(received.fifo && {
      MessageGroupId: received.fifo.groupId,
      MessageDeduplicationId: received.fifo.deduplicationId,
      SequenceNumber: received.fifo.sequenceNumber,
    }),
  };
  const all = (names: readonly string[]) => names.includes("All") || names.includes(".*");
  const chosen = Object.entries(known).filter(([name]) => all(system) || system.includes(name));
  const texts = Object.entries(received.attributes)
    .filter(([name]) => all(attributes) || attributes.includes(name))
    .map(([name, StringValue]) => [name, { DataType: "String", StringValue }]);
  return {
    MessageId: received.id,
    ReceiptHandle: received.receipt,
    Body: received.body,
    MD5OfBody: md5(received.body),
    ...(chosen.length > 0 && { Attributes: Object.fromEntries(chosen) }),
    ...(texts.length > 0 && { MessageAttributes: Object.fromEntries(texts) }),
  };
}

const actionName = ({ headers }: AwsRequest) =>
  headers["x-amz-target"]?.replace("AmazonSQS.", "") ?? "(no action)";
const lastPart = (urlOrName: string) => urlOrName.slice(urlOrName.lastIndexOf("/") + 1);
const nameOf = (arn: string) => arn.slice(arn.lastIndexOf(":") + 1);

function bodyOf(request: AwsRequest): unknown {
  try {
    return JSON.parse(request.body.toString("utf8"));
  } catch {
    return undefined;
  }
}

const json = (status: number, body: unknown): AwsResponse => ({
  status,
  headers: { "content-type": "application/x-amz-json-1.0" },
  body: JSON.stringify(body),
});

const refusal = (status: number, code: string, message: string) =>
  json(status, { __type: `com.amazonaws.sqs#${code}`, message });
