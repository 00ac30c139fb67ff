import * as z from "zod";
import { compilePattern, type Matches } from "../events/event-pattern.ts";
import type { Json } from "../template/json.ts";
import { compileTemplate, type Template, textAt } from "./input-template.ts";

/** A pipe from a table's stream to a queue, ready to run. */
export interface PipeDefinition {
  arn: string;
  name: string;
  roleArn: string;
  streamArn: string;
  queueArn: string;
  /** Whether a record is meant at all; what isn't passes by unseen. */
  isMeant: Matches;
  retries: number;
  deadLetterArn: string | undefined;
  body: Template;
  groupId: ((event: Json) => string) | undefined;
  deduplicationId: ((event: Json) => string) | undefined;
}

const properties = z.strictObject({
  Name: z.string().optional(),
  Description: z.string().optional(),
  Tags: z.unknown().optional(),
  LogConfiguration: z.unknown().optional(),
  KmsKeyIdentifier: z.string().optional(),
  DesiredState: z.enum(["RUNNING", "STOPPED"]).default("RUNNING"),
  RoleArn: z.string(),
  Source: z.string().regex(/^arn:[^:]+:dynamodb:.*\/stream\//, "only a table's stream is read here"),
  SourceParameters: z.strictObject({
    FilterCriteria: z
      .strictObject({ Filters: z.array(z.strictObject({ Pattern: z.string() })).default([]) })
      .default({ Filters: [] }),
    DynamoDBStreamParameters: z.strictObject({
      StartingPosition: z.literal("TRIM_HORIZON", "only a pipe that reads from the beginning is run here"),
      // In one process a batch is no cheaper than its records: they go one by one, which is where halving ends.
      BatchSize: z.int().min(1).max(10, "SQS takes ten messages at a time").default(1),
      MaximumRetryAttempts: z.int().min(0, "without an end one bad record stops the pipe for a day"),
      MaximumRecordAgeInSeconds: z.int().optional(),
      ParallelizationFactor: z.int().optional(),
      OnPartialBatchItemFailure: z.literal(
        "AUTOMATIC_BISECT",
        "without it one bad record takes its whole batch along",
      ),
      DeadLetterConfig: z.strictObject({ Arn: z.string() }).optional(),
    }),
  }),
  Target: z.string().regex(/^arn:[^:]+:sqs:/, "only queues are reached here"),
  TargetParameters: z
    .strictObject({
      InputTemplate: z.string().optional(),
      SqsQueueParameters: z
        .strictObject({
          MessageGroupId: z.string().optional(),
          MessageDeduplicationId: z.string().optional(),
        })
        .default({}),
    })
    .default({ SqsQueueParameters: {} }),
});

/** The template's pipes that are to run. Throws, naming the pipe, for what can't be run here. */
export function readPipes(
  pipes: readonly { arn: string; ref: string; properties: unknown }[],
): PipeDefinition[] {
  return pipes.flatMap(({ arn, ref, properties: given }): PipeDefinition[] => {
    try {
      const pipe = properties.parse(given);
      if (pipe.DesiredState === "STOPPED") return [];
      const { FilterCriteria, DynamoDBStreamParameters: reading } = pipe.SourceParameters;
      const { InputTemplate, SqsQueueParameters } = pipe.TargetParameters;
      return [
        {
          arn,
          name: ref,
          roleArn: pipe.RoleArn,
          streamArn: pipe.Source,
          queueArn: pipe.Target,
          isMeant: anyOf(FilterCriteria.Filters.map(({ Pattern }) => Pattern)),
          retries: reading.MaximumRetryAttempts,
          deadLetterArn: reading.DeadLetterConfig?.Arn,
          body: compileTemplate(InputTemplate, arn),
          groupId: textAt(SqsQueueParameters.MessageGroupId),
          deduplicationId: textAt(SqsQueueParameters.MessageDeduplicationId),
        },
      ];
    } catch (error) {
      const reason = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
      throw new Error(`The pipe ${arn} can't be run: ${reason}`, { cause: error });
    }
  });
}

function anyOf(patterns: readonly string[]): Matches {
  const filters = patterns.map((pattern) => compilePattern(z.json().parse(JSON.parse(pattern))));
  return (event) => filters.length === 0 || filters.some((matches) => matches(event));
}
