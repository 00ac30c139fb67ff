import type { TableOptions } from "../../shared/adapters/aws/dynamodb/table.ts";
import type { EmailAddress } from "../../shared/domain/organisation/email-address.ts";

/** One fault as `--json` tells it. */
export interface Fault {
  row: number;
  column: string;
  code: string;
  message: string;
  proposal?: string | undefined;
}

/** What a command says at its end: the object that `--json` prints, and whether it found faults. */
export interface Said {
  faults?: readonly Fault[];
  [name: string]: unknown;
}

/** What every command of the register is handed. */
export interface Given {
  /** What stands after the command's own words. */
  words: readonly string[];
  options: Readonly<Record<OptionName, string | undefined>> & { unchanged: boolean };
  table: TableOptions;
  now: number;
  print(line: string): void;
  readFile(path: string): Uint8Array;
  /** A registered secretary's address. @throws WrongUse */
  by(): Promise<EmailAddress>;
}

export const optionNames = [
  "by",
  "reason",
  "year",
  "kind",
  "oere",
  "decided",
  "profile",
  "account",
  "through",
  "confirm",
  "out",
] as const;
export type OptionName = (typeof optionNames)[number];

export type Command = (given: Given) => Promise<Said>;
