/** What stands in a cell. Only text can be taken for a formula: amounts, dates and numbers are our own writing. */
type CsvValue =
  | { text: string | undefined }
  | { oere: number | undefined }
  /** A Copenhagen date, a number or an identifier of digits: as it is. */
  | { plain: string | number | undefined };

export interface CsvColumn<Row> {
  heading: string;
  value: (row: Row) => CsvValue;
}

/** Keeps a spreadsheet from running what somebody typed: the register's guard of text cells. */
export type FormulaGuard = (text: string) => string;

/** A CSV file that a Danish spreadsheet opens as it is: BOM, semicolons, CRLF, decimal commas. */
export function csvFile<Row>(
  columns: readonly CsvColumn<Row>[],
  rows: readonly Row[],
  guard: FormulaGuard,
): string {
  const heading = columns.map((column) => column.heading);
  const lines = rows.map((row) => columns.map((column) => written(column.value(row), guard)));
  return `\uFEFF${[heading, ...lines].map((cells) => `${cells.join(";")}\r\n`).join("")}`;
}

function written(value: CsvValue, guard: FormulaGuard): string {
  if ("oere" in value) return value.oere === undefined ? "" : amount(value.oere);
  if ("plain" in value) return String(value.plain ?? "");
  return quoted(guard(value.text ?? ""));
}

/** "-16056,89" */
function amount(oere: number): string {
  const digits = String(Math.abs(oere)).padStart(3, "0");
  return `${oere < 0 ? "-" : ""}${digits.slice(0, -2)},${digits.slice(-2)}`;
}

/** Source: RFC 4180, with the semicolon for the comma. */
function quoted(text: string): string {
  return /[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
