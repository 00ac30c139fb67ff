import type { IntakeInput, IntakeStarter } from "../ports/workflows.ts";

/** A version that ended so often without a result is broken: a person has to look, and the sweep's alarm says so. */
const MOST_ATTEMPTS = 100;

export class AttemptsUsedUp extends Error {
  override readonly name = "AttemptsUsedUp";
}

/**
 * Starts a version's next attempt, unless one runs. Names are used once, so what has ended without a result is started
 * under the next one.
 * @param options.moveOutdated whether an execution under an older definition is ended for one under today's
 */
export async function startNextAttempt(
  intake: IntakeStarter,
  input: IntakeInput,
  { moveOutdated = false }: { moveOutdated?: boolean } = {},
): Promise<"started" | "moved" | undefined> {
  let moved = false;
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
    if ((await intake.start(input, attempt)) === "started") return moved ? "moved" : "started";
    const standing = await intake.standing(input, attempt);
    if (standing === "running" || (standing === "outdated" && !moveOutdated)) return undefined;
    if (standing === "outdated") {
      await intake.stop(input, attempt);
      moved = true;
    }
  }
  throw new AttemptsUsedUp(input.versionId);
}
