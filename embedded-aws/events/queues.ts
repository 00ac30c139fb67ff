import { createHash, randomUUID } from "node:crypto";
import * as z from "zod";
import type { LocalClock } from "../clock/clock.ts";
import { type MessageRow, openMessageTable } from "./message-table.ts";
import { type QueueSettings, readQueues } from "./queue-settings.ts";

/** A message as it was received. */
export interface ReceivedMessage {
  id: string;
  receipt: string;
  body: string;
  attributes: Record<string, string>;
  sentAt: number;
  firstReceivedAt: number;
  receiveCount: number;
  /** Where it stands in a FIFO queue; undefined in a standard one. */
  fifo: { groupId: string; deduplicationId: string; sequenceNumber: string } | undefined;
}

export interface QueueCounts {
  visible: number;
  inFlight: number;
  delayed: number;
}

export interface SendOptions {
  /** 0 to 900; standard queues only. */
  delaySeconds?: number;
  /** FIFO queues only, and always there. */
  groupId?: string;
  deduplicationId?: string;
}

/** The template's queues and what lies in them. A message is kept when `send` returns. */
export interface Queues {
  /** The ARNs, in the template's order. */
  arns(): string[];
  isFifo(queueArn: string): boolean;
  /** The queues that give up on messages into this one. */
  sourcesOf(deadLetterArn: string): string[];
  /** Throws UnknownQueue, and MessageRefused for what the queue can't take. */
  send(
    queueArn: string,
    body: string,
    attributes?: Readonly<Record<string, string>>,
    options?: SendOptions,
  ): { id: string; md5: string };
  /** At most `most` messages, hidden from others for the visibility time; a group's in order, and by one at a time. */
  receive(queueArn: string, most: number, visibilitySeconds?: number): ReceivedMessage[];
  /** Ends the hiding `seconds` from now; false for a receipt that no longer holds. */
  changeVisibility(queueArn: string, receipt: string, seconds: number): boolean;
  /** Gives back what was in flight, as not received: whoever had it ended with an earlier run. */
  release(queueArn: string): void;
  remove(queueArn: string, receipt: string): void;
  purge(queueArn: string): void;
  counts(queueArn: string): QueueCounts;
  /** When the next of the hidden messages shows; undefined where none is hidden. */
  nextVisibleAt(queueArn: string): number | undefined;
  /** Tells whenever there may be something to receive. One watcher a queue. */
  watch(queueArn: string, look: () => void): void;
  /** How long what was received is hidden from others, unless the receiver says otherwise. */
  visibilitySeconds(queueArn: string): number;
  close(): void;
}

export interface QueuesOptions {
  /** Where `queues.sqlite` lies. */
  dataDir: string;
  clock: LocalClock;
  /** The template's AWS::SQS::Queue resources, resolved. */
  queues: readonly { arn: string; properties: unknown }[];
}

export class UnknownQueue extends Error {
  override readonly name = "UnknownQueue";
}

