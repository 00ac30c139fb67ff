import type { Change, FileOf } from "../../../domain/files.ts";
import { type OwnerIds, type OwnerKind, ownerOf, ownerText } from "../../../domain/owner.ts";
import type { Commit, Filing, Founding, Shelf } from "../../../ports/filing.ts";
import { inTable } from "../lambda/table-of.ts";
import { BODY, MAIL } from "./filed-parts.ts";
import { INVOICE_COUNTER } from "./invoice-counter.ts";
import { keyOf } from "./keys.ts";
import { beginningParts, changeParts, fileFrom, type ShelfPlan } from "./shelf-plan.ts";
import { casePlan, memberPlan, officePlan, runPlan } from "./shelf-plans.ts";
import { type RawItem, Table, type TableOptions } from "./table.ts";

/** A condition failed that only a fault of ours can make fail: an id used twice, or a guard that isn't the file's. */
export class RegisterIsInconsistent extends Error {
  override readonly name = "RegisterIsInconsistent";
}

/** The files of one kind of owner in the one DynamoDB table, a partition each. */
export class DynamoDbShelf<Kind extends OwnerKind> implements Shelf<Kind> {
  protected readonly table: Table;
  protected readonly plan: ShelfPlan<Kind>;

  constructor(plan: ShelfPlan<Kind>, options: TableOptions) {
    this.plan = plan;
    this.table = new Table(options);
  }

  async read(id: OwnerIds[Kind]): Promise<FileOf[Kind] | undefined> {
    const owner = ownerOf(this.plan.kind, id);
    return fileFrom(this.plan, owner, await this.table.partition(keyOf.body(owner).pk));
  }

  async commit({ read, ...change }: Commit<Kind>): Promise<"committed" | "stale"> {
    const outcome = await this.table.write(
      changeParts(this.plan, read as FileOf[Kind], change as Change<Kind>),
    );
    if (outcome.written) return "committed";
    return staleUnlessBroken(outcome.refused, ownerText(read.owner), [BODY, MAIL, INVOICE_COUNTER]);
  }
}

/** Stale is what a race explains; any other refused condition would stay refused for ever. */
export function staleUnlessBroken(
  refused: ReadonlyMap<string, RawItem | undefined>,
  owner: string,
  racing: readonly string[],
): "stale" {
  if (racing.some((label) => refused.has(label))) return "stale";
  throw new RegisterIsInconsistent(`changing ${owner}: ${[...refused.keys()].join(", ")}`);
}

/** Files that begin by themselves. */
export class DynamoDbFounding<Kind extends "run" | "office">
  extends DynamoDbShelf<Kind>
  implements Founding<Kind>
{
  async begin(file: FileOf[Kind], change: Change<Kind>): Promise<"begun" | "exists"> {
    const outcome = await this.table.write(beginningParts(this.plan, file, change));
    if (outcome.written) return "begun";
    staleUnlessBroken(outcome.refused, ownerText(file.owner), [BODY]);
    return "exists";
  }
}

/** Every shelf, for what serves any owner: the outbox, the ledger's events, tasks and links. */
export function dynamoDbFiling(options: TableOptions): Filing {
  return {
    case: new DynamoDbShelf(casePlan, options),
    member: new DynamoDbShelf(memberPlan, options),
    run: new DynamoDbShelf(runPlan, options),
    office: new DynamoDbShelf(officePlan, options),
  };
}

/** For a handler. */
export const filing = inTable(dynamoDbFiling);
export const runs = inTable((table) => new DynamoDbFounding(runPlan, table));
