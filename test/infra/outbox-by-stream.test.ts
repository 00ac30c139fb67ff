import { beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { compilePattern } from "../../embedded-aws/events/event-pattern.ts";
import { type Assembly, assemblyOf, type Resource } from "./cloud-assembly.ts";

let prod: Assembly;
let queue: Resource;
let later: Resource;
beforeAll(async () => {
  prod = await assemblyOf("prod");
  queue = prod.the("AWS::SQS::Queue", "OutboxFreshQueue");
  later = prod.the("AWS::SQS::Queue", "OutboxLaterQueue");
});

const pipe = () =>
  z
    .object({
      Source: z.unknown(),
      Target: z.unknown(),
      SourceParameters: z.object({
        FilterCriteria: z.object({ Filters: z.tuple([z.object({ Pattern: z.string() })]) }),
        DynamoDBStreamParameters: z.record(z.string(), z.unknown()),
      }),
      TargetParameters: z.unknown(),
    })
    .parse(prod.the("AWS::Pipes::Pipe").Properties);
const mappingOf = ({ id }: Resource) =>
  prod
    .ofType("AWS::Lambda::EventSourceMapping")
    .find(({ Properties }) => prod.flat(Properties["EventSourceArn"]) === `<${id}.Arn>`)?.Properties;

describe("a new errand finds its way from the table to the function that runs it", () => {
  it("through the table's stream and a pipe, into the queue, in the group of its owner and once", () => {
    const { Source, Target, TargetParameters } = pipe();
    expect(prod.flat(Source)).toMatch(/^<RegisterTable\w+\.StreamArn>$/);
    expect(prod.flat(Target)).toBe(`<${queue.id}.Arn>`);
    expect(TargetParameters).toEqual({
      SqsQueueParameters: {
        MessageGroupId: "$.dynamodb.NewImage.owner.S",
        MessageDeduplicationId: "$.eventID",
      },
      InputTemplate: '{"owner": <$.dynamodb.NewImage.owner.S>}',
    });
    expect(queue.Properties).toMatchObject({ FifoQueue: true });
    expect(queue.Properties["ContentBasedDeduplication"]).toBeUndefined();
  });

  it.each([
    ["a new errand", "INSERT", "OUTBOX#00000100", true],
    ["an errand that is changed", "MODIFY", "OUTBOX#00000100", false],
    ["an errand that is done with", "REMOVE", "OUTBOX#00000100", false],
    ["anything else that is new", "INSERT", "AUDIT#00000001", false],
  ])("%s: %s of %s", (_, eventName, sk, meant) => {
    const [{ Pattern }] = pipe().SourceParameters.FilterCriteria.Filters;
    const matches = compilePattern(z.json().parse(JSON.parse(Pattern)));
    expect(matches({ eventName, dynamodb: { Keys: { pk: { S: "CASE#1" }, sk: { S: sk } } } })).toBe(meant);
  });

  it("a record that can't be sent is tried four times, alone, set aside, and never holds up the rest for long", () => {
    expect(pipe().SourceParameters.DynamoDBStreamParameters).toMatchObject({
      StartingPosition: "TRIM_HORIZON",
      BatchSize: 10,
      MaximumRetryAttempts: 3,
      MaximumRecordAgeInSeconds: 6 * 60 * 60,
      OnPartialBatchItemFailure: "AUTOMATIC_BISECT",
      DeadLetterConfig: { Arn: expect.anything() },
    });
  });
});

describe("one owner's stall never delays another", () => {
  it("every run takes one message, reports its failure by itself, and there is a limit to runs at once", () => {
    const shared = { BatchSize: 1, FunctionResponseTypes: ["ReportBatchItemFailures"] };
    expect(mappingOf(queue)).toMatchObject({ ...shared, ScalingConfig: { MaximumConcurrency: 10 } });
    expect(mappingOf(later)).toMatchObject({ ...shared, ScalingConfig: { MaximumConcurrency: 2 } });
  });

  it("a message shows again only after six times what a run may last, as Lambda advises", () => {
    const fn = prod.the("AWS::Lambda::Function", "OutboxDeliverOutbox");
    const sixRuns = 6 * Number(fn.Properties["Timeout"]);
    for (const one of [queue, later]) expect(one.Properties["VisibilityTimeout"]).toBe(sixRuns);
  });

  it("what has to wait goes to a queue that can hold back message by message", () => {
    expect(later.Properties["FifoQueue"]).toBeUndefined();
    const { Variables } = z
      .object({ Variables: z.record(z.string(), z.unknown()) })
      .parse(prod.the("AWS::Lambda::Function", "OutboxDeliverOutbox").Properties["Environment"]);
    expect(prod.flat(Variables["OUTBOX_LATER_QUEUE_URL"])).toBe(`<${later.id}>`);
  });
});

describe("what travels there is encrypted and travels encrypted", () => {
  it("every queue has a key of SQS's own and refuses plain HTTP", () => {
    const closed = prod
      .ofType("AWS::SQS::QueuePolicy")
      .filter(({ Properties }) => JSON.stringify(Properties).includes('"aws:SecureTransport":"false"'))
      .flatMap(({ Properties }) => z.array(z.unknown()).parse(Properties["Queues"]).map(prod.flat));
    for (const { id, Properties } of prod.ofType("AWS::SQS::Queue")) {
      expect(Properties["SqsManagedSseEnabled"]).toBe(true);
      expect(closed).toContain(`<${id}>`);
    }
  });

  it("the pipe's log holds errors only, and none of the records", () => {
    const log = prod.the("AWS::Pipes::Pipe").Properties["LogConfiguration"];
    expect(log).toMatchObject({ Level: "ERROR" });
    expect(log).not.toHaveProperty("IncludeExecutionData");
  });
});
