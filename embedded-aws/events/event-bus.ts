import { randomUUID } from "node:crypto";
import * as z from "zod";
import type { LocalClock } from "../clock/clock.ts";
import type { LambdaInvoker } from "../lambda/invoker.ts";
import type { JsonObject } from "../template/json.ts";
import { compilePattern, type Matches } from "./event-pattern.ts";
import type { Queues } from "./queues.ts";
import { inputFor, targetInput } from "./target-input.ts";
import { deliverOrKeep } from "./undelivered.ts";

/** What a service publishes; the envelope's other members are filled in. */
export interface PublishedEvent {
  source: string;
  "detail-type": string;
  detail: unknown;
  resources?: readonly string[];
  time?: string;
  account?: string;
  region?: string;
  id?: string;
  version?: string;
}

export interface EventBus {
  /**
   * Delivers an event to every rule it matches. When it returns, each target has taken it for good (Lambda's
   * asynchronous invocations are journalled) or its dead-letter queue has it; what throws may be put again.
   */
  put(event: PublishedEvent): void;
}

export interface EventBusOptions {
  clock: LocalClock;
  invoker: LambdaInvoker;
  queues: Queues;
  /** The template's AWS::Events::Rule resources, resolved. */
  rules: readonly { arn: string; properties: unknown }[];
  /** Told of each event that one of a rule's targets could not be given. */
  onFailed?: (ruleArn: string) => void;
}

const target = z.strictObject({
  Arn: z.string().regex(/^arn:[^:]+:(lambda|sqs):/, "only functions and queues are reached here"),
  Id: z.string(),
  ...targetInput.shape,
  DeadLetterConfig: z.strictObject({ Arn: z.string().optional() }).optional(),
  // Delivery here succeeds or fails for good at once: there is nothing between to retry.
  RetryPolicy: z
    .strictObject({ MaximumRetryAttempts: z.int().optional(), MaximumEventAgeInSeconds: z.int().optional() })
    .optional(),
});

const ruleProperties = z.strictObject({
  Name: z.string().optional(),
  Description: z.string().optional(),
  EventBusName: z.literal("default").optional(),
  EventPattern: z.json(),
  State: z.enum(["ENABLED", "DISABLED"]).default("ENABLED"),
  Targets: z.array(target).default([]),
});

interface Rule {
  arn: string;
  matches: Matches;
  targets: readonly z.infer<typeof target>[];
}

/** The default event bus. Throws, naming the rule, for a pattern or target that can't be run here. */
export function createEventBus({ clock, invoker, queues, rules, onFailed }: EventBusOptions): EventBus {
  const compiled = rules.flatMap(({ arn, properties }): Rule[] => {
    try {
      const { EventPattern, State, Targets } = ruleProperties.parse(properties);
      return State === "ENABLED" ? [{ arn, matches: compilePattern(EventPattern), targets: Targets }] : [];
    } catch (error) {
      throw new Error(`The rule ${arn} can't be run: ${reason(error)}`, { cause: error });
    }
  });
  return {
    put(published) {
      const event = enveloped(published, clock.now());
      for (const rule of compiled.filter(({ matches }) => matches(event))) {
        for (const each of rule.targets) {
          const payload = inputFor(each, event, rule.arn);
          const undelivered = {
            deadLetterArn: each.DeadLetterConfig?.Arn,
            from: { RULE_ARN: rule.arn },
            targetArn: each.Arn,
            payload: event,
          };
          deliverOrKeep(
            () =>
              each.Arn.includes(":sqs:")
                ? queues.send(each.Arn, JSON.stringify(payload))
                : invoker.invokeAsync(each.Arn, payload),
            queues,
            undelivered,
            () => onFailed?.(rule.arn),
          );
        }
      }
    },
  };
}

/** As EventBridge hands it on; the time in whole seconds. */
function enveloped(event: PublishedEvent, nowMs: number): JsonObject {
  return {
    version: event.version ?? "0",
    id: event.id ?? randomUUID(),
    "detail-type": event["detail-type"],
    source: event.source,
    account: event.account ?? "000000000000",
    time: event.time ?? `${new Date(nowMs).toISOString().slice(0, 19)}Z`,
    region: event.region ?? "eu-north-1",
    resources: [...(event.resources ?? [])],
    detail: z.json().parse(event.detail),
  };
}

const reason = (error: unknown) =>
  error instanceof z.ZodError
    ? z.prettifyError(error)
    : error instanceof Error
      ? error.message
      : String(error);
