import * as z from "zod";

/** RedrivePolicy comes as an object from CDK and as JSON text from others. */
const redrivePolicy = z.preprocess(
  (value) => (typeof value === "string" ? JSON.parse(value) : value),
  z
    .strictObject({ deadLetterTargetArn: z.string(), maxReceiveCount: z.coerce.number().int().min(1) })
    .optional(),
);

const queueProperties = z
  .object({
    FifoQueue: z.boolean().default(false),
    ContentBasedDeduplication: z.boolean().default(false),
    DeduplicationScope: z.literal("queue", "only deduplication over the whole queue is run here").optional(),
    DelaySeconds: z.int().min(0).max(900).default(0),
    VisibilityTimeout: z.int().min(0).max(43_200).default(30),
    RedrivePolicy: redrivePolicy,
  })
  .refine(({ FifoQueue, DelaySeconds }) => !FifoQueue || DelaySeconds === 0, {
    error: "a FIFO queue that holds back is not run here",
  });

export type QueueSettings = z.infer<typeof queueProperties>;

export class QueueNotRunHere extends Error {
  override readonly name = "QueueNotRunHere";
}

/** The settings of each queue by its ARN. QueueNotRunHere, with the queue, for what can't be run or doesn't fit. */
export function readQueues(
  queues: readonly { arn: string; properties: unknown }[],
): ReadonlyMap<string, QueueSettings> {
  const known = new Map<string, QueueSettings>();
  for (const { arn, properties } of queues) {
    const read = queueProperties.safeParse(properties);
    if (!read.success) throw new QueueNotRunHere(`${arn}: ${z.prettifyError(read.error)}`);
    known.set(arn, read.data);
  }
  for (const [arn, { FifoQueue, RedrivePolicy }] of known) {
    const behind = RedrivePolicy && known.get(RedrivePolicy.deadLetterTargetArn);
    if (behind && behind.FifoQueue !== FifoQueue)
      throw new QueueNotRunHere(`${arn}: its dead-letter queue must be of the same kind, FIFO or standard`);
  }
  return known;
}
