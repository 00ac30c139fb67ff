import type { PostalAddress } from "../../../domain/organisation/organisation.ts";
import { type Block, bodyWidth, type Run, type Style } from "./blocks.ts";

/** The looks that agreements and invoices share. */
export const styles = {
  title: { size: 27, lead: 33, bold: true, colour: "ink" },
  heading: { size: 15, lead: 20, bold: true, colour: "accent" },
  role: { size: 9.5, lead: 13, bold: true, colour: "accent" },
  name: { size: 12, lead: 16, bold: true, colour: "ink" },
  label: { size: 9, lead: 14.5, colour: "quiet" },
  value: { size: 9.5, lead: 14.5, colour: "ink" },
} as const satisfies Record<string, Style>;

const gutter = 18;
export const panelPadding = 12;
export const columnWidth = (bodyWidth - gutter) / 2;

/** @returns the columns of a pair, left and right */
export function sideBySide(left: readonly Block[], right: readonly Block[]) {
  return [
    { x: 0, width: columnWidth, blocks: left },
    { x: columnWidth + gutter, width: columnWidth, blocks: right },
  ];
}

export function fullWidth(blocks: readonly Block[]) {
  return [{ x: 0, width: bodyWidth, blocks }];
}

export function partHeading(heading: string): Block {
  return text("H2", 24, { text: heading, style: styles.heading });
}

/** Who somebody is: what they are here, their name, and what else is known of them, a line each. */
export function party(role: string, name: string, rows: readonly LabelledText[]): Block[] {
  const width = columnWidth - 2 * panelPadding;
  return [
    text("H3", 0, { text: role, style: styles.role, width }),
    text("P", 2, { text: name, style: styles.name, width }),
    ...labelled(rows, { before: 6, labelWidth: 54, width }),
  ];
}

type LabelledText = readonly [label: string, value: string | undefined];

/** A line each, the label before its value; none where there is no value. */
export function labelled(
  rows: readonly LabelledText[],
  { before, labelWidth, width }: { before: number; labelWidth: number; width: number },
): Block[] {
  return rows
    .filter((row): row is readonly [string, string] => row[1] !== undefined && row[1] !== "")
    .map(([label, value], index) =>
      text(
        "P",
        index === 0 ? before : 0,
        { text: label, style: styles.label, width: labelWidth },
        { text: value, style: styles.value, x: labelWidth, width: width - labelWidth },
      ),
    );
}

export function text(
  tag: Extract<Block, { kind: "text" }>["tag"],
  before: number,
  ...runs: (Pick<Run, "text" | "style"> & Partial<Run>)[]
): Block {
  return { kind: "text", tag, before, runs: runs.map((run) => ({ x: 0, width: bodyWidth, ...run })) };
}

/** "12 34 56 74", never broken over two lines. */
export function inPairs(cvr: string): string {
  return cvr.replace(/(\d\d)(?=\d)/g, "$1\u00a0");
}

export function oneLine({ street, postalCode, city }: PostalAddress): string {
  return `${street}, ${postalCode}\u00a0${city}`;
}
