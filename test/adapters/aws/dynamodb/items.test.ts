import { describe, expect, it } from "vitest";
import { caseItem, ItemDoesNotParse, parseItem } from "../../../../shared/adapters/aws/dynamodb/items.ts";
import { caseIdOf, keyOf } from "../../../../shared/adapters/aws/dynamodb/keys.ts";
import { DynamoDbRegister } from "../../../../shared/adapters/aws/dynamodb/register.ts";
import { absent, Table } from "../../../../shared/adapters/aws/dynamodb/table.ts";
import type { CaseId, MemberId, TaskId } from "../../../../shared/domain/agreement/agreement-case.ts";
import { aTable } from "../../../support/a-table.ts";
import { aarhus, anOpening } from "../../../support/builders/an-application.ts";

const caseId = "case-1" as CaseId;

describe("An item that is not what the code can read", () => {
  it("stops the reading by a name and a key, without a word of what it held", async () => {
    const table = await aTable();
    const register = new DynamoDbRegister(table);
    await register.open(anOpening());
    await new Table(table).put({ ...keyOf.task(caseId, "task-1" as TaskId), reason: "Åse Ørsted" }, absent);
    const reading = register.read(caseId);
    await expect(reading).rejects.toThrow(ItemDoesNotParse);
    await expect(reading).rejects.toThrow(/CASE#case-1 \| TASK#task-1 .*reason: invalid_value/);
    await expect(reading).rejects.not.toThrow(/Ørsted/);
  });

  const stored = (change: object) => {
    const { case: agreement, organisation, signer, contact } = anOpening();
    return {
      ...keyOf.case(caseId),
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
      keyOf.case(caseId),
      keyOf.upload(caseId, "1"),
      keyOf.round(caseId, { number: 1, stage: "chair" }),
      keyOf.round(caseId, { number: 1, stage: "secretariat" }),
      keyOf.caseAudit(caseId, 1),
      keyOf.mail(caseId, "1"),
      keyOf.errand(caseId, 1),
      keyOf.wait(caseId, "1"),
      keyOf.openGuard("member", aarhus),
      keyOf.memberOfCvr("member", aarhus),
      keyOf.memberOfCvr("partner", aarhus),
      keyOf.link("1"),
      keyOf.member(member),
      keyOf.dues(member, 2026, 1),
      keyOf.memberAudit(member, 1),
      keyOf.settingsHead(),
      keyOf.settingsAudit(1),
      keyOf.invoiceCounter(),
      keyOf.caseCounter(2026),
      keyOf.limit("x", "1", 1),
    ].map(({ pk, sk }) => `${pk} | ${sk}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("sorts what is numbered by number, beyond nine and beyond ninety-nine", () => {
    const keys = [100, 9, 10, 1].map((sequence) => keyOf.caseAudit(caseId, sequence).sk);
    expect(keys.toSorted()).toEqual([1, 9, 10, 100].map((sequence) => keyOf.caseAudit(caseId, sequence).sk));
  });

  it("finds the case of an item in its partition, and none elsewhere", () => {
    expect(caseIdOf(keyOf.task(caseId, "t" as TaskId).pk)).toBe(caseId);
    expect(caseIdOf(keyOf.settingsHead().pk)).toBeUndefined();
  });
});
