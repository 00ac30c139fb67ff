import { beforeEach, describe, expect, it } from "vitest";
import { NotConfirmed, settingsCommand } from "../../commands/settings.ts";
import { WrongUse } from "../../commands/stage/wrong-use.ts";
import { DynamoDbSettings } from "../../shared/adapters/aws/dynamodb/settings-source.ts";
import type { TableOptions } from "../../shared/adapters/aws/dynamodb/table.ts";
import { aTable } from "../support/a-table.ts";
import { aMonday } from "../support/builders/an-application.ts";

describe("The operator's settings command", () => {
  let printed: string[];
  let asked: string[];
  let table: TableOptions;
  beforeEach(async () => {
    printed = [];
    asked = [];
    table = await aTable();
  });

  const run = (...args: string[]) =>
    settingsCommand(args, {
      tableOf: async ({ stage }) => {
        asked.push(stage);
        return table;
      },
      now: aMonday + printed.length,
      print: (line) => {
        printed.push(line);
      },
    });
  const mads = ["--stage", "dev", "--actor", "mads"];

  it("sets who decides, from now on", async () => {
    await run(...mads, "set", "secretaries", "a@os2.example", "b@os2.example");
    await run(...mads, "set", "chair", "c@os2.example");
    await run(...mads, "set", "countersignature", '{"member":true,"partner":false}');
    const settings = await new DynamoDbSettings(table).at(aMonday + 10);
    expect(settings.people).toEqual({
      secretaries: ["a@os2.example", "b@os2.example"],
      chair: "c@os2.example",
    });
    expect(settings.countersignature).toEqual({ member: true, partner: false });
    expect(asked).toEqual(["dev", "dev", "dev"]);
  });

  it("shows what is set, what is a default, what must be set, and who changed what", async () => {
    await run(...mads, "set", "chair", "c@os2.example");
    printed = [];
    await run("--stage", "dev", "show");
    expect(printed).toContain("secretaries: not set  (must be set)");
    expect(printed).toContain('chair: "c@os2.example"');
    expect(printed).toContain("first-invoice-due-days: 30  (default)");
    expect(printed.at(-1)).toBe("2026-11-23T09:00:00.000Z mads changed chair");
  });

  it("lets an account hold only once a second person has confirmed it, and shows who did what", async () => {
    const source = new DynamoDbSettings(table);
    await run(...mads, "set", "account", "4180", "0001234567", "--by", "Anna@os2.example");
    expect(await source.setting("account", aMonday + 10)).toBeUndefined();
    printed.length = 0;
    await run("--stage", "dev", "show");
    expect(printed).toContain("account: not set  (not confirmed: nobody is asked for money)");
    expect(printed.join("\n")).toMatch(
      /waits for a second person: .*0001234567.*, by Anna@os2\.example on 2026-11-23T/,
    );

    await expect(run(...mads, "confirm", "account", "--by", "anna@OS2.example")).rejects.toThrow(
      NotConfirmed,
    );
    expect(await source.setting("account", aMonday + 100)).toBeUndefined();
    await run(...mads, "confirm", "account", "--by", "bo@os2.example");
    expect(await source.setting("account", aMonday + 100)).toEqual({
      registrationNumber: "4180",
      accountNumber: "0001234567",
    });
    await expect(run(...mads, "confirm", "account", "--by", "bo@os2.example")).rejects.toThrow(NotConfirmed);
    await run("--stage", "dev", "show");
    expect(printed.slice(-2).map((line) => line.replace(/^\S+ /, ""))).toEqual([
      "Anna@os2.example entered account",
      "bo@os2.example confirmed account",
    ]);
  });

  it.each([
    { name: "vat", typed: ["S", "25"], value: { category: "S", percent: 25 } },
    { name: "vat", typed: ["O"], value: { category: "O", percent: 0 } },
  ] as const)("takes $typed for $name", async ({ name, typed, value }) => {
    await run(...mads, "set", name, ...typed, "--by", "anna@os2.example");
    await run(...mads, "confirm", name, "--by", "bo@os2.example");
    expect(await new DynamoDbSettings(table).setting(name, aMonday + 10)).toEqual(value);
  });

  it.each([
    { args: [], says: "--stage is missing" },
    { args: ["--stage", "dev"], says: "say show, set and what, or confirm and what" },
    { args: ["--stage", "dev", "set", "treasurer", "x"], says: "there is no setting treasurer" },
    { args: ["--stage", "dev", "set", "chair", "nobody"], says: "chair" },
    { args: ["--stage", "dev", "set", "secretaries"], says: "secretaries" },
    { args: ["--stage", "dev", "set", "account", "4180", "1234567890"], says: "--by is missing" },
    { args: ["--stage", "dev", "confirm", "account"], says: "--by is missing" },
    { args: ["--stage", "dev", "confirm", "account", "--by", "anna"], says: "not an e-mail address" },
    { args: ["--stage", "dev", "confirm", "chair", "--by", "a@os2.example"], says: "needs no second person" },
    { args: ["--stage", "dev", "set", "account", "418", "12", "--by", "a@os2.example"], says: "four digits" },
    { args: ["--stage", "dev", "set", "vat", "S", "0", "--by", "a@os2.example"], says: "percentage" },
    { args: ["--stage", "dev", "set", "deadlines", "seven"], says: "not JSON: seven" },
  ])("says what is wrong with $args, and asks AWS for nothing", async ({ args, says }) => {
    const running = run(...args);
    await expect(running).rejects.toThrow(WrongUse);
    await expect(running).rejects.toThrow(says);
    expect(asked).toEqual([]);
  });
});
