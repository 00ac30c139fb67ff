import { describe, expect, it } from "vitest";
import { DynamoDbCases } from "../../../../shared/adapters/aws/dynamodb/cases.ts";
import { keyOf } from "../../../../shared/adapters/aws/dynamodb/keys.ts";
import { Table } from "../../../../shared/adapters/aws/dynamodb/table.ts";
import { type CaseId, ownerOf } from "../../../../shared/domain/owner.ts";
import { aTable } from "../../../support/a-table.ts";
import { anOpening } from "../../../support/builders/an-application.ts";

describe("A person's name, address and telephone number", () => {
  it("lie in the items that can be erased and nowhere else in a case", async () => {
    const options = await aTable();
    await new DynamoDbCases(options).open(anOpening());
    const items = await new Table(options).partition(keyOf.body(ownerOf("case", "case-1" as CaseId)).pk);
    const holding = items
      .filter((item) => /Ørsted|Kjær|soeren@|89 40/.test(JSON.stringify(item)))
      .map(({ sk }) => String(sk).split("#")[0]);
    // An errand is gone once its mail is sent.
    expect([...new Set(holding)].toSorted()).toEqual(["OUTBOX", "PERSON"]);
  });
});
