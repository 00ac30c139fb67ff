import type { WorkflowStarter } from "../ports/workflows.ts";

/** What ended so often without a result is broken: a person has to look, and the sweep's alarm says so. */
const MOST_ATTEMPTS = 100;

export class AttemptsUsedUp extends Error {
  override readonly name = "AttemptsUsedUp";
}

/**
 * Starts the next attempt at one thing, unless one runs. Names are used once, so what has ended without a result is
 * started under the next one.
 * @param options.moveOutdated whether an execution under an older definition is ended for one under today's
 */
export async function startNextAttempt<Input>(
  workflow: WorkflowStarter<Input>,
  input: Input,
  { moveOutdated = false }: { moveOutdated?: boolean } = {},
): Promise<"started" | "moved" | undefined> {
  let moved = false;
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
    if ((await workflow.start(input, attempt)) === "started") return moved ? "moved" : "started";
    const standing = await workflow.standing(input, attempt);
    if (standing === "running" || (standing === "outdated" && !moveOutdated)) return undefined;
    if (standing === "outdated") {
      await workflow.stop(input, attempt);
      moved = true;
    }
  }
  throw new AttemptsUsedUp(JSON.stringify(input));
}
