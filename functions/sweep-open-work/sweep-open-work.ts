import {
  type CaseId,
  currentUpload,
  isClosed,
  isUndecided,
} from "../../shared/domain/agreement/agreement-case.ts";
import type { NewId } from "../../shared/domain/agreement/case-change.ts";
import { expireCase } from "../../shared/domain/case-changes/case-ends.ts";
import { openTask } from "../../shared/domain/case-changes/tasks.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { DocumentStore } from "../../shared/ports/document-store.ts";
import { changeCaseIfDue, type Register } from "../../shared/ports/register.ts";
import type { SettingsSource } from "../../shared/ports/settings-source.ts";
import type { IntakeInput, IntakeStarter, LaterErrands } from "../../shared/ports/workflows.ts";

export interface SweepDependencies {
  register: Pick<Register, "read" | "commit" | "openCases" | "casesWithErrands" | "unsettledMails">;
  documents: Pick<DocumentStore, "head" | "uploadKey">;
  workflows: IntakeStarter;
  settings: SettingsSource;
  errands: LaterErrands;
  clock: Clock;
  newId: NewId;
  /** What went wrong with one case must not keep the sweep from the others. */
  report: (caseId: CaseId, error: unknown) => void;
}

/** How long a mail may be without a word of its sending before a person looks at it. */
const uncertainAfterMs = 15 * 60 * 1000;

export interface SweepCounts {
  openCases: number;
  started: number;
  lapsed: number;
  uncertainMails: number;
  failed: number;
}

/**
 * Compares what the table says with what is running, and starts, expires or sends what is missing. The table is
 * the truth; whatever was lost on the way (an event, a reply, a whole machine) is found again here.
 */
export async function sweepOpenWork(dependencies: SweepDependencies): Promise<SweepCounts> {
  const { register, errands, clock } = dependencies;
  const counts: SweepCounts = { openCases: 0, started: 0, lapsed: 0, uncertainMails: 0, failed: 0 };
  const each = async (caseId: CaseId, look: () => Promise<void>) => {
    await look().catch((error: unknown) => {
      counts.failed += 1;
      dependencies.report(caseId, error);
    });
  };
  for (const caseId of await register.openCases()) {
    counts.openCases += 1;
    await each(caseId, async () => {
      const found = await sweepCase(caseId, dependencies);
      if (found) counts[found] += 1;
    });
  }
  for (const { caseId, ledgerKey } of await register.unsettledMails(clock.now() - uncertainAfterMs)) {
    counts.uncertainMails += 1;
    await each(caseId, () => askAboutMail(caseId, ledgerKey, dependencies));
  }
  for (const caseId of await register.casesWithErrands())
    await each(caseId, () => errands.runLater(`case_${caseId}`, 0));
  return counts;
}

async function sweepCase(
  caseId: CaseId,
  dependencies: SweepDependencies,
): Promise<"started" | "lapsed" | undefined> {
  const { register, documents, clock } = dependencies;
  const file = await register.read(caseId);
  if (!file || isClosed(file.case)) return undefined;
  const key = documents.uploadKey(caseId);
  const newest = await documents.head(key);
  const known = newest && file.uploads.some((upload) => upload.versionId === newest.versionId);
  if (newest && !known && isUndecided(file.case)) {
    return start({ caseId, key, versionId: newest.versionId }, dependencies);
  }
  const current = currentUpload(file.case);
  if (current && file.case.status !== "rejected")
    return start({ caseId, key, versionId: current.versionId }, dependencies);
  return lapse(caseId, dependencies, clock.now());
}

/** Names are used once, so a version whose execution has ended without a result is started under its next attempt. */
async function start(input: IntakeInput, { workflows }: SweepDependencies): Promise<"started" | undefined> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if ((await workflows.start(input, attempt)) === "started") return "started";
    if (await workflows.isRunning(input, attempt)) return undefined;
  }
  throw new Error("a hundred executions of one version have ended without a result");
}

async function lapse(
  caseId: CaseId,
  { register }: SweepDependencies,
  now: number,
): Promise<"lapsed" | undefined> {
  const outcome = await changeCaseIfDue(register, caseId, (file) => expireCase(file, now));
  return outcome === "changed" ? "lapsed" : undefined;
}

/** Nobody knows whether it was sent, so nobody but a person may send it again. */
async function askAboutMail(
  caseId: CaseId,
  ledgerKey: string,
  { register, settings, clock, newId }: SweepDependencies,
): Promise<void> {
  const { people } = await settings.at(clock.now());
  await changeCaseIfDue(register, caseId, (file) => {
    const mail = file.mails.find((candidate) => candidate.ledgerKey === ledgerKey);
    const asked = file.tasks.some((task) => task.reason === "MAIL_UNCERTAIN" && task.cause === ledgerKey);
    // The index may be behind: the file says whether the mail has been settled since.
    if (mail?.state !== "claimed" || asked) return undefined;
    const opening = { reason: "MAIL_UNCERTAIN", cause: ledgerKey, detail: mail.mail } as const;
    return openTask(file, opening, people, newId, clock.now());
  });
}
