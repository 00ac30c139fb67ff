import type { AnyFile, Change, FileOf } from "../domain/files.ts";
import type { SharedChange } from "../domain/filing/change.ts";
import { type Owner, type OwnerIds, type OwnerKind, ownerText } from "../domain/owner.ts";
import type { Filing, Shelf } from "../ports/filing.ts";

/** Either a change and what it comes to, or what was found instead. */
export type Decided<Kind extends OwnerKind, Outcome> = { change?: Change<Kind>; outcome: Outcome };

/** Tries before a file counts as contended: at most two secretaries, a chair, a submitter and the system change one at once. */
const TRIES = 8;

/**
 * Reads, decides, commits; and again from the beginning when somebody else committed in between.
 * `decide` answers the change, or the outcome when there is nothing to change; it waits for nothing but what must be
 * as fresh as the file.
 * @throws FileIsContended
 */
export async function changeFile<Kind extends OwnerKind, Outcome>(
  shelf: Shelf<Kind>,
  id: OwnerIds[Kind],
  decide: (file: FileOf[Kind]) => Decided<Kind, Outcome> | Promise<Decided<Kind, Outcome>>,
): Promise<Outcome | "no-such-file"> {
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const file = await shelf.read(id);
    if (!file) return "no-such-file";
    const { change, outcome } = await decide(file);
    if (!change) return outcome;
    if ((await shelf.commit({ ...change, read: file })) === "committed") return outcome;
  }
  throw new FileIsContended(id);
}

/** The same, for an event that either changes the file or finds nothing to change. */
export function changeFileIfDue<Kind extends OwnerKind>(
  shelf: Shelf<Kind>,
  id: OwnerIds[Kind],
  decide: (file: FileOf[Kind]) => Change<Kind> | undefined,
): Promise<"changed" | "unchanged" | "no-such-file"> {
  return changeFile<Kind, "changed" | "unchanged">(shelf, id, (file) => {
    const change = decide(file);
    return change ? { change, outcome: "changed" } : { outcome: "unchanged" };
  });
}

/** The shelf on which an owner's file stands, and the file, for whoever has only the owner: outbox, ledger, task. */
export function placeOf<Kind extends OwnerKind>(
  filing: Filing,
  owner: Owner,
): { shelf: Shelf<Kind>; id: OwnerIds[Kind]; kind: Kind } {
  // An owner's kind and id belong together, which an indexed table doesn't show.
  return {
    shelf: filing[owner.kind] as unknown as Shelf<Kind>,
    id: owner.id as OwnerIds[Kind],
    kind: owner.kind as Kind,
  };
}

export function readFiled(filing: Filing, owner: Owner): Promise<AnyFile | undefined> {
  const { shelf, id } = placeOf(filing, owner);
  return shelf.read(id);
}

/** Changes what any file can have: a task, a mail's line, the trail. */
export function changeFiled(
  filing: Filing,
  owner: Owner,
  decide: (file: AnyFile) => SharedChange | undefined,
): Promise<"changed" | "unchanged" | "no-such-file"> {
  const { shelf, id } = placeOf(filing, owner);
  return changeFileIfDue(shelf, id, decide);
}

/** Eight changes in a row came in between: retried by whoever called. */
export class FileIsContended extends Error {
  override readonly name = "FileIsContended";
  constructor(owner: Owner | string) {
    super(`${typeof owner === "string" ? owner : ownerText(owner)} changed under every attempt`);
  }
}
