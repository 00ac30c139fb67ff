import { beforeEach, describe, expect, it } from "vitest";
import { registerCommand } from "../../commands/register.ts";
import { WrongUse } from "../../commands/stage/wrong-use.ts";
import { seedLocalSettings } from "../../local/seed-local-settings.ts";
import { DynamoDbMembers } from "../../shared/adapters/aws/dynamodb/members.ts";
import { DynamoDbSettings } from "../../shared/adapters/aws/dynamodb/settings-source.ts";
import { DynamoDbFounding } from "../../shared/adapters/aws/dynamodb/shelf.ts";
import { beginningParts } from "../../shared/adapters/aws/dynamodb/shelf-plan.ts";
import { memberPlan, runPlan } from "../../shared/adapters/aws/dynamodb/shelf-plans.ts";
import { Table, type TableOptions } from "../../shared/adapters/aws/dynamodb/table.ts";
import { decidedRate, oere } from "../../shared/domain/dues/dues-rate.ts";
import { duesRunId } from "../../shared/domain/dues/dues-run.ts";
import { payerOf } from "../../shared/domain/dues/invoice-readiness.ts";
import { emptyFiled } from "../../shared/domain/filing/filed.ts";
import type { DuesLine, Member } from "../../shared/domain/membership/member.ts";
import type { CvrNumber } from "../../shared/domain/organisation/cvr-number.ts";
import type { EmailAddress } from "../../shared/domain/organisation/email-address.ts";
import type { Gln } from "../../shared/domain/organisation/gln.ts";
import { type MemberId, ownerOf, type PersonId } from "../../shared/domain/owner.ts";
import { aTable } from "../support/a-table.ts";
import { aCamtFile } from "../support/builders/a-camt-file.ts";
import { confirmed } from "../support/fakes/fixed-settings.ts";

const january = Date.parse("2027-01-20T09:00:00+01:00");
const by = ["--by", "sekretaer1@os2.example"];

describe("The register's command", () => {
  let printed: string[];
  let table: TableOptions;
  let files: Map<string, Uint8Array>;
  beforeEach(async () => {
    printed = [];
    files = new Map();
    table = await aTable();
    await seedLocalSettings(table, january - 1000);
  });

  const run = (...args: string[]) =>
    registerCommand(["--stage", "dev", ...args], {
      open: async () => ({ table, now: january }),
      print: (line) => void printed.push(line),
      readFile: (path) => files.get(path) ?? new Uint8Array(),
    });

  describe("records what is paid", () => {
    it("in a year, with the decision's date and who entered it, once", async () => {
      const set = ["rates", "set", "--year", "2028", "--kind", "member", "--decided", "2027-11-11", ...by];
      await run(...set, "--oere", "2600000");
      const { rates } = await new DynamoDbSettings(table).at(january);
      expect(decidedRate(rates, "member", 2028)).toMatchObject({
        amountOere: 2_600_000,
        vatCategory: "S",
        decision: { decidedOn: "2027-11-11", enteredBy: "sekretaer1@os2.example" },
      });
      await expect(run(...set, "--unchanged")).rejects.toThrow("recorded already");
    });

    it("as unchanged, which is a decision too", async () => {
      await run(
        "rates",
        "set",
        "--year",
        "2028",
        "--kind",
        "member",
        "--decided",
        "2027-11-11",
        ...by,
        "--unchanged",
      );
      const { rates } = await new DynamoDbSettings(table).at(january);
      expect(decidedRate(rates, "member", 2028)).toMatchObject({ amountOere: 2_500_000 });
      await run("rates");
      expect(printed.at(-1)).toContain("unchanged");
    });

    it.each([
      {
        wrong: "nobody",
        args: ["--year", "2028", "--kind", "member", "--decided", "2027-11-11", "--unchanged"],
      },
      {
        wrong: "no date",
        args: ["--year", "2028", "--kind", "member", "--decided", "11/11", ...by, "--unchanged"],
      },
      { wrong: "no amount", args: ["--year", "2028", "--kind", "member", "--decided", "2027-11-11", ...by] },
      {
        wrong: "no such kind",
        args: ["--year", "2028", "--kind", "friend", "--decided", "2027-11-11", ...by, "--unchanged"],
      },
      {
        wrong: "half an øre",
        args: ["--year", "2028", "--kind", "member", "--decided", "2027-11-11", ...by, "--oere", "1.5"],
      },
    ])("and refuses $wrong", async ({ args }) => {
      await expect(run("rates", "set", ...args)).rejects.toBeInstanceOf(WrongUse);
    });
  });

  it("has a year planned once, however often it is asked", async () => {
    await run("plan", "2027");
    await run("plan", "2027");
    expect(printed[1]).toContain("under way");
    const file = await new DynamoDbFounding(runPlan, table).read(duesRunId(2027));
    expect(file).toMatchObject({ run: { status: "planning" }, outbox: [{ type: "start" }] });
    expect(file?.outbox).toHaveLength(1);
  });

  describe("reads the bank's file", () => {
    beforeEach(() => placeMember(table, 1001));

    it("and books what names the invoice and pays exactly what is open, once", async () => {
      files.set("bank.xml", camt("Faktura 1001", "31250.00"));
      expect(await run("payments", "bank.xml")).toMatchObject({ rows: 1, booked: ["1001"] });
      expect(await run("payments", "bank.xml")).toMatchObject({ booked: [], alreadyBooked: 1 });
      const file = await new DynamoDbMembers(table).read("m-1" as MemberId);
      expect(file?.postings).toMatchObject([{ kind: "payment", invoice: "1001", amountOere: 3_125_000 }]);
      await run("list");
      expect(printed.at(-1)).toBe("  invoice 1001: paid, due 2027-02-03");
    });

    it("and leaves to a person what is a krone short", async () => {
      files.set("bank.xml", camt("Faktura 1001", "31249.00"));
      expect(await run("payments", "bank.xml")).toMatchObject({ booked: [], proposals: 1 });
      expect((await new DynamoDbMembers(table).read("m-1" as MemberId))?.postings).toEqual([]);
    });

    it("and refuses it whole, with where and why, when its sums don't hold", async () => {
      files.set("bank.xml", camt("Faktura 1001", "31250.00", "99.00"));
      const { faults } = await run("--json", "payments", "bank.xml");
      expect(faults).toHaveLength(1);
      expect(JSON.parse(printed.at(-1) ?? "")).toMatchObject({
        faults: [{ code: "SUM_DIFFERS", message: expect.any(String) }],
      });
    });

    it("of a bank's own making only with that bank's profile", async () => {
      await expect(run("payments", "bank.csv")).rejects.toThrow("--profile");
    });
  });

  it("says that e-invoices are handed over, and the contact's copy is owed once", async () => {
    await placeMember(table, 1001);
    expect(await run("handed-over", "2027")).toMatchObject({ handedOver: [1001] });
    expect(await run("handed-over", "2027")).toMatchObject({ handedOver: [] });
    const file = await new DynamoDbMembers(table).read("m-1" as MemberId);
    expect(file?.outbox).toMatchObject([{ mail: "invoice-copy", subject: { invoiceNumber: 1001 } }]);
  });

  it("lists who has a vote", async () => {
    await placeMember(table, 1001);
    expect(await run("votes")).toMatchObject({ votes: 1 });
    expect(printed).toEqual(["M-0001;Aarhus Kommune;55133018;Bo Prøve;bo@aarhus.example"]);
  });
});

