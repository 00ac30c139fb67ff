import type { CaseFile } from "../domain/agreement/case-file.ts";
import { contactOf } from "../domain/agreement/case-questions.ts";
import { contactConfirms } from "../domain/case-changes/contact-confirms.ts";
import type { CaseId } from "../domain/owner.ts";
import type { Applying, Cases, ConfirmingOutcome } from "../ports/cases.ts";
import { FileIsContended } from "./change-file.ts";

export type Confirmed =
  | { kind: "confirmed"; file: CaseFile }
  /** Confirmed before, withdrawn or gone: as the file now says. */
  | { kind: "not-awaited"; file: CaseFile }
  | { kind: "no-such-file" }
  | Exclude<ConfirmingOutcome, string>;

const TRIES = 8;

/**
 * The contact confirms: the case takes its guard, and the other unconfirmed applications of that contact for the same
 * fall away. What a crash leaves of those is powerless, for the guard is taken, and gone when its time is up.
 * @throws FileIsContended
 */
export async function confirmContact(
  cases: Pick<Cases, "read" | "confirm" | "unconfirmedBeside" | "discard">,
  caseId: CaseId,
  now: number,
): Promise<Confirmed> {
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const file = await cases.read(caseId);
    if (!file) return { kind: "no-such-file" };
    const change = contactConfirms(file, now);
    if (!change) return { kind: "not-awaited", file };
    const outcome = await cases.confirm({ ...change, read: file });
    if (outcome === "stale") continue;
    if (outcome !== "committed") return outcome;
    await clearOthers(cases, applyingOf(file));
    return { kind: "confirmed", file };
  }
  throw new FileIsContended(caseId);
}

function applyingOf(file: CaseFile): Applying {
  return { kind: file.case.kind, cvr: file.case.cvr, contact: contactOf(file).email };
}

/** As many as one answer can wait for; a contact has one or two, and a flood is the sweep's. */
const clearedAtOnce = 5;

async function clearOthers(
  cases: Pick<Cases, "read" | "unconfirmedBeside" | "discard">,
  applying: Applying,
): Promise<void> {
  for (const other of (await cases.unconfirmedBeside(applying)).slice(0, clearedAtOnce)) {
    const file = await cases.read(other);
    if (file) await cases.discard(file);
  }
}
