import { CsvError, parse } from "csv-parse/sync";
import { fault, type Read, value } from "../../domain/payments/bank-file-fault.ts";
import { type CsvField, type CsvProfile, csvFields, requiredFields } from "./csv-profiles.ts";

/** A line of the file that has something in it. */
export interface CsvLine {
  /** As an editor counts it, from 1. */
  row: number;
  cells: readonly string[];
}

/** Where each field stands. The heading is what a fault is told by. */
export type CsvColumns = Partial<Record<CsvField, { place: number; heading: string }>>;

export interface CsvTable {
  columns: CsvColumns;
  lines: readonly CsvLine[];
}

/** Titles and dates of an export stand above the headings; further down there are only rows. */
const linesAboveHeadings = 20;

/** Finds the profile's columns in a text, by the first delimiter that gives them. */
export function csvTable(text: string, profile: CsvProfile): Read<CsvTable> {
  let worst: Read<CsvTable> = fault({ row: 0, column: "", code: "ROWS_MISSING" });
  for (const delimiter of profile.delimiters) {
    const lines = linesOf(text, delimiter);
    const table = lines.kind === "fault" ? lines : tableOf(lines.value, profile);
    if (table.kind === "value") return table;
    if (worst.kind === "fault" && worst.fault.code === "ROWS_MISSING") worst = table;
  }
  return worst;
}

function linesOf(text: string, delimiter: string): Read<CsvLine[]> {
  try {
    const records: unknown = parse(text, {
      delimiter,
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      trim: true,
      max_record_size: 100_000,
    });
    return value(
      (records as { record: string[]; info: { lines: number } }[])
        .map(({ record, info }) => ({ row: info.lines, cells: record.map(plain) }))
        .filter(({ cells }) => cells.some((cell) => cell !== "")),
    );
  } catch (error) {
    if (error instanceof CsvError)
      return fault({ row: Number(error["lines"]) || 0, column: "", code: "CSV_MALFORMED" });
    throw error;
  }
}

function plain(cell: string): string {
  return cell.normalize("NFC").replace(/\s+/gu, " ").trim();
}

function tableOf(lines: readonly CsvLine[], { columns }: CsvProfile): Read<CsvTable> {
  if (lines.length === 0) return fault({ row: 0, column: "", code: "ROWS_MISSING" });
  return columns.by === "heading" ? byHeading(lines, columns.names) : byPlace(lines, columns.places);
}

function byHeading(
  lines: readonly CsvLine[],
  names: Partial<Record<CsvField, readonly string[]>>,
): Read<CsvTable> {
  const found = lines
    .slice(0, linesAboveHeadings)
    .map(({ cells }) => columnsIn(cells, names))
    .map((columns, at) => ({ columns, at, missing: requiredFields.filter((field) => !columns[field]) }))
    .toSorted((a, b) => a.missing.length - b.missing.length)[0];
  if (!found) return fault({ row: 0, column: "", code: "ROWS_MISSING" });
  const [missing] = found.missing;
  return missing === undefined
    ? value({ columns: found.columns, lines: lines.slice(found.at + 1) })
    : fault({ row: 0, column: names[missing]?.[0] ?? missing, code: "HEADING_MISSING" });
}

function columnsIn(
  cells: readonly string[],
  names: Partial<Record<CsvField, readonly string[]>>,
): CsvColumns {
  const headings = cells.map((cell) => cell.toLowerCase());
  return Object.fromEntries(
    csvFields.flatMap((field) => {
      const place = (names[field] ?? [])
        .map((name) => headings.indexOf(name.toLowerCase()))
        .find((at) => at >= 0);
      return place === undefined ? [] : [[field, { place, heading: cells[place] ?? "" }]];
    }),
  );
}

/** A file without headings; where a bank has begun to write some, they are no row. */
function byPlace(lines: readonly CsvLine[], places: Partial<Record<CsvField, number>>): Read<CsvTable> {
  const columns: CsvColumns = Object.fromEntries(
    Object.entries(places).map(([field, place]) => [field, { place, heading: String(place + 1) }]),
  );
  const needed = Math.max(...Object.values(places)) + 1;
  const rows = lines.filter(
    ({ cells }, at) => at > 0 || !/^\p{L}*dato$/iu.test(cells[places.bookedOn ?? 0] ?? ""),
  );
  const [first] = rows;
  if (!first) return fault({ row: 0, column: "", code: "ROWS_MISSING" });
  return first.cells.length < needed
    ? fault({ row: first.row, column: "", code: "CSV_MALFORMED" })
    : value({ columns, lines: rows });
}
