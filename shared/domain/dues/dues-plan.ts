import { createHash } from "node:crypto";
import { type MembershipKind, membershipKinds } from "../agreement/kind.ts";
import type { Settings } from "../settings/settings.ts";
import { decidedRate, rateOn } from "./dues-rate.ts";
import type { LineVerdict, PlanLine } from "./plan-line.ts";

/** What stands in the way of confirming a plan at all. */
export type PlanObstacle =
  /** Nobody has recorded what a kind pays that year, or that it stays the same. */
  { code: "RATE_NOT_DECIDED"; kind: MembershipKind } | { code: "PAYEE_NOT_CONFIRMED" };

/** A plan's figures. Amounts in whole øre. */
export interface PlanSummary {
  lines: number;
  /** Lines that a confirmation charges. */
  charged: number;
  netOere: number;
  vatOere: number;
  totalOere: number;
  /** What the same payers, and those who are gone, were invoiced the year before. */
  lastYearOere: number;
  fullYears: number;
  halfYears: number;
  notReady: number;
  alreadyInvoiced: number;
  nothingDue: number;
  obstacles: readonly PlanObstacle[];
}

/** A plan as a run remembers it; its lines lie in chunks under its hash. */
export interface RunPlan {
  /** Over every line, in order: a confirmation is of exactly these. */
  sha256: string;
  plannedAt: number;
  chunks: number;
  summary: PlanSummary;
}

/** 25 lines a chunk; above 25,000 payers a thousandth, so that a run has at most 1,000 chunks. Source: facts-dues.md §8. */
export function linesInChunk(lines: number): number {
  return Math.max(25, Math.ceil(lines / 1000));
}

/** The lines in the order in which they are shown and charged: by member number. */
export function inPlanOrder(lines: readonly PlanLine[]): PlanLine[] {
  return lines.toSorted((a, b) => (a.memberNumber < b.memberNumber ? -1 : 1));
}

export function chunked(lines: readonly PlanLine[]): PlanLine[][] {
  const size = linesInChunk(lines.length);
  return Array.from({ length: Math.ceil(lines.length / size) }, (_, chunk) =>
    lines.slice(chunk * size, (chunk + 1) * size),
  );
}

/** One line as it is kept and hashed: one JSON object, its fields in one order. */
export function writtenLine(line: PlanLine): string {
  const { memberId, memberNumber, name, kind, cvr, gln, joinedOn, verdict, notes, lastYearOere } = line;
  return JSON.stringify({
    memberId,
    memberNumber,
    name,
    kind,
    cvr,
    gln,
    joinedOn,
    verdict,
    notes,
    lastYearOere,
  });
}

/** @param lines in plan order */
export function planOf(
  year: number,
  lines: readonly PlanLine[],
  settings: Pick<Settings, "rates" | "payee">,
  plannedAt: number,
): RunPlan {
  const hash = createHash("sha256").update(`${year}\n${plannedAt}\n`);
  for (const line of lines) hash.update(`${writtenLine(line)}\n`);
  return {
    sha256: hash.digest("hex"),
    plannedAt,
    chunks: chunked(lines).length,
    summary: summaryOf(year, lines, settings),
  };
}

function summaryOf(
  year: number,
  lines: readonly PlanLine[],
  settings: Pick<Settings, "rates" | "payee">,
): PlanSummary {
  const charges = lines.flatMap(({ verdict }) => (verdict.kind === "charge" ? [verdict.charge] : []));
  const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0);
  const count = (kind: LineVerdict["kind"]) => lines.filter(({ verdict }) => verdict.kind === kind).length;
  const fullYears = charges.filter(({ period }) => period === "full-year").length;
  return {
    lines: lines.length,
    charged: charges.length,
    netOere: sum(charges.map(({ amountOere }) => amountOere)),
    vatOere: sum(charges.map(({ vatOere }) => vatOere)),
    totalOere: sum(charges.map(({ totalOere }) => totalOere)),
    lastYearOere: sum(lines.map(({ lastYearOere }) => lastYearOere)),
    fullYears,
    halfYears: charges.length - fullYears,
    notReady: count("not-ready"),
    alreadyInvoiced: count("already-invoiced"),
    nothingDue: count("nothing-due"),
    obstacles: obstaclesTo(year, settings),
  };
}

/** A kind that pays nothing needs no decision that it still does. */
export function obstaclesTo(
  year: number,
  { rates, payee }: Pick<Settings, "rates" | "payee">,
): PlanObstacle[] {
  const undecided = membershipKinds.filter(
    (kind) => rateOn(rates, kind, `${year}-01-01`).amountOere > 0 && !decidedRate(rates, kind, year),
  );
  return [
    ...undecided.map((kind) => ({ code: "RATE_NOT_DECIDED" as const, kind })),
    ...(payee.kind === "confirmed" ? [] : [{ code: "PAYEE_NOT_CONFIRMED" as const }]),
  ];
}
