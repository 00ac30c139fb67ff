import type { CaseId } from "../../../domain/agreement/agreement-case.ts";
import type { MailRecord } from "../../../domain/agreement/case-file.ts";
import type { Chance } from "../../../ports/clock.ts";
import type { MailLedger } from "../../../ports/register.ts";
import { keyOf } from "./keys.ts";
import { absent, Table, type TableOptions } from "./table.ts";
import { mailPut } from "./transactions.ts";

/**
 * How far each state has come. Events are delivered again and out of order: a line only ever moves on.
 * `refused` is lowest of the settled: an event that says the mail was sent is better evidence than an error of ours.
 */
const progress = {
  claimed: 0,
  refused: 1,
  sent: 2,
  delivered: 3,
  bounced: 4,
  complained: 5,
} as const satisfies Record<MailRecord["state"], number>;

const states = Object.keys(progress) as MailRecord["state"][];

/** The key is also an SES message tag's value. https://docs.aws.amazon.com/ses/latest/APIReference/API_MessageTag.html */
const tagValue = /^[A-Za-z0-9_-]{1,256}$/;

export class LedgerKeyIsNoTag extends Error {
  override readonly name = "LedgerKeyIsNoTag";
}

/** The mail ledger in the partition of each case. */
export class DynamoDbMailLedger implements MailLedger {
  private readonly table: Table;
  private readonly chance: Chance;

  constructor(options: TableOptions) {
    this.table = new Table(options);
    this.chance = options.chance;
  }

  async claim(caseId: CaseId, mail: MailRecord): Promise<boolean> {
    if (!tagValue.test(mail.ledgerKey)) throw new LedgerKeyIsNoTag(`case ${caseId}`);
    // Tells our own claim, written by a try whose answer was lost, from somebody else's.
    const claimId = Buffer.from(this.chance.bytes(16)).toString("hex");
    const outcome = await this.table.put({ ...mailPut(caseId, mail), claimId }, absent);
    return outcome.written || outcome.refused.get("item")?.["claimId"] === claimId;
  }

  async release(caseId: CaseId, ledgerKey: string): Promise<void> {
    await this.table.delete(keyOf.mail(caseId, ledgerKey), {
      expression: "#state = :claimed",
      names: { "#state": "state" },
      values: { ":claimed": "claimed" },
    });
  }

  async record(
    caseId: CaseId,
    ledgerKey: string,
    state: MailRecord["state"],
    at: number,
    messageId?: string,
  ): Promise<void> {
    const earlier = states.filter((candidate) => progress[candidate] < progress[state]);
    if (earlier.length === 0) return;
    const withMessageId = messageId !== undefined;
    await this.table.update(
      keyOf.mail(caseId, ledgerKey),
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
}
