import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { beforeEach, describe, expect, it } from "vitest";
import { DynamoDbCases } from "../../../../shared/adapters/aws/dynamodb/cases.ts";
import {
  DynamoDbMailLedger,
  LedgerKeyIsNoTag,
} from "../../../../shared/adapters/aws/dynamodb/mail-ledger.ts";
import type { TableOptions } from "../../../../shared/adapters/aws/dynamodb/table.ts";
import { type CaseId, ownerOf } from "../../../../shared/domain/owner.ts";
import { aClaim } from "../../../ports/filed-contract.ts";
import { aTable } from "../../../support/a-table.ts";
import { aMonday, anOpening, entry } from "../../../support/builders/an-application.ts";

const caseId = "case-1" as CaseId;
const owner = ownerOf("case", caseId);

/** A client that does what it is asked, loses the first answer, and asks again as the SDK does by itself. */
function losingTheFirstAnswer({
  client,
  ...table
}: TableOptions & { client: DynamoDBClient }): TableOptions & { asked: () => number } {
  const { endpoint, region, credentials } = client.config;
  const losing = new DynamoDBClient({ ...(endpoint && { endpoint }), region, credentials, maxAttempts: 3 });
  let asked = 0;
  losing.middlewareStack.add(
    (next) => async (args) => {
      asked += 1;
      const answer = await next(args);
      if (asked === 1) throw Object.assign(new Error("the line broke"), { name: "TimeoutError" });
      return answer;
    },
    { step: "deserialize", priority: "high" },
  );
  return { ...table, client: losing, asked: () => asked };
}

describe("When DynamoDB's answer is lost on the way", () => {
  let table: TableOptions & { client: DynamoDBClient };
  beforeEach(async () => {
    table = await aTable();
  });

  it("an application is received once", async () => {
    const losing = losingTheFirstAnswer(table);
    expect(await new DynamoDbCases(losing).open(anOpening())).toEqual({ kind: "opened" });
    expect(losing.asked()).toBe(2);
    expect((await new DynamoDbCases(table).read(caseId))?.audit).toHaveLength(1);
  });

  it("a change is committed once, and known to be", async () => {
    const cases = new DynamoDbCases(table);
    await cases.open(anOpening());
    const read = await cases.read(caseId);
    if (!read) throw new Error("no case");
    const change = { read, after: read.case, audit: [entry("TASK_OPENED", aMonday)] as const };
    expect(await new DynamoDbCases(losingTheFirstAnswer(table)).commit(change)).toBe("committed");
    expect((await cases.read(caseId))?.audit).toHaveLength(2);
  });

  it("a mail is claimed by whoever asked, and by nobody else", async () => {
    expect(await new DynamoDbMailLedger(losingTheFirstAnswer(table)).claim(owner, aClaim)).toBe(true);
    expect(await new DynamoDbMailLedger(table).claim(owner, aClaim)).toBe(false);
  });
});

describe("A ledger key that SES would not take as a tag", () => {
  it.each(["", "a b", "æ", "a\n", "a.b", "x".repeat(257)])(
    "is refused before anything is claimed: %j",
    async (key) => {
      const ledger = new DynamoDbMailLedger(await aTable());
      await expect(ledger.claim(owner, { ...aClaim, ledgerKey: key })).rejects.toThrow(LedgerKeyIsNoTag);
    },
  );
});
