import { rgb } from "@cantoo/pdf-lib";
import type { Scope, TextTag } from "./structure-tree.ts";

/** A4 in points, with room for a binder's holes. */
export const paper = { width: 595.28, height: 841.89, left: 74, right: 74, top: 62, bottom: 74 } as const;
export const bodyWidth = paper.width - paper.left - paper.right;
export const bodyHeight = paper.height - paper.top - paper.bottom;
export const footerAt = 42;

/** The ground tone of OS2aftale's pages, and its lighter kin. */
export const colours = {
  accent: rgb(0x12 / 255, 0x50 / 255, 0x5b / 255),
  ink: rgb(0.1, 0.1, 0.1),
  quiet: rgb(0x59 / 255, 0x59 / 255, 0x59 / 255),
  line: rgb(0.55, 0.55, 0.55),
  tint: rgb(0xea / 255, 0xf1 / 255, 0xf2 / 255),
} as const;

export interface Style {
  size: number;
  /** From one base line to the next. */
  lead: number;
  bold?: boolean;
  colour: keyof typeof colours;
}

/** Text in a column of its own. Points, from the block's left edge. */
export interface Run {
  text: string;
  style: Style;
  x: number;
  width: number;
  /** Where each line ends; else they begin at the left. */
  align?: "right";
}

/** One cell of a table, as wide as its column; a heading says what it heads. */
export type Cell = Run & ({ tag: "TH"; scope: Scope } | { tag: "TD" });

export interface Row {
  cells: readonly Cell[];
  /** Room above and below the row's text. */
  padding: number;
  /** Drawn above the row. */
  rule?: { thickness: number; colour: keyof typeof colours };
}

export type Block =
  /** One element; its runs stand side by side and are read one after the other. */
  | { kind: "text"; tag: TextTag; before: number; runs: readonly Run[] }
  /** Rows are never broken; on a further page the heading row is drawn again. */
  | { kind: "table"; before: number; head?: Row; rows: readonly Row[] }
  /** A line to write on, or one that only divides. */
  | { kind: "rule"; before: number; width: number; thickness: number; colour: keyof typeof colours };

export interface Columns {
  above: readonly Block[];
  gap: number;
  columns: readonly { x: number; width: number; blocks: readonly Block[] }[];
  /** A tinted ground under each column, this much wider on every side. */
  panel?: number;
}
