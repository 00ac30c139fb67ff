import { describe, expect, it } from "vitest";
import { DynamoDbCases } from "../../../../shared/adapters/aws/dynamodb/cases.ts";
import { keyOf } from "../../../../shared/adapters/aws/dynamodb/keys.ts";
import { Table } from "../../../../shared/adapters/aws/dynamodb/table.ts";
import { type CaseId, ownerOf } from "../../../../shared/domain/owner.ts";
import { aTable } from "../../../support/a-table.ts";
import { anOpening } from "../../../support/builders/an-application.ts";

describe("An errand in the table", () => {
  it("names its owner, by whom the stream's pipe groups it", async () => {
    const options = await aTable();
    await new DynamoDbCases(options).open(anOpening());
    const items = await new Table(options).partition(keyOf.body(ownerOf("case", "case-1" as CaseId)).pk);
    const errands = items.filter(({ sk }) => String(sk).startsWith("OUTBOX#"));
    expect(errands.map(({ owner }) => owner)).toEqual(["case_case-1"]);
  });
});
