import { changeFileIfDue } from "../../shared/casework/change-file.ts";
import { startNextAttempt } from "../../shared/casework/start-intake.ts";
import {
  currentUpload,
  isClosed,
  isGone,
  isUndecided,
} from "../../shared/domain/agreement/agreement-case.ts";
import type { CaseFile } from "../../shared/domain/agreement/case-file.ts";
import { uploadOf } from "../../shared/domain/agreement/case-questions.ts";
import { timeRunsOut } from "../../shared/domain/case-changes/case-ends.ts";
import { isOverLimit } from "../../shared/domain/case-changes/upload-arrives.ts";
import { uncertainAfterMs } from "../../shared/domain/filing/mails-settle.ts";
import { type CaseId, type Owner, ownerText } from "../../shared/domain/owner.ts";
import type { Cases } from "../../shared/ports/cases.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { DocumentStore } from "../../shared/ports/document-store.ts";
import type { MailLedger } from "../../shared/ports/mail-ledger.ts";
import type { LaterErrands, Outbox } from "../../shared/ports/outbox.ts";
import type { IntakeInput, IntakeStarter } from "../../shared/ports/workflows.ts";

export interface SweepDependencies {
  cases: Cases;
  outbox: Pick<Outbox, "ownersWithErrands">;
  ledger: Pick<MailLedger, "unsettled">;
  later: LaterErrands;
  documents: Pick<DocumentStore, "head" | "uploadKey">;
  intake: IntakeStarter;
  clock: Clock;
  /** What went wrong with one owner must not keep the sweep from the others. */
  report: (owner: string, error: unknown) => void;
  /** That a sweep went through to its end: its silence is heard. */
  beat: () => void;
}

export interface SweepCounts {
  openCases: number;
  started: number;
  moved: number;
  lapsed: number;
  /** Cases cleared away because nobody answered for them. */
  cleared: number;
  errandsLeft: number;
  failed: number;
}

/**
 * Compares what the table says with what is running, and starts, moves, expires or sends what is missing. The table
 * is the truth; whatever was lost on the way (an event, a reply, a whole machine) is found again here. In the ordinary
 * way there is nothing to find.
 */
export async function sweepOpenWork(dependencies: SweepDependencies): Promise<SweepCounts> {
  const { cases, outbox, ledger, later, clock } = dependencies;
  const counts: SweepCounts = {
    openCases: 0,
    started: 0,
    moved: 0,
    lapsed: 0,
    cleared: 0,
    errandsLeft: 0,
    failed: 0,
  };
  const each = async (owner: Owner, look: () => Promise<void>) => {
    await look().catch((error: unknown) => {
      counts.failed += 1;
      dependencies.report(ownerText(owner), error);
    });
  };
  // Mails first: what waits for them waits for a person, and cases may be many.
  for (const owner of await ownersLeft(outbox, ledger, clock.now())) {
    counts.errandsLeft += 1;
    await each(owner, () => later.runLater(owner, { afterSeconds: 0 }));
  }
  await clearGone(dependencies, counts, each);
  for (const caseId of await cases.openCases()) {
    counts.openCases += 1;
    await each({ kind: "case", id: caseId }, async () => {
      const found = await sweepCase(caseId, dependencies);
      if (found) counts[found] += 1;
    });
  }
  dependencies.beat();
  return counts;
}

/** So many at a time, and so many in one run: a flood of forms is cleared over a few sweeps and delays nothing. */
const clearedTogether = 25;
const clearedARun = 2_000;

/** Unconfirmed cases are never visited before they are gone; then they are deleted without a word to anybody. */
async function clearGone(
  { cases, clock }: SweepDependencies,
  counts: SweepCounts,
  each: (owner: Owner, look: () => Promise<void>) => Promise<void>,
): Promise<void> {
  while (counts.cleared < clearedARun) {
    const gone = await cases.gone(clock.now(), clearedTogether);
    const before = counts.cleared;
    for (const caseId of gone)
      await each({ kind: "case", id: caseId }, async () => {
        const file = await cases.read(caseId);
        if (file && isGone(file.case, clock.now()) && (await cases.discard(file)) === "discarded")
          counts.cleared += 1;
      });
    // The list may lag behind what was deleted: what is left of it is for the next run.
    if (gone.length < clearedTogether || counts.cleared === before) return;
  }
}

/** Everybody whose errands stand in the outbox, or whose mail nobody has heard of for too long. */
async function ownersLeft(
  outbox: SweepDependencies["outbox"],
  ledger: SweepDependencies["ledger"],
  now: number,
): Promise<Owner[]> {
  const [waiting, unsettled] = await Promise.all([
    outbox.ownersWithErrands(),
    ledger.unsettled(now - uncertainAfterMs),
  ]);
  const owners = [...waiting, ...unsettled.map(({ owner }) => owner)];
  return [...new Map(owners.map((owner) => [ownerText(owner), owner])).values()];
}

async function sweepCase(
  caseId: CaseId,
  dependencies: SweepDependencies,
): Promise<"started" | "moved" | "lapsed" | undefined> {
  const { cases, documents, intake, clock } = dependencies;
  const file = await cases.read(caseId);
  if (!file || isClosed(file.case)) return undefined;
  const key = documents.uploadKey(caseId);
  const newest = await documents.head(key);
  if (newest && isUndecided(file.case) && !uploadOf(file, newest.versionId) && !isOverLimit(file))
    return startNextAttempt(intake, { caseId, key, versionId: newest.versionId });
  const current = currentUpload(file.case);
  // A held case waits for a person, who starts the next attempt.
  if (current && file.case.status !== "rejected")
    return file.case.hold ? undefined : goOn(file, { caseId, key, versionId: current.versionId }, intake);
  const outcome = await changeFileIfDue(cases, caseId, (fresh) => timeRunsOut(fresh, clock.now()));
  return outcome === "changed" ? "lapsed" : undefined;
}

/** Only an execution that waits is moved to the definition of today: one in the middle of a step ends it first. */
async function goOn(
  file: CaseFile,
  input: IntakeInput,
  intake: IntakeStarter,
): Promise<"started" | "moved" | undefined> {
  const waits = file.waits.has(input.versionId);
  return startNextAttempt(intake, input, { moveOutdated: waits });
}
