import { type CsvColumn, csvFile, type FormulaGuard } from "../invoicing/csv-columns.ts";
import type { LineNote, LineVerdict, PlanLine } from "./plan-line.ts";

const results: Record<LineVerdict["kind"], string> = {
  charge: "Sendes",
  "not-ready": "Kan ikke faktureres endnu",
  "already-invoiced": "Faktureret",
  "nothing-due": "Skal ikke betale",
};

const notes: Record<LineNote, string> = {
  REFERENCE_MISSING: "Uden reference",
  REFERENCE_OLD: "Gammel reference",
  MISSING_LAST_YEAR: "Ikke faktureret sidste år",
  AMOUNT_CHANGED: "Andet beløb end sidste år",
  RESIGNATION_PROPOSED: "Foreslået udmeldt",
};

const chargeOf = ({ verdict }: PlanLine) => ("charge" in verdict ? verdict.charge : undefined);

const columns: readonly CsvColumn<PlanLine>[] = [
  { heading: "Medlemsnr.", value: ({ memberNumber }) => ({ plain: memberNumber }) },
  { heading: "Navn", value: ({ name }) => ({ text: name }) },
  { heading: "CVR", value: ({ cvr }) => ({ plain: cvr }) },
  { heading: "EAN", value: ({ gln }) => ({ plain: gln }) },
  { heading: "Indmeldt", value: ({ joinedOn }) => ({ plain: joinedOn }) },
  { heading: "Resultat", value: ({ verdict }) => ({ plain: results[verdict.kind] }) },
  { heading: "Beløb uden moms", value: (line) => ({ oere: chargeOf(line)?.amountOere }) },
  { heading: "Moms", value: (line) => ({ oere: chargeOf(line)?.vatOere }) },
  { heading: "Beløb i alt", value: (line) => ({ oere: chargeOf(line)?.totalOere }) },
  { heading: "Sidste år", value: ({ lastYearOere }) => ({ oere: lastYearOere }) },
  { heading: "Bemærkninger", value: (line) => ({ plain: line.notes.map((note) => notes[note]).join(", ") }) },
];

/** Every line of a plan, for whoever would rather read it in a spreadsheet. */
export function planCsv(lines: readonly PlanLine[], guard: FormulaGuard): string {
  return csvFile(columns, lines, guard);
}
