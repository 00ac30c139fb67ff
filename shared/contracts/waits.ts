import * as z from "zod/mini";
import { planOutcomes } from "../domain/filing/plan.ts";

/**
 * What travels between a workflow and the functions of its waits, whatever it is about. New fields are optional and
 * unknown ones are let pass: a running execution keeps its definition, and a deployment may be taken back.
 */

/** A list of the domain's as names to write in a definition. */
export function namesOf<const Name extends string>(names: readonly Name[]): { [One in Name]: One } {
  return Object.fromEntries(names.map((name) => [name, name])) as { [One in Name]: One };
}

export const PLANNED = namesOf(planOutcomes);
export const plannedWake = z.object({
  outcome: z.enum(planOutcomes),
  /** Read only on `wait`, but always there: a JSONPath that finds nothing fails the state. */
  wake: z.object({ seconds: z.int().check(z.gte(1)) }),
});
export type PlannedWake = z.output<typeof plannedWake>;

/** The token that an execution can be woken by; never in a log, a link or a mail. */
export const taskToken = { taskToken: z.string().check(z.minLength(1)) };

/** The error code a wait hands to "Hold the case" when it can't go on; a step that broke hands its error's name. */
export function heldBecause(wait: string): string {
  return `${wait.charAt(0).toUpperCase()}${wait.slice(1)}WaitHeld`;
}

/** What a step that only does something answers. */
export const stepDone = z.object({});
export type StepDone = z.output<typeof stepDone>;
