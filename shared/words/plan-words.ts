import type { Language, MembershipKind } from "../domain/agreement/kind.ts";
import type { PlanObstacle, PlanSummary } from "../domain/dues/dues-plan.ts";
import type { MissingForInvoice } from "../domain/dues/invoice-readiness.ts";
import type { LineNote, LineVerdict, NothingDue } from "../domain/dues/plan-line.ts";
import { bilingual } from "./bilingual.ts";
import { formatKroner, formatNumber } from "./formats.ts";

const texts = bilingual({
  da: {
    kinds: { member: "medlemmer", partner: "leverandørpartnere" } satisfies Record<MembershipKind, string>,
    obstacle: {
      RATE_NOT_DECIDED: (kind: string, year: number) => ({
        title: `Satsen for ${kind} i ${year} er ikke noteret`,
        text: "Skriv, hvad der er besluttet, eller at beløbet er uændret, med beslutningens dato. Lav så planen igen.",
      }),
      PAYEE_NOT_CONFIRMED: () => ({
        title: "Afsender, konto eller moms er ikke bekræftet af to",
        text: "Én skriver det, en anden bekræfter. Lav så planen igen.",
      }),
    },
    rows: {
      charged: "Sendes",
      full: "Hele år",
      half: "Halve år",
      net: "Uden moms",
      vat: "Moms",
      total: "I alt med moms",
      lastYear: "Sidste år med moms",
      notReady: "Kan ikke faktureres endnu",
      already: "Faktureret i forvejen",
      nothing: "Skal ikke betale",
    },
    result: {
      half: "halvt år",
      notReady: "kan ikke faktureres endnu",
      already: (number: number) => `faktura ${number}`,
    },
    missing: {
      GLN: "mangler EAN-nummer",
      SENDER: "afsenderen er ikke bekræftet",
      ACCOUNT: "kontoen er ikke bekræftet",
      VAT: "momsen er ikke bekræftet eller passer ikke med satsen",
    },
    nothing: {
      ZERO_RATE: "satsen er 0",
      NOT_YET_A_MEMBER: "er kommet med senere",
      GONE: "er ikke medlem længere",
      INVOICED_BEFORE_IMPORT: "er faktureret før indlæsningen",
    },
    note: {
      REFERENCE_MISSING: "ingen personreference og intet ordrenummer",
      REFERENCE_OLD: "referencen er over et år gammel",
      MISSING_LAST_YEAR: "blev ikke faktureret sidste år",
      AMOUNT_CHANGED: "andet beløb end sidste år",
      RESIGNATION_PROPOSED: "foreslået udmeldt",
    },
  },
  en: {
    kinds: { member: "members", partner: "supplier partners" } satisfies Record<MembershipKind, string>,
    obstacle: {
      RATE_NOT_DECIDED: (kind: string, year: number) => ({
        title: `The rate for ${kind} in ${year} is not recorded`,
        text: "Record what was decided, or that it is unchanged, with the decision's date. Then plan again.",
      }),
      PAYEE_NOT_CONFIRMED: () => ({
        title: "Sender, account or VAT is not confirmed by two persons",
        text: "One enters it, another confirms. Then plan again.",
      }),
    },
    rows: {
      charged: "To be sent",
      full: "Full years",
      half: "Half years",
      net: "Without VAT",
      vat: "VAT",
      total: "In all with VAT",
      lastYear: "Last year with VAT",
      notReady: "Cannot be invoiced yet",
      already: "Invoiced already",
      nothing: "Owe nothing",
    },
    result: {
      half: "half year",
      notReady: "cannot be invoiced yet",
      already: (number: number) => `invoice ${number}`,
    },
    missing: {
      GLN: "has no EAN number",
      SENDER: "the sender is not confirmed",
      ACCOUNT: "the account is not confirmed",
      VAT: "the VAT is not confirmed, or is not the rate's",
    },
    nothing: {
      ZERO_RATE: "the rate is 0",
      NOT_YET_A_MEMBER: "joined later",
      GONE: "is no longer a member",
      INVOICED_BEFORE_IMPORT: "was invoiced before the import",
    },
    note: {
      REFERENCE_MISSING: "neither a person reference nor an order number",
      REFERENCE_OLD: "the reference is more than a year old",
      MISSING_LAST_YEAR: "was not invoiced last year",
      AMOUNT_CHANGED: "another amount than last year",
      RESIGNATION_PROPOSED: "proposed as resigned",
    },
  },
});

/** A plan's figures as rows of a mail or a page; what there is none of is left out. */
export function planFigures(summary: PlanSummary, language: Language): (readonly [string, string])[] {
  const { rows } = texts[language];
  const money = (amount: number) => formatKroner(amount, language);
  const counted = [
    [rows.charged, summary.charged],
    [rows.full, summary.fullYears],
    [rows.half, summary.halfYears],
    [rows.notReady, summary.notReady],
    [rows.already, summary.alreadyInvoiced],
    [rows.nothing, summary.nothingDue],
  ] as const;
  return [
    ...counted
      .filter(([, count]) => count > 0)
      .map(([row, count]) => [row, formatNumber(count, language)] as const),
    [rows.net, money(summary.netOere)],
    [rows.vat, money(summary.vatOere)],
    [rows.total, money(summary.totalOere)],
    [rows.lastYear, money(summary.lastYearOere)],
  ];
}

/** What a line of a plan comes to, in a cell: an amount, or why there is none. */
export function lineResultText(verdict: LineVerdict, language: Language): string {
  const { result } = texts[language];
  switch (verdict.kind) {
    case "charge":
      return `${formatKroner(verdict.charge.totalOere, language)}${verdict.charge.period === "half-year" ? ` (${result.half})` : ""}`;
    case "not-ready":
      return result.notReady;
    case "already-invoiced":
      return result.already(verdict.invoiceNumber);
    case "nothing-due":
      return nothingDueText(verdict.why, language);
  }
}

/** What has to be put right before a plan can be confirmed, and how. */
export function obstacleText(
  obstacle: PlanObstacle,
  year: number,
  language: Language,
): { title: string; text: string } {
  const { obstacle: words, kinds } = texts[language];
  return obstacle.code === "RATE_NOT_DECIDED"
    ? words.RATE_NOT_DECIDED(kinds[obstacle.kind], year)
    : words.PAYEE_NOT_CONFIRMED();
}

export function missingText(missing: MissingForInvoice, language: Language): string {
  return texts[language].missing[missing];
}

function nothingDueText(why: NothingDue, language: Language): string {
  return texts[language].nothing[why];
}

export function noteText(note: LineNote, language: Language): string {
  return texts[language].note[note];
}
