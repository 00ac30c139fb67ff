import type { OutboxItem } from "../../../domain/errands/errand.ts";
import type { Filed } from "../../../domain/filing/filed.ts";
import { type Owner, ownerText } from "../../../domain/owner.ts";
import type { Outbox } from "../../../ports/outbox.ts";
import type { Waits } from "../../../ports/waits.ts";
import { inTable } from "../lambda/table-of.ts";
import { ownerOfItem } from "./cases.ts";
import { asRead, BODY } from "./filed-parts.ts";
import { keyOf, workList } from "./keys.ts";
import { Table, type TableOptions } from "./table.ts";

/** The errands in each owner's partition. */
export class DynamoDbOutbox implements Outbox {
  private readonly table: Table;

  constructor(options: TableOptions) {
    this.table = new Table(options);
  }

  async finish(owner: Owner, item: OutboxItem): Promise<void> {
    await this.table.delete(keyOf.errand(owner, item.sequence));
  }

  async putOff(owner: Owner, until: number, now: number): Promise<boolean> {
    const { written } = await this.table.update(
      keyOf.later(owner),
      { expression: "SET #until = :until", names: { "#until": "until" }, values: { ":until": until } },
      {
        expression: "attribute_not_exists(#until) OR #until <= :now OR #until > :until",
        values: { ":now": now },
      },
    );
    return written;
  }

  async ownersWithErrands(): Promise<Owner[]> {
    const owners = (await this.table.list("work", workList.errands)).map(ownerOfItem);
    return [...new Map(owners.map((owner) => [ownerText(owner), owner])).values()];
  }
}

/** The task tokens in each owner's partition. */
export class DynamoDbWaits implements Waits {
  private readonly table: Table;

  constructor(options: TableOptions) {
    this.table = new Table(options);
  }

  async keep(read: Filed, wait: string, token: string, now: number): Promise<"kept" | "stale"> {
    const { owner } = read;
    const outcome = await this.table.write([
      { label: BODY, check: keyOf.body(owner), condition: asRead(read) },
      { label: "wait", put: { ...keyOf.wait(owner, wait), name: wait, token, storedAt: now } },
    ]);
    return outcome.written ? "kept" : "stale";
  }

  async forget(owner: Owner, wait: string, token: string): Promise<void> {
    await this.table.delete(keyOf.wait(owner, wait), {
      expression: "#token = :token",
      names: { "#token": "token" },
      values: { ":token": token },
    });
  }
}

/** For a handler. */
export const outbox = inTable((table) => new DynamoDbOutbox(table));
export const waits = inTable((table) => new DynamoDbWaits(table));
