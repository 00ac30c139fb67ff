import { changeFile } from "../../shared/casework/change-file.ts";
import type { ChargeChunkInput, ChargedChunk } from "../../shared/contracts/dues.ts";
import type { PlanLine } from "../../shared/domain/dues/plan-line.ts";
import { type ChargeOutcome, duesAreCharged } from "../../shared/domain/member-changes/dues-are-charged.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { Shelf } from "../../shared/ports/filing.ts";
import type { InvoiceNumbers } from "../../shared/ports/invoice-numbers.ts";
import type { Members } from "../../shared/ports/members.ts";
import type { PlanStore } from "../../shared/ports/plan-store.ts";
import type { SettingsSource } from "../../shared/ports/settings-source.ts";

export interface ChargeChunkDependencies {
  runs: Pick<Shelf<"run">, "read">;
  members: Pick<Members, "read" | "commit">;
  plans: Pick<PlanStore, "read">;
  invoiceNumbers: InvoiceNumbers;
  settings: SettingsSource;
  clock: Clock;
  /** Whether there is time for another line: a step stops well before it is cut off. */
  hasTime: () => boolean;
  /** Told of a line that could not be charged for a reason of ours: by its member's number and the error's name. */
  failed: (memberNumber: string, error: unknown) => void;
}

/**
 * Charges one chunk, line by line, each in a transaction of its own. Whatever is the matter with one payer leaves the
 * others alone; the report names it. A run that is stopped meanwhile is seen before each line.
 */
export async function chargeChunk(
  { runId, chunk }: ChargeChunkInput,
  dependencies: ChargeChunkDependencies,
): Promise<ChargedChunk> {
  const { runs, plans, hasTime, failed } = dependencies;
  const file = await runs.read(runId);
  if (file?.run.status !== "charging") return { left: 0 };
  const { plan, held, year } = file.run;
  const withheld = new Set(held.memberNumbers);
  const lines = (await plans.read({ runId, sha256: plan.sha256 }, chunk)).filter(
    ({ verdict, memberNumber }) => verdict.kind === "charge" && !withheld.has(memberNumber),
  );
  for (const [position, line] of lines.entries()) {
    if (!hasTime()) return { left: lines.length - position };
    if ((await runs.read(runId))?.run.status !== "charging") return { left: 0 };
    try {
      await chargeLine(line, { id: runId, year }, dependencies);
    } catch (error) {
      failed(line.memberNumber, error);
    }
  }
  return { left: 0 };
}

function chargeLine(
  line: PlanLine,
  run: Parameters<typeof duesAreCharged>[2],
  { members, invoiceNumbers, settings, clock }: ChargeChunkDependencies,
): Promise<ChargeOutcome | "no-such-file"> {
  return changeFile<"member", ChargeOutcome>(members, line.memberId, async (member) => {
    const now = clock.now();
    const [current, invoiceNumber] = await Promise.all([settings.at(now), invoiceNumbers.next()]);
    return duesAreCharged(member, line, run, current, invoiceNumber, now);
  });
}
