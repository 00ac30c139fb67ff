import type { Change, FileOf } from "../domain/files.ts";
import type { OwnerIds, OwnerKind } from "../domain/owner.ts";

/** A change with the file it was decided on: refused as stale when anything has been committed since. */
export type Commit<Kind extends OwnerKind> = Change<Kind> & { read: FileOf[Kind] };

/** Where the files of one kind of owner stand. The truth; workflows only wait. */
export interface Shelf<Kind extends OwnerKind> {
  /** Everything in one file, consistently. */
  read(id: OwnerIds[Kind]): Promise<FileOf[Kind] | undefined>;
  commit(change: Commit<Kind>): Promise<"committed" | "stale">;
}

/** The shelves of every kind. */
export type Filing = { [Kind in OwnerKind]: Shelf<Kind> };

/** Files that begin by themselves; a case begins by being opened, a member by being admitted. */
export interface Founding<Kind extends "run" | "office"> extends Shelf<Kind> {
  begin(file: FileOf[Kind], change: Change<Kind>): Promise<"begun" | "exists">;
}
