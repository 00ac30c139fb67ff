import type { DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";
import { beforeEach, describe, expect, it } from "vitest";
import { localPeople, seedLocalSettings } from "../../../../local/seed-local-settings.ts";
import { keyOf } from "../../../../shared/adapters/aws/dynamodb/keys.ts";
import { SettingsChangedMeanwhile } from "../../../../shared/adapters/aws/dynamodb/office-change.ts";
import {
  DynamoDbSettings,
  SettingDoesNotParse,
  SettingIsMissing,
} from "../../../../shared/adapters/aws/dynamodb/settings-source.ts";
import { SettingsWriter } from "../../../../shared/adapters/aws/dynamodb/settings-writer.ts";
import type {
  SettingValue,
  TwoPeopleSetting,
} from "../../../../shared/adapters/aws/dynamodb/stored-settings.ts";
import { absent, Table, type TableOptions } from "../../../../shared/adapters/aws/dynamodb/table.ts";
import { TwoPeopleSettings } from "../../../../shared/adapters/aws/dynamodb/two-people-settings.ts";
import { oere, rateOn } from "../../../../shared/domain/dues/dues-rate.ts";
import { theOffice } from "../../../../shared/domain/owner.ts";
import { defaultSender } from "../../../../shared/domain/settings/default-sender.ts";
import { aTable } from "../../../support/a-table.ts";
import { address, aMonday } from "../../../support/builders/an-application.ts";

const hour = 60 * 60 * 1000;

describe("Settings", () => {
  let table: TableOptions & { client: DynamoDBClient };
  let writer: SettingsWriter;
  let source: DynamoDbSettings;
  beforeEach(async () => {
    table = await aTable();
    writer = new SettingsWriter(table);
    source = new DynamoDbSettings(table);
  });
  const by = (now: number) => ({ actor: "operator", now });

  it("say by name that nobody decides yet", async () => {
    await expect(source.at(aMonday)).rejects.toThrow(SettingIsMissing);
    await expect(source.at(aMonday)).rejects.toThrow("secretaries");
  });

  it("are the repository's for everything but the people", async () => {
    await seedPeople();
    const settings = await source.at(aMonday);
    expect(settings).toMatchObject({
      people: { secretaries: ["a@os2.example", "b@os2.example"], chair: "c@os2.example" },
      deadlines: { uploadDays: 7, newUploadDays: 30, roundDays: 30 },
      countersignature: { member: true, partner: true },
      firstInvoiceDueDays: 30,
      sender: { cvr: "55133018" },
      payee: { kind: "unconfirmed", missing: ["SENDER", "ACCOUNT", "VAT"] },
    });
    expect(rateOn(settings.rates, "member", "2026-11-23")?.amountOere).toBe(2_500_000);
  });

  it("hold from the moment they were set, and what was before stays what it was", async () => {
    await seedPeople();
    await writer.set("chair", address("new@os2.example"), by(aMonday + hour));
    expect((await source.at(aMonday + hour - 1)).people.chair).toBe("c@os2.example");
    expect((await source.at(aMonday + hour)).people.chair).toBe("new@os2.example");
  });

  it("are changed with a trail that shows who, when and what, but not the value", async () => {
    await seedPeople();
    const { events, fault } = await writer.audit();
    expect(fault).toBeUndefined();
    expect(events.map(({ code, actor, details }) => [code, actor, details["setting"]])).toEqual([
      ["SETTING_CHANGED", "operator", "secretaries"],
      ["SETTING_CHANGED", "operator", "chair"],
    ]);
    expect(JSON.stringify(events)).not.toContain("@");
  });

  it("show it when somebody tampers with the trail", async () => {
    await seedPeople();
    const [first] = (await writer.audit()).events;
    if (!first) throw new Error("no trail");
    const key = keyOf.audit(theOffice, 1);
    await new Table(table).put(
      { ...key, ...first, actor: "nobody" },
      { ...absent, expression: "attribute_exists(#pk)" },
    );
    expect((await writer.audit()).fault).toEqual({ sequence: 1, fault: "ALTERED" });
  });

  it("change one at a time: of five changes at once some are refused by name, and the trail is whole", async () => {
    const changes = await Promise.allSettled(
      Array.from({ length: 5 }, (_, rank) =>
        writer.set("first-invoice-due-days", 10 + rank, by(aMonday + rank)),
      ),
    );
    const made = changes.filter(({ status }) => status === "fulfilled").length;
    expect(made).toBeGreaterThan(0);
    const { events, fault } = await writer.audit();
    expect(events).toHaveLength(made);
    expect(fault).toBeUndefined();
  });

  it.each([
    { name: "secretaries" as const, value: [] },
    { name: "chair" as const, value: "no address" },
    { name: "deadlines" as const, value: { uploadDays: 0, newUploadDays: 30, roundDays: 30 } },
  ])("refuse $value for $name", async ({ name, value }) => {
    await expect(writer.set(name, value as never, by(aMonday))).rejects.toThrow();
    expect(await source.setting(name, aMonday)).toBeUndefined();
  });

  it("are not guessed when somebody wrote another shape into the table", async () => {
    const item = { ...keyOf.setting("chair", aMonday), value: 7, validFrom: aMonday, salt: "s" };
    await new Table(table).put(item, absent);
    await expect(source.setting("chair", aMonday)).rejects.toThrow(SettingDoesNotParse);
  });

  it("take a new rate from a date on, once", async () => {
    await seedPeople();
    const rate = {
      kind: "member" as const,
      validFrom: "2027-01-01",
      amountOere: oere(2_575_000),
      vatCategory: "S" as const,
      vatPercent: 25,
    };
    await writer.addRate(rate, by(aMonday));
    await expect(writer.addRate(rate, by(aMonday + 1))).rejects.toThrow();
    const { rates } = await source.at(aMonday);
    expect(rateOn(rates, "member", "2026-12-31")?.amountOere).toBe(2_500_000);
    expect(rateOn(rates, "member", "2027-01-01")).toEqual(rate);
  });

  describe("that ask for money", () => {
    const account = { registrationNumber: "4180", accountNumber: "0001234567" };
    const other = { registrationNumber: "9999", accountNumber: "0009999999" };
    const anna = address("anna@os2.example");
    const bo = address("bo@os2.example");
    let twoPeople: TwoPeopleSettings;
    beforeEach(async () => {
      await seedPeople();
      twoPeople = new TwoPeopleSettings(table);
    });

    it("hold once another person has confirmed them, never before, and never by the same", async () => {
      await twoPeople.enter("account", account, { by: anna, now: aMonday });
      expect(await source.setting("account", aMonday + hour)).toBeUndefined();
      const same = { by: address("ANNA@os2.example"), now: aMonday + 1 };
      expect(await twoPeople.confirm("account", same)).toBe("same-person");
      expect(await source.setting("account", aMonday + hour)).toBeUndefined();
      expect(await twoPeople.confirm("account", { by: bo, now: aMonday + 2 })).toBe("confirmed");
      expect(await source.setting("account", aMonday + 1)).toBeUndefined();
      expect(await source.setting("account", aMonday + 2)).toEqual(account);
      expect(await twoPeople.confirm("account", { by: bo, now: aMonday + 3 })).toBe("nothing-entered");
    });

    it("that one person changes don't hold: the confirmed one does, until the new one is confirmed too", async () => {
      await confirm("account", account);
      await twoPeople.enter("account", other, { by: bo, now: aMonday + 10 });
      expect(await source.setting("account", aMonday + hour)).toEqual(account);
      expect(await twoPeople.entered("account")).toEqual({
        value: other,
        enteredAt: aMonday + 10,
        enteredBy: bo,
      });
      await twoPeople.confirm("account", { by: anna, now: aMonday + 20 });
      expect(await source.setting("account", aMonday + hour)).toEqual(other);
    });

    it("are not confirmed where they are entered anew between looking and confirming", async () => {
      await twoPeople.enter("account", account, { by: anna, now: aMonday });
      let looked = false;
      const send = async (command: GetItemCommand) => {
        const answer = await table.client.send(command);
        if (!looked) {
          looked = true;
          await twoPeople.enter("account", other, { by: anna, now: aMonday + 1 });
        }
        return answer;
      };
      const interrupted: DynamoDBClient = Object.create(table.client, { send: { value: send } });
      await expect(
        new TwoPeopleSettings({ ...table, client: interrupted }).confirm("account", {
          by: bo,
          now: aMonday + 2,
        }),
      ).rejects.toThrow(SettingsChangedMeanwhile);
      expect(await source.setting("account", aMonday + hour)).toBeUndefined();
    });

    it("are confirmed as they were looked at: entered anew at the same moment, they aren't", async () => {
      await twoPeople.enter("account", account, { by: anna, now: aMonday });
      const [confirmed] = await Promise.allSettled([
        twoPeople.confirm("account", { by: bo, now: aMonday + 1 }),
        twoPeople.enter("account", other, { by: anna, now: aMonday + 1 }),
      ]);
      const held = await source.setting("account", aMonday + hour);
      expect(held).toEqual(confirmed.status === "fulfilled" ? account : undefined);
    });

    it("let money be asked for only when all three are confirmed, and say which are missing", async () => {
      const seen = [];
      for (const [name, value] of [
        ["account", account],
        ["vat", { category: "S", percent: 25 }],
        ["sender", { ...defaultSender, cvr: "10000009" }],
      ] as const) {
        seen.push((await source.at(aMonday + hour)).payee);
        await confirm(name, value);
      }
      const { payee, sender } = await source.at(aMonday + hour);
      expect(seen.map((before) => (before.kind === "unconfirmed" ? before.missing : []))).toEqual([
        ["SENDER", "ACCOUNT", "VAT"],
        ["SENDER", "VAT"],
        ["SENDER"],
      ]);
      expect(payee).toMatchObject({ kind: "confirmed", payee: { account, sender: { cvr: "10000009" } } });
      expect(sender.cvr).toBe("10000009");
    });

    it("stand in the trail with both persons and when, by ids that lead to their addresses", async () => {
      await confirm("vat", { category: "S", percent: 25 });
      const { events, fault } = await writer.audit();
      expect(fault).toBeUndefined();
      const people = await twoPeople.people();
      expect(events.slice(-2).map(({ code, at, actor }) => [code, at, people.get(actor)])).toEqual([
        ["SETTING_ENTERED", aMonday, anna],
        ["SETTING_CONFIRMED", aMonday + 1, bo],
      ]);
      expect(JSON.stringify(events)).not.toContain("@");
    });

    it.each([
      { name: "account" as const, value: { registrationNumber: "418", accountNumber: "1234567890" } },
      { name: "account" as const, value: { registrationNumber: "4180", accountNumber: "(not set)" } },
      { name: "vat" as const, value: { category: "E", percent: 25 } },
      { name: "vat" as const, value: { category: "S", percent: 0 } },
      { name: "sender" as const, value: { ...defaultSender, cvr: "41849984" } },
    ])("refuse $value for $name", async ({ name, value }) => {
      await expect(twoPeople.enter(name, value as never, { by: anna, now: aMonday })).rejects.toThrow();
      expect(await twoPeople.entered(name)).toBeUndefined();
    });

    async function confirm<Name extends TwoPeopleSetting>(name: Name, value: SettingValue<Name>) {
      await twoPeople.enter(name, value, { by: anna, now: aMonday });
      await twoPeople.confirm(name, { by: bo, now: aMonday + 1 });
    }
  });

  it("of the local stage are there after a start, and a second start changes nothing", async () => {
    await seedLocalSettings(table, aMonday);
    await seedLocalSettings(table, aMonday + hour);
    const { people, payee } = await source.at(aMonday);
    expect(people).toEqual(localPeople);
    expect(payee).toMatchObject({ kind: "confirmed", payee: { sender: { cvr: "10000009" } } });
    expect((await writer.audit()).events).toHaveLength(8);
  });

  async function seedPeople(): Promise<void> {
    await writer.set("secretaries", [address("a@os2.example"), address("b@os2.example")], by(aMonday));
    await writer.set("chair", address("c@os2.example"), by(aMonday));
  }
});