/** SQS would answer 400; `code` is its word for it. */
export class MessageRefused extends Error {
  override readonly name = "MessageRefused";
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** For so long a FIFO queue takes a message of the same deduplication id for the one it has. Source: SQS developer guide. */
const deduplicationMs = 5 * 60_000;

export const md5 = (text: string) => createHash("md5").update(text, "utf8").digest("hex");

/** Opens `<dataDir>/queues.sqlite`. */
export function openQueues({ dataDir, clock, queues }: QueuesOptions): Queues {
  const known = readQueues(queues);
  const messages = openMessageTable(dataDir);
  const watchers = new Map<string, () => void>();
  const tell = (arn: string) => watchers.get(arn)?.();
  const settingsOf = (arn: string) => {
    const settings = known.get(arn);
    if (!settings) throw new UnknownQueue(`There is no queue ${arn}`);
    return settings;
  };

  return {
    arns: () => [...known.keys()],
    isFifo: (arn) => settingsOf(arn).FifoQueue,
    sourcesOf: (arn) =>
      [...known].flatMap(([source, { RedrivePolicy }]) =>
        RedrivePolicy?.deadLetterTargetArn === arn ? [source] : [],
      ),
    send(arn, body, attributes = {}, options = {}) {
      const settings = settingsOf(arn);
      const now = clock.now();
      const place = placeOf(settings, body, options);
      const sent = place && messages.sentBefore(arn, place.deduplicationId, now);
      if (sent !== undefined) return { id: sent, md5: md5(body) };
      const message = {
        id: randomUUID(),
        body,
        attributes: JSON.stringify(attributes),
        sentAt: now,
        visibleAt: now + (options.delaySeconds ?? settings.DelaySeconds) * 1000,
        groupId: place?.groupId ?? null,
        deduplicationId: place?.deduplicationId ?? null,
      };
      messages.insert(arn, message, now + deduplicationMs);
      tell(arn);
      return { id: message.id, md5: md5(body) };
    },
    receive(arn, most, visibilitySeconds) {
      const { VisibilityTimeout, RedrivePolicy } = settingsOf(arn);
      const now = clock.now();
      const hiddenUntil = now + (visibilitySeconds ?? VisibilityTimeout) * 1000;
      for (;;) {
        const found = messages.visible(arn, now, most);
        const spent = found.filter(
          ({ receiveCount }) => RedrivePolicy && receiveCount >= RedrivePolicy.maxReceiveCount,
        );
        for (const { id } of spent) messages.move(id, RedrivePolicy?.deadLetterTargetArn ?? "", now);
        if (spent.length > 0) tell(RedrivePolicy?.deadLetterTargetArn ?? "");
        const received = found
          .filter((one) => !spent.includes(one))
          .map((one): ReceivedMessage => {
            const receipt = randomUUID();
            messages.hide(one.id, hiddenUntil, receipt, one.receiveCount + 1, now);
            return asReceived(one, receipt, now);
          });
        // Where only the spent ones stood in front, what was behind them is looked at.
        if (received.length > 0 || spent.length === 0) return received;
      }
    },
    changeVisibility(arn, receipt, seconds) {
      settingsOf(arn);
      const changed = messages.changeVisibility(arn, receipt, clock.now() + seconds * 1000);
      tell(arn);
      return changed;
    },
    release(arn) {
      settingsOf(arn);
      messages.release(arn, clock.now());
      tell(arn);
    },
    remove(arn, receipt) {
      settingsOf(arn);
      messages.remove(arn, receipt);
      tell(arn);
    },
    purge(arn) {
      settingsOf(arn);
      messages.purge(arn);
    },
    counts(arn) {
      settingsOf(arn);
      return messages.counts(arn, clock.now());
    },
    nextVisibleAt(arn) {
      settingsOf(arn);
      return messages.nextVisibleAt(arn, clock.now());
    },
    watch(arn, look) {
      settingsOf(arn);
      watchers.set(arn, look);
    },
    visibilitySeconds: (arn) => settingsOf(arn).VisibilityTimeout,
    close: () => messages.close(),
  };
}

/** Group and deduplication id of a message for a FIFO queue, undefined for a standard one; refuses as SQS does. */
function placeOf(
  { FifoQueue, ContentBasedDeduplication }: QueueSettings,
  body: string,
  { groupId, deduplicationId, delaySeconds }: SendOptions,
): { groupId: string; deduplicationId: string } | undefined {
  if (!FifoQueue) {
    if (deduplicationId !== undefined)
      throw new MessageRefused("InvalidParameterValue", "Only a FIFO queue takes a MessageDeduplicationId.");
    return undefined;
  }
  if (groupId === undefined || groupId === "")
    throw new MessageRefused("MissingParameter", "The request must contain the parameter MessageGroupId.");
  if (delaySeconds !== undefined)
    throw new MessageRefused("InvalidParameterValue", "A FIFO queue takes no DelaySeconds of a message.");
  const deduplicatedBy =
    deduplicationId ??
    (ContentBasedDeduplication ? createHash("sha256").update(body, "utf8").digest("hex") : undefined);
  if (deduplicatedBy === undefined)
    throw new MessageRefused(
      "InvalidParameterValue",
      "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly",
    );
  return { groupId, deduplicationId: deduplicatedBy };
}

function asReceived(one: MessageRow, receipt: string, now: number): ReceivedMessage {
  const { groupId, deduplicationId } = one;
  return {
    id: one.id,
    receipt,
    body: one.body,
    attributes: z.record(z.string(), z.string()).parse(JSON.parse(one.attributes)),
    sentAt: one.sentAt,
    firstReceivedAt: one.firstReceivedAt ?? now,
    receiveCount: one.receiveCount + 1,
    fifo:
      groupId === null || deduplicationId === null
        ? undefined
        : { groupId, deduplicationId, sequenceNumber: String(one.seq).padStart(20, "0") },
  };
}
