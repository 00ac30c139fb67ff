import * as z from "zod/mini";
import type { PersonRecord } from "../../../domain/filing/person.ts";
import type { EmailAddress } from "../../../domain/organisation/email-address.ts";
import { type PersonId, theOffice } from "../../../domain/owner.ts";
import { type ConfirmRefusal, confirmRefusal } from "../../../domain/settings/two-people.ts";
import type { Chance } from "../../../ports/clock.ts";
import { newIdFrom } from "../new-id.ts";
import { idOf, moment } from "./brands.ts";
import { parseItem, personItem } from "./items.ts";
import { keyOf, prefixes } from "./keys.ts";
import { writeWithOffice } from "./office-change.ts";
import { settingHash } from "./setting-hash.ts";
import { type SettingValue, storedSettings, type TwoPeopleSetting } from "./stored-settings.ts";
import { absent, Table, type TableOptions } from "./table.ts";

/** What one person has entered; it holds nowhere before another has confirmed it. */
const enteredItem = z.object({
  value: z.unknown(),
  salt: z.string(),
  enteredAt: moment,
  enteredById: idOf<PersonId>(),
});

export interface EnteredSetting<Name extends TwoPeopleSetting> {
  value: SettingValue<Name>;
  enteredAt: number;
  enteredBy: EmailAddress;
}

/** Who acts, by address, and when. The address lies in a person record; the trail names the record. */
export interface ByPerson {
  by: EmailAddress;
  now: number;
}

/** Settings that ask for money: one person enters, another confirms, and both stand in the office's trail with when. */
export class TwoPeopleSettings {
  private readonly table: Table;
  private readonly chance: Chance;

  constructor(options: TableOptions) {
    this.table = new Table(options);
    this.chance = options.chance;
  }

  /** Enters a value in place of whatever waits for confirmation. What holds goes on holding. @throws z.core.$ZodError */
  async enter<Name extends TwoPeopleSetting>(
    name: Name,
    value: SettingValue<Name>,
    { by, now }: ByPerson,
  ): Promise<void> {
    const parsed = storedSettings[name].schema.parse(value);
    const salt = this.newId();
    const person = this.person(by);
    await writeWithOffice(
      this.table,
      [
        {
          label: "entered",
          put: { ...keyOf.entered(name), value: parsed, salt, enteredAt: now, enteredById: person.id },
        },
        personPut(person),
      ],
      {
        code: "SETTING_ENTERED",
        at: now,
        actor: person.id,
        details: { setting: name, valueHash: settingHash(salt, parsed) },
      },
    );
  }

  /** Lets what somebody else has entered hold from now on. Only what was looked at: entered anew meanwhile, it is refused. */
  async confirm(name: TwoPeopleSetting, { by, now }: ByPerson): Promise<"confirmed" | ConfirmRefusal> {
    const found = await this.table.get(keyOf.entered(name));
    const entered = found && parseItem(enteredItem, found);
    const refusal = confirmRefusal(entered && { enteredBy: await this.addressOf(entered.enteredById) }, by);
    if (refusal || !entered) return refusal ?? "nothing-entered";
    const { salt, enteredAt, enteredById } = entered;
    const value: unknown = storedSettings[name].schema.parse(entered.value);
    const person = this.person(by);
    await writeWithOffice(
      this.table,
      [
        {
          label: "entered",
          delete: keyOf.entered(name),
          condition: {
            expression: "#salt = :read",
            names: { "#salt": "salt" },
            values: { ":read": salt },
          },
        },
        {
          label: "setting",
          put: {
            ...keyOf.setting(name, now),
            ...{ value, validFrom: now, salt, enteredAt, enteredById, confirmedById: person.id },
          },
          condition: absent,
        },
        personPut(person),
      ],
      {
        code: "SETTING_CONFIRMED",
        at: now,
        actor: person.id,
        details: { setting: name, valueHash: settingHash(salt, value), enteredById },
      },
    );
    return "confirmed";
  }

  /** What waits for a second person. */
  async entered<Name extends TwoPeopleSetting>(name: Name): Promise<EnteredSetting<Name> | undefined> {
    const found = await this.table.get(keyOf.entered(name));
    if (!found) return undefined;
    const { value, enteredAt, enteredById } = parseItem(enteredItem, found);
    return {
      value: storedSettings[name].schema.parse(value) as SettingValue<Name>,
      enteredAt,
      enteredBy: await this.addressOf(enteredById),
    };
  }

  /** The addresses behind the ids of the office's trail. */
  async people(): Promise<ReadonlyMap<string, EmailAddress>> {
    const items = await this.table.partition(keyOf.body(theOffice).pk, { prefix: prefixes.person });
    return new Map(
      items
        .map((item) => parseItem(personItem, item))
        .flatMap((person) => (person.role === "approver" ? [[person.id, person.email] as const] : [])),
    );
  }

  private async addressOf(id: PersonId): Promise<EmailAddress> {
    const item = await this.table.get(keyOf.person(theOffice, id));
    const person = item && parseItem(personItem, item);
    if (person?.role !== "approver") throw new EntererIsMissing(id);
    return person.email;
  }

  private person(email: EmailAddress): PersonRecord {
    return { id: this.newId() as PersonId, role: "approver", email };
  }

  private newId(): string {
    return newIdFrom(this.chance)();
  }
}

/** Who entered a value is not on file: then nobody can be told from them, and nothing is confirmed. */
export class EntererIsMissing extends Error {
  override readonly name = "EntererIsMissing";
}

function personPut(person: PersonRecord) {
  return { label: "person", put: { ...keyOf.person(theOffice, person.id), ...person } };
}
