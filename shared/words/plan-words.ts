import type { Language, MembershipKind } from "../domain/agreement/kind.ts";
import type { PlanObstacle } from "../domain/dues/dues-plan.ts";
import type { MissingForInvoice } from "../domain/dues/invoice-readiness.ts";
import type { LineNote, NothingDue } from "../domain/dues/plan-line.ts";
import { bilingual } from "./bilingual.ts";

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

export function nothingDueText(why: NothingDue, language: Language): string {
  return texts[language].nothing[why];
}

export function noteText(note: LineNote, language: Language): string {
  return texts[language].note[note];
}
