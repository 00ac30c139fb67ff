import { beforeEach, describe, expect, it } from "vitest";
import { settingsCommand, WrongUse } from "../../commands/settings.ts";
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

  it.each([
    { args: [], says: "--stage is missing" },
    { args: ["--stage", "dev"], says: "say show, or set and what" },
    { args: ["--stage", "dev", "set", "treasurer", "x"], says: "there is no setting treasurer" },
    { args: ["--stage", "dev", "set", "chair", "nobody"], says: "chair" },
    { args: ["--stage", "dev", "set", "secretaries"], says: "secretaries" },
    { args: ["--stage", "dev", "set", "deadlines", "seven"], says: "not JSON: seven" },
  ])("says what is wrong with $args, and asks AWS for nothing", async ({ args, says }) => {
    const running = run(...args);
    await expect(running).rejects.toThrow(WrongUse);
    await expect(running).rejects.toThrow(says);
    expect(asked).toEqual([]);
  });
});
