import { describe, expect, it } from "vitest";
import { DynamoDbCases } from "../../../../shared/adapters/aws/dynamodb/cases.ts";
import { caseItem, ItemDoesNotParse, parseItem } from "../../../../shared/adapters/aws/dynamodb/items.ts";
import { keyOf, ownerOfPk } from "../../../../shared/adapters/aws/dynamodb/keys.ts";
import { absent, Table } from "../../../../shared/adapters/aws/dynamodb/table.ts";
import {
  type CaseId,
  type MemberId,
  ownerOf,
  type TaskId,
  theOffice,
} from "../../../../shared/domain/owner.ts";
import { aTable } from "../../../support/a-table.ts";
import { aarhus, anOpening } from "../../../support/builders/an-application.ts";

const caseId = "case-1" as CaseId;
const owner = ownerOf("case", caseId);

describe("An item that is not what the code can read", () => {
  it("stops the reading by a name and a key, without a word of what it held", async () => {
    const table = await aTable();
    const cases = new DynamoDbCases(table);
    await cases.open(anOpening());
    await new Table(table).put({ ...keyOf.task(owner, "task-1" as TaskId), reason: "Åse Ørsted" }, absent);
    const reading = cases.read(caseId);
    await expect(reading).rejects.toThrow(ItemDoesNotParse);
    await expect(reading).rejects.toThrow(/CASE#case-1 \| TASK#task-1 .*reason: invalid_value/);
    await expect(reading).rejects.not.toThrow(/Ørsted/);
  });

  const stored = (change: object) => {
    const { case: agreement, organisation, signer, contact } = anOpening();
    return {
      ...keyOf.body(owner),
      case: { ...agreement, ...change },
      head: { sequence: 1, hash: "h" },
      organisation,
      signerId: signer.id,
      contactId: contact.id,
    };
  };

  it.each([
    { what: "a status nobody has heard of", change: { status: "lost" } },
    { what: "a status without what belongs to it", change: { status: "awaiting-chair" } },
    { what: "a CVR with a wrong check digit", change: { cvr: "41849984" } },
    { what: "a time that isn't a whole number", change: { since: 1.5 } },
  ])("is refused: $what", ({ change }) => {
    expect(() => parseItem(caseItem, stored(change))).toThrow(ItemDoesNotParse);
  });

  it("keeps nothing of an old status that doesn't belong to the new", () => {
    const { case: agreement } = parseItem(caseItem, stored({ status: "withdrawn" }));
    expect(agreement).not.toHaveProperty("lapsesAt");
  });
});

describe("The key map", () => {
  it("gives every kind of item a key of its own", () => {
    const member = "m" as MemberId;
    const keys = [
      keyOf.body(owner),
      keyOf.upload(caseId, "1"),
      keyOf.round(owner, { number: 1, stage: "chair" }),
      keyOf.round(owner, { number: 1, stage: "secretariat" }),
      keyOf.audit(owner, 1),
      keyOf.mail(owner, "1"),
      keyOf.errand(owner, 1),
      keyOf.wait(owner, "1"),
      keyOf.openGuard({ kind: "member", cvr: aarhus, contactHash: "c" }),
      keyOf.unconfirmed({ kind: "member", cvr: aarhus, contactHash: "c" }, caseId),
      keyOf.memberOfCvr("member", aarhus),
      keyOf.memberOfCvr("partner", aarhus),
      keyOf.link("1"),
      keyOf.body(ownerOf("member", member)),
      keyOf.dues(member, 2026, 1),
      keyOf.audit(ownerOf("member", member), 1),
      keyOf.body(theOffice),
      keyOf.audit(theOffice, 1),
      keyOf.invoiceCounter(),
      keyOf.caseCounter(2026),
      keyOf.limit("x", "1", 1),
    ].map(({ pk, sk }) => `${pk} | ${sk}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("sorts what is numbered by number, beyond nine and beyond ninety-nine", () => {
    const keys = [100, 9, 10, 1].map((sequence) => keyOf.audit(owner, sequence).sk);
    expect(keys.toSorted()).toEqual([1, 9, 10, 100].map((sequence) => keyOf.audit(owner, sequence).sk));
  });

  it("finds the owner of an item in its partition, and none elsewhere", () => {
    expect(ownerOfPk(keyOf.task(owner, "t" as TaskId).pk)).toEqual(owner);
    expect(ownerOfPk(keyOf.body(theOffice).pk)).toEqual(theOffice);
    expect(ownerOfPk(keyOf.invoiceCounter().pk)).toBeUndefined();
  });
});
