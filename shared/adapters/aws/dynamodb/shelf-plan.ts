import type * as z from "zod/mini";
import type { BodyOf, Change, FileOf, RecordChange } from "../../../domain/files.ts";
import type { ChainHead } from "../../../domain/filing/audit-event.ts";
import { emptyFiled, type Filed } from "../../../domain/filing/filed.ts";
import type { Owner, OwnerKind } from "../../../domain/owner.ts";
import { asRead, auditParts, BODY, errandParts } from "./filed-parts.ts";
import { auditItem, parseItem, personItem, taskItem, waitItem } from "./items.ts";
import { keyOf, prefixes } from "./keys.ts";
import { errandItem, mailItem } from "./stored-mails.ts";
import { absent, type Part, type RawItem } from "./table.ts";

/** What one kind of owner has of its own: the shape of its body, its own records, what closing it adds. */
export interface ShelfPlan<Kind extends OwnerKind> {
  kind: Kind;
  /** The file of a partition's items, its shared half read already. */
  fileOf(stored: RawItem, filed: Filed<Kind>, items: readonly RawItem[]): FileOf[Kind];
  bodyOf(file: FileOf[Kind]): BodyOf[Kind];
  /** The body's item with everything that stands beside it there, and where it is listed. */
  bodyPut(file: FileOf[Kind], body: BodyOf[Kind], head: ChainHead): RawItem;
  statusOf(body: BodyOf[Kind]): string;
  recordPart(owner: Owner<Kind>, record: RecordChange<Kind>, read: FileOf[Kind] | undefined): Part;
  /**
   * What goes with a change besides itself: a guard that is released, a number that is taken.
   * @param read nothing for a file that begins
   */
  alongside?(
    read: FileOf[Kind] | undefined,
    after: BodyOf[Kind],
    records: readonly RecordChange<Kind>[],
  ): Part[];
}

/** Every item of one sort in a partition. @throws ItemDoesNotParse */
export function itemsOf<Output>(
  items: readonly RawItem[],
  prefix: (typeof prefixes)[keyof typeof prefixes],
  schema: z.ZodMiniType<Output>,
): Output[] {
  return items.filter((item) => String(item["sk"]).startsWith(prefix)).map((item) => parseItem(schema, item));
}

/**
 * Builds a file from the items of its partition, or nothing when it is not there.
 * Rounds, audit and outbox come in the order of their keys; tasks and mails in the order of time.
 * @throws ItemDoesNotParse
 */
export function fileFrom<Kind extends OwnerKind>(
  plan: ShelfPlan<Kind>,
  owner: Owner<Kind>,
  items: readonly RawItem[],
): FileOf[Kind] | undefined {
  const { sk } = keyOf.body(owner);
  const stored = items.find((item) => item["sk"] === sk);
  if (!stored) return undefined;
  const filed: Filed<Kind> = {
    ...emptyFiled(owner),
    persons: new Map(itemsOf(items, prefixes.person, personItem).map((person) => [person.id, person])),
    tasks: itemsOf(items, prefixes.task, taskItem).sort((a, b) => a.since - b.since),
    audit: itemsOf(items, prefixes.audit, auditItem),
    outbox: itemsOf(items, prefixes.errand, errandItem[plan.kind]),
    mails: itemsOf(items, prefixes.mail, mailItem[plan.kind]).sort((a, b) => a.claimedAt - b.claimedAt),
    waits: new Map(
      itemsOf(items, prefixes.wait, waitItem).map(({ name, token, storedAt }) => [name, { token, storedAt }]),
    ),
  };
  return plan.fileOf(stored, filed, items);
}

/** One change of a file that stands. */
export function changeParts<Kind extends OwnerKind>(
  plan: ShelfPlan<Kind>,
  read: FileOf[Kind],
  change: Change<Kind>,
): Part[] {
  const owner = ownerIn<Kind>(read);
  const after = change.after ?? plan.bodyOf(read);
  const { head, parts } = auditParts(owner, read.head, plan.statusOf(after), change.audit);
  return [
    {
      label: BODY,
      put: { ...keyOf.body(owner), ...plan.bodyPut(read, after, head) },
      condition: asRead(read),
    },
    ...parts,
    ...(change.records ?? []).map((record) => plan.recordPart(owner, record, read)),
    ...errandParts(owner, head, change.errands ?? [], change.audit[0].at),
    ...(plan.alongside?.(read, after, change.records ?? []) ?? []),
  ];
}

/** A file's beginning: nothing stands yet. */
export function beginningParts<Kind extends OwnerKind>(
  plan: ShelfPlan<Kind>,
  file: FileOf[Kind],
  change: Omit<Change<Kind>, "after">,
): Part[] {
  const owner = ownerIn<Kind>(file);
  const body = plan.bodyOf(file);
  const { head, parts } = auditParts(owner, file.head, plan.statusOf(body), change.audit);
  return [
    { label: BODY, put: { ...keyOf.body(owner), ...plan.bodyPut(file, body, head) }, condition: absent },
    ...parts,
    ...(change.records ?? []).map((record) => plan.recordPart(owner, record, undefined)),
    ...errandParts(owner, head, change.errands ?? [], change.audit[0].at),
    ...(plan.alongside?.(undefined, body, change.records ?? []) ?? []),
  ];
}

/** A file of one kind is owned by one of that kind, which an indexed type doesn't show. */
function ownerIn<Kind extends OwnerKind>(file: FileOf[Kind]): Owner<Kind> {
  return file.owner as Owner<Kind>;
}
