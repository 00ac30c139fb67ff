import type { RunFile } from "../domain/dues/dues-run.ts";
import type { PlanLine } from "../domain/dues/plan-line.ts";
import { linesToHandOver } from "../domain/member-changes/invoices-are-handed-over.ts";
import type { MemberId } from "../domain/owner.ts";
import type { Members } from "../ports/members.ts";
import type { PlanStore } from "../ports/plan-store.ts";

export interface RunReading {
  plans: Pick<PlanStore, "read">;
  members: Pick<Members, "read">;
}

/** Every line of a run's plan, in its order; none where no plan is laid. */
export async function planLinesOf({ run }: RunFile, plans: Pick<PlanStore, "read">): Promise<PlanLine[]> {
  if (!("plan" in run)) return [];
  const { sha256, chunks } = run.plan;
  const read = Array.from({ length: chunks }, (_, index) => plans.read({ runId: run.id, sha256 }, index + 1));
  return (await Promise.all(read)).flat();
}

/** What a run's page is drawn from: its plan while it is decided on, and what waits to be handed over afterwards. */
export async function readRun(
  file: RunFile,
  reading: RunReading,
): Promise<{ lines: PlanLine[]; toHandOver: number }> {
  const undecided = file.run.status === "awaiting-confirmation";
  const lines = undecided ? await planLinesOf(file, reading.plans) : [];
  const left = await membersToHandOver(file, reading);
  return { lines, toHandOver: left.reduce((sum, each) => sum + each.lines, 0) };
}

/** The members of a run with e-invoices that nobody has said are handed over, by their own files. */
export async function membersToHandOver(
  file: RunFile,
  { plans, members }: RunReading,
): Promise<{ memberId: MemberId; lines: number }[]> {
  if (file.run.status !== "reported" && file.run.status !== "stopped") return [];
  const charged = (await planLinesOf(file, plans)).filter(({ verdict }) => verdict.kind === "charge");
  const files = await Promise.all(charged.map(({ memberId }) => members.read(memberId)));
  return files.flatMap((member) => {
    const lines = member ? linesToHandOver(member).filter(({ runId }) => runId === file.run.id).length : 0;
    return member && lines > 0 ? [{ memberId: member.owner.id, lines }] : [];
  });
}
