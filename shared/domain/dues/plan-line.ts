import type { MembershipKind } from "../agreement/kind.ts";
import { isIssued, type MemberFile, memberContact } from "../membership/member-file.ts";
import { type ReferenceNote, referenceNotes } from "../membership/references.ts";
import { goneSince } from "../membership/standing.ts";
import type { CvrNumber } from "../organisation/cvr-number.ts";
import type { Gln } from "../organisation/gln.ts";
import type { MemberId } from "../owner.ts";
import type { Settings } from "../settings/settings.ts";
import { type DuesCharge, yearlyDues } from "./first-dues.ts";
import { duesLineState, type MissingForInvoice, payerOf } from "./invoice-readiness.ts";

/** A charge as it is planned: dates are those of sending. */
export type PlannedCharge = Omit<DuesCharge, "dueOn">;

export const nothingDue = ["ZERO_RATE", "NOT_YET_A_MEMBER", "GONE", "INVOICED_BEFORE_IMPORT"] as const;
export type NothingDue = (typeof nothingDue)[number];

/** What a plan says of one payer. */
export type LineVerdict =
  | { kind: "charge"; charge: PlannedCharge }
  | { kind: "not-ready"; charge: PlannedCharge; missing: MissingForInvoice }
  | { kind: "already-invoiced"; invoiceNumber: number; totalOere: number }
  | { kind: "nothing-due"; why: NothingDue };

export type LineNote = ReferenceNote | "MISSING_LAST_YEAR" | "AMOUNT_CHANGED" | "RESIGNATION_PROPOSED";

/** One payer's line of a plan, as it is shown, kept, and compared with the payer's file when it is charged. */
export interface PlanLine {
  memberId: MemberId;
  memberNumber: string;
  name: string;
  kind: MembershipKind;
  cvr: CvrNumber;
  gln?: Gln | undefined;
  joinedOn: string;
  verdict: LineVerdict;
  notes: readonly LineNote[];
  /** What was invoiced the year before, VAT included, in øre. */
  lastYearOere: number;
}

type PlanningSettings = Pick<Settings, "rates" | "firstInvoiceDueDays" | "payee">;

/**
 * What a year asks of one payer, by its own file; the dry run and the run decide by this and nothing else.
 * @param today Copenhagen date on which it is planned, or charged
 * @throws RateIsMissing
 */
export function planLine(
  file: MemberFile,
  year: number,
  settings: PlanningSettings,
  today: string,
): PlanLine {
  const { member } = file;
  const { id: memberId, memberNumber, kind, organisation, joinedOn } = member;
  const verdict = verdictOn(file, year, settings, today);
  const lastYearOere = invoicedIn(file, year - 1);
  return {
    memberId,
    memberNumber,
    name: organisation.name,
    kind,
    cvr: organisation.cvr,
    gln: organisation.gln,
    joinedOn,
    verdict,
    notes: notesOn(file, year, verdict, lastYearOere, today),
    lastYearOere,
  };
}

function verdictOn(
  file: MemberFile,
  year: number,
  { rates, firstInvoiceDueDays, payee }: PlanningSettings,
  today: string,
): LineVerdict {
  const { member } = file;
  const live = liveLine(file, year);
  if (live)
    return {
      kind: "already-invoiced",
      invoiceNumber: live.state.invoiceNumber,
      totalOere: live.totalOere,
    };
  if (goneSince(member.standing)) return { kind: "nothing-due", why: "GONE" };
  const { origin } = member;
  if (origin.kind === "import" && (origin.opening.lastInvoicedYear ?? 0) >= year)
    return { kind: "nothing-due", why: "INVOICED_BEFORE_IMPORT" };
  if (Number(member.joinedOn.slice(0, 4)) > year) return { kind: "nothing-due", why: "NOT_YET_A_MEMBER" };
  const charging = { rates, dueDays: firstInvoiceDueDays, invoicedOn: today };
  const full = yearlyDues(member, year, charging);
  if (!full) return { kind: "nothing-due", why: "ZERO_RATE" };
  const { dueOn: _, ...charge } = full;
  const state = duesLineState(payerOf(member, memberContact(file)), full, payee, 1);
  return state.kind === "issued"
    ? { kind: "charge", charge }
    : { kind: "not-ready", charge, missing: state.missing };
}

/** The one invoice that a payer has for a year; a credited one leaves room for another. */
export function liveLine(file: Pick<MemberFile, "dues">, year: number) {
  return file.dues.filter(isIssued).find((line) => line.year === year && !line.state.credited);
}

function invoicedIn(file: MemberFile, year: number): number {
  return liveLine(file, year)?.totalOere ?? 0;
}

function notesOn(
  file: MemberFile,
  year: number,
  verdict: LineVerdict,
  lastYearOere: number,
  today: string,
): LineNote[] {
  if (verdict.kind !== "charge" && verdict.kind !== "not-ready") return [];
  const { member } = file;
  const { origin } = member;
  const knownBefore =
    origin.kind === "import" ? origin.opening.lastInvoicedYear === year - 1 : lastYearOere > 0;
  const wasPayer = Number(member.joinedOn.slice(0, 4)) < year;
  return [
    ...(wasPayer && !knownBefore ? (["MISSING_LAST_YEAR"] as const) : []),
    ...(lastYearOere > 0 && lastYearOere !== verdict.charge.totalOere ? (["AMOUNT_CHANGED"] as const) : []),
    ...(member.standing.status === "proposed-as-resigned" ? (["RESIGNATION_PROPOSED"] as const) : []),
    ...referenceNotes(member.references, today),
  ];
}

/** Whether a line, worked out anew when it is charged, still is the one that was confirmed. */
export function stillAsPlanned(planned: PlanLine, now: PlanLine): boolean {
  const essence = ({ verdict, name, cvr, gln }: PlanLine) => JSON.stringify([verdict, name, cvr, gln]);
  return essence(planned) === essence(now);
}
