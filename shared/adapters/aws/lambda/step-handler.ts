import middy from "@middy/core";
import type { Context } from "aws-lambda";
import type * as z from "zod/mini";
import { writeLogLine } from "../../../contracts/log-line.ts";

/**
 * Puts a function behind a workflow step, a rule, a schedule or an asynchronous call: the event is parsed by its
 * schema, and a failure is logged by its name and thrown on, for whoever called retries or catches by that name.
 */
export function stepHandler<Schema extends z.ZodMiniType, Dependencies, Answer>(
  schema: Schema,
  work: (input: z.output<Schema>, dependencies: Dependencies) => Promise<Answer>,
  dependencies: Dependencies,
) {
  return middy<unknown, Answer>()
    .onError(({ error }) => {
      // Codes and ids only: no names, no tokens, no messages that may quote what somebody typed.
      writeLogLine("ERROR", "STEP_FAILED", { error: error?.name ?? "unknown", at: whereItBroke(error) });
    })
    .handler(async (event) => work(schema.parse(event), dependencies));
}

/** How much of a function's time may be used before it stops by itself: what it began takes some, too. */
const USABLE = 0.6;

/** The same for work in many parts: it is told whether there is time for another, and answers what is left. */
export function timedStepHandler<Schema extends z.ZodMiniType, Dependencies, Answer>(
  schema: Schema,
  work: (input: z.output<Schema>, dependencies: Dependencies & { hasTime: () => boolean }) => Promise<Answer>,
  dependencies: Dependencies,
) {
  const remaining = ({ getRemainingTimeInMillis }: Pick<Context, "getRemainingTimeInMillis">) =>
    getRemainingTimeInMillis();
  return middy<unknown, Answer>()
    .onError(({ error }) => {
      writeLogLine("ERROR", "STEP_FAILED", { error: error?.name ?? "unknown", at: whereItBroke(error) });
    })
    .handler(async (event, context) => {
      const inAll = remaining(context);
      const hasTime = () => remaining(context) > inAll * (1 - USABLE);
      return work(schema.parse(event), { ...dependencies, hasTime });
    });
}

function whereItBroke(error: Error | null | undefined): string | undefined {
  return error?.stack
    ?.split("\n")
    .find((line) => line.trimStart().startsWith("at "))
    ?.trim();
}

/** For what is not the caller's to know: a message code with ids. */
export function report(code: string, ids: Readonly<Record<string, string | number>>, error?: unknown): void {
  writeLogLine("WARN", code, { ...ids, ...(error instanceof Error && { error: error.name }) });
}

/** The same, of what an operator has to mend: at the level that alarms and people look for. */
export function reportFault(code: string, ids: Readonly<Record<string, string | number>>): void {
  writeLogLine("ERROR", code, ids);
}