function camt(text: string, amount: string, closing = `${Number(amount) + 100}.00`): Uint8Array {
  return aCamtFile([
    {
      opening: "100.00",
      closing,
      from: "2027-01-18",
      through: "2027-01-19",
      entries: [{ amount, bookedOn: "2027-01-19", payments: [{ amount, text }] }],
    },
  ]);
}

/** A member with one invoice, as a January run leaves it. */
async function placeMember(table: TableOptions, invoiceNumber: number): Promise<void> {
  const id = "m-1" as MemberId;
  const contactId = "c-1" as PersonId;
  const contact = {
    id: contactId,
    role: "contact",
    name: "Bo Prøve",
    email: "bo@aarhus.example" as EmailAddress,
  } as const;
  const member: Member = {
    id,
    memberNumber: "M-0001",
    kind: "member",
    organisation: {
      name: "Aarhus Kommune",
      cvr: "55133018" as CvrNumber,
      gln: "5790000423408" as Gln,
    },
    language: "da",
    joinedOn: "2020-03-01",
    standing: { status: "current" },
    origin: { kind: "import", importedAt: 0, planSha256: "0", opening: {} },
    references: {},
  };
  const readiness = confirmed();
  if (readiness.kind !== "confirmed") throw new Error("nobody is paid");
  const line: DuesLine = {
    memberId: id,
    line: 1,
    year: 2027,
    period: "full-year",
    amountOere: oere(2_500_000),
    vatCategory: "S",
    vatPercent: 25,
    vatOere: oere(625_000),
    totalOere: oere(3_125_000),
    invoicedOn: "2027-01-04",
    dueOn: "2027-02-03",
    state: {
      kind: "issued",
      invoiceNumber,
      payee: readiness.payee,
      payer: payerOf(member, contact),
      delivery: { state: "to-hand-over" },
    },
  };
  const file = { ...emptyFiled(ownerOf("member", id)), member, contactId, dues: [], postings: [] };
  const parts = beginningParts(memberPlan, file, {
    audit: [{ code: "ADMITTED", at: 0, actor: "system", details: {} }],
    records: [
      { type: "person", person: contact },
      { type: "dues-line", line },
    ],
  });
  // The number is the counter's, which this member did not take it from.
  await new Table(table).write(parts.filter(({ label }) => label !== "invoice-counter"));
}
