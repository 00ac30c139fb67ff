import { type MailRecord, statesBefore } from "../../../domain/errands/mail-record.ts";
import { type Owner, ownerText } from "../../../domain/owner.ts";
import type { Chance } from "../../../ports/clock.ts";
import type { MailLedger } from "../../../ports/mail-ledger.ts";
import { inTable } from "../lambda/table-of.ts";
import { ownerOfItem } from "./cases.ts";
import { mailPut } from "./filed-parts.ts";
import { ledgerKeyItem, parseItem } from "./items.ts";
import { before, keyOf, workList } from "./keys.ts";
import { absent, Table, type TableOptions } from "./table.ts";

/** The key is also an SES message tag's value. https://docs.aws.amazon.com/ses/latest/APIReference/API_MessageTag.html */
const tagValue = /^[A-Za-z0-9_-]{1,256}$/;

export class LedgerKeyIsNoTag extends Error {
  override readonly name = "LedgerKeyIsNoTag";
}

/** The mail ledger in the partition of each owner. */
export class DynamoDbMailLedger implements MailLedger {
  private readonly table: Table;
  private readonly chance: Chance;

  constructor(options: TableOptions) {
    this.table = new Table(options);
    this.chance = options.chance;
  }

  async claim(owner: Owner, mail: MailRecord): Promise<boolean> {
    if (!tagValue.test(mail.ledgerKey)) throw new LedgerKeyIsNoTag(ownerText(owner));
    // Tells our own claim, written by a try whose answer was lost, from somebody else's.
    const claimId = Buffer.from(this.chance.bytes(16)).toString("hex");
    const outcome = await this.table.put({ ...mailPut(owner, mail), claimId }, absent);
    return outcome.written || outcome.refused.get("item")?.["claimId"] === claimId;
  }

  async release(owner: Owner, ledgerKey: string): Promise<void> {
    await this.table.delete(keyOf.mail(owner, ledgerKey), {
      expression: "#state = :claimed",
      names: { "#state": "state" },
      values: { ":claimed": "claimed" },
    });
  }

  async record(
    owner: Owner,
    ledgerKey: string,
    state: "sent" | "delivered",
    at: number,
    messageId?: string,
  ): Promise<void> {
    const earlier = statesBefore(state);
    const withMessageId = messageId !== undefined;
    await this.table.update(
      keyOf.mail(owner, ledgerKey),
      {
        expression: `SET #state = :state, #settledAt = :at${withMessageId ? ", #messageId = :messageId" : ""} REMOVE #workPk, #workSk`,
        names: {
          "#state": "state",
          "#settledAt": "settledAt",
          "#workPk": "workPk",
          "#workSk": "workSk",
          ...(withMessageId && { "#messageId": "messageId" }),
        },
        values: { ":state": state, ":at": at, ...(withMessageId && { ":messageId": messageId }) },
      },
      {
        expression: `#state IN (${earlier.map((_, position) => `:earlier${position}`).join(", ")})`,
        values: Object.fromEntries(earlier.map((value, position) => [`:earlier${position}`, value])),
      },
    );
  }

  async unsettled(claimedBefore: number): Promise<{ owner: Owner; ledgerKey: string }[]> {
    const items = await this.table.list("work", workList.uncertainMails, before(claimedBefore));
    return items.map((item) => ({
      owner: ownerOfItem(item),
      ledgerKey: parseItem(ledgerKeyItem, item).ledgerKey,
    }));
  }
}

/** For a handler. */
export const ledger = inTable((table) => new DynamoDbMailLedger(table));
