import { changeFileIfDue } from "../../shared/casework/change-file.ts";
import type { DuesExecution } from "../../shared/contracts/dues.ts";
import type { StepDone } from "../../shared/contracts/waits.ts";
import { copenhagenDate } from "../../shared/domain/calendar/copenhagen-date.ts";
import type { RunReport } from "../../shared/domain/dues/dues-run.ts";
import { type PlanLine, planLine, stillAsPlanned } from "../../shared/domain/dues/plan-line.ts";
import { isIssued, type MemberFile } from "../../shared/domain/membership/member-file.ts";
import type { RunId } from "../../shared/domain/owner.ts";
import { runIsReported } from "../../shared/domain/run-changes/run-is-sent.ts";
import type { Settings } from "../../shared/domain/settings/settings.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { Shelf } from "../../shared/ports/filing.ts";
import type { Members } from "../../shared/ports/members.ts";
import type { PlanStore } from "../../shared/ports/plan-store.ts";
import type { SettingsSource } from "../../shared/ports/settings-source.ts";

export interface ReportRunDependencies {
  runs: Shelf<"run">;
  members: Pick<Members, "read">;
  plans: Pick<PlanStore, "read">;
  settings: SettingsSource;
  clock: Clock;
}

/** Counts what became of every line by the payers' own files, which are the truth, and tells both secretaries. */
export async function reportRun(
  { runId }: DuesExecution,
  { runs, members, plans, settings, clock }: ReportRunDependencies,
): Promise<StepDone> {
  const file = await runs.read(runId);
  if (file?.run.status !== "charging") return {};
  const { plan, held, year } = file.run;
  const now = clock.now();
  const current = await settings.at(now);
  const world = {
    runId,
    year,
    held: new Set(held.memberNumbers),
    settings: current,
    today: copenhagenDate(now),
  };
  const report: RunReport = { sent: 0, sentOere: 0, held: 0, changed: 0, failed: 0 };
  for (let chunk = 1; chunk <= plan.chunks; chunk += 1) {
    const lines = await plans.read({ runId, sha256: plan.sha256 }, chunk);
    const due = lines.filter(({ verdict }) => verdict.kind === "charge");
    const files = await Promise.all(due.map(({ memberId }) => members.read(memberId)));
    for (const [position, line] of due.entries()) count(report, line, files[position], world);
  }
  await changeFileIfDue(runs, runId, (read) => runIsReported(read, report, current.people, now));
  return {};
}

interface Counting {
  runId: RunId;
  year: number;
  held: ReadonlySet<string>;
  settings: Settings;
  today: string;
}

function count(
  report: RunReport,
  line: PlanLine,
  file: MemberFile | undefined,
  { runId, year, held, settings, today }: Counting,
): void {
  const charged = file?.dues
    .filter(isIssued)
    .find((each) => each.runId === runId && each.year === year && !each.state.credited);
  if (charged) {
    report.sent += 1;
    report.sentOere += charged.totalOere;
  } else if (held.has(line.memberNumber)) report.held += 1;
  else if (file && stillAsPlanned(line, planLine(file, year, settings, today))) report.failed += 1;
  else report.changed += 1;
}
