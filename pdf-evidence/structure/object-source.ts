import type { PdfObject, PdfStream } from "./pdf-objects.ts";
import type { Budget } from "./reading-limits.ts";

/** An object with the bytes it occupies in the file; those of its container where it is compressed. */
export interface IndirectObject {
  readonly number: number;
  readonly value: PdfObject;
  readonly start: number;
  readonly end: number;
}

/** What the tables that lead to objects need of the file they stand in. */
export interface ObjectSource {
  readonly bytes: Buffer;
  /** Shared by everything that reads in the file. */
  readonly budget: Budget;
  /** The object that begins at the offset. @throws SyntaxTrouble where none does */
  objectAt(offset: number, expected?: number): IndirectObject;
  /** The object of that number, as the tables found so far lead to it. */
  object(number: number): IndirectObject | undefined;
  /** Numbers of the objects in an object stream. @throws SyntaxTrouble */
  numbersIn(container: number): readonly number[];
  decode(stream: PdfStream): Buffer;
  note(trouble: string): void;
}
