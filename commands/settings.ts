import { userInfo } from "node:os";
import { parseArgs } from "node:util";
import { type StageSettings, stageSettings } from "../infra/stage-settings.ts";
import { systemClock } from "../shared/adapters/aws/clock.ts";
import { DynamoDbSettings } from "../shared/adapters/aws/dynamodb/settings-source.ts";
import { SettingsWriter } from "../shared/adapters/aws/dynamodb/settings-writer.ts";
import {
  needsTwoPeople,
  type OnePersonSetting,
  type SettingName,
  type SettingValue,
  settingNames,
  storedSettings,
  type TwoPeopleSetting,
} from "../shared/adapters/aws/dynamodb/stored-settings.ts";
import type { TableOptions } from "../shared/adapters/aws/dynamodb/table.ts";
import { TwoPeopleSettings } from "../shared/adapters/aws/dynamodb/two-people-settings.ts";
import type { AuditCode } from "../shared/domain/filing/audit-event.ts";
import { type EmailAddress, parseEmailAddress } from "../shared/domain/organisation/email-address.ts";
import type { ConfirmRefusal } from "../shared/domain/settings/two-people.ts";
import { deployedTable } from "./stage/deployed-table.ts";
import { WrongUse } from "./stage/wrong-use.ts";

const usage = `Who decides, who sends, and how long things may take: settings with an audited change.

  npm run settings -- --stage NAME show
  npm run settings -- --stage NAME set secretaries a@example.dk b@example.dk
  npm run settings -- --stage NAME set chair c@example.dk
  npm run settings -- --stage NAME set countersignature '{"member":true,"partner":false}'

Who demands dues, which account they are paid to, and their VAT: one person enters, another confirms, and until then
nobody is asked for money.

  npm run settings -- --stage NAME set sender '{"name":…,"cvr":…,"gln":…,"street":…,"postalCode":…,"city":…,"email":…}' --by ADDRESS
  npm run settings -- --stage NAME set account 4180 0001234567 --by ADDRESS
  npm run settings -- --stage NAME set vat S 25 --by ADDRESS
  npm run settings -- --stage NAME confirm account --by OTHER

Names: ${settingNames.join(", ")}. Values are addresses, or JSON.
--table NAME where it isn't the one that the stage's functions use; --actor NAME stands in the audit trail of what one
person may set (default: the name of the user here).`;

/** What the command reads and writes through. */
export interface SettingsWorld {
  tableOf(stage: StageSettings, named: string | undefined): Promise<TableOptions>;
  now: number;
  print(line: string): void;
}

/**
 * Shows or changes a stage's settings.
 * @param args as typed after `npm run settings --`
 * @throws WrongUse
 */
export async function settingsCommand(args: readonly string[], world: SettingsWorld): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      stage: { type: "string" },
      table: { type: "string" },
      actor: { type: "string" },
      by: { type: "string" },
    },
  });
  if (values.stage === undefined) throw new WrongUse("--stage is missing");
  const stage = stageSettings(values.stage);
  const act = actFrom(positionals, values.by);
  const table = await world.tableOf(stage, values.table);
  const { now, print } = world;
  switch (act.act) {
    case "show":
      return show(table, world);
    case "set": {
      const by = { actor: values.actor ?? userInfo().username, now };
      await new SettingsWriter(table).set(act.name, act.value, by);
      return print(`${stage.stage}: ${act.name} = ${JSON.stringify(act.value)} from now on`);
    }
    case "enter":
      await new TwoPeopleSettings(table).enter(act.name, act.value, { by: act.by, now });
      print(`${stage.stage}: ${act.name} = ${JSON.stringify(act.value)} is entered and holds nowhere yet`);
      return print(
        `somebody else: npm run settings -- --stage ${stage.stage} confirm ${act.name} --by OTHER`,
      );
    case "confirm": {
      const twoPeople = new TwoPeopleSettings(table);
      const entered = await twoPeople.entered(act.name);
      const outcome = await twoPeople.confirm(act.name, { by: act.by, now });
      if (outcome !== "confirmed") throw new NotConfirmed(refusals[outcome](act.name));
      return print(`${stage.stage}: ${act.name} = ${JSON.stringify(entered?.value)} from now on`);
    }
  }
}

/** What was entered can't be confirmed by this person, or nothing was. */
export class NotConfirmed extends Error {}

const refusals: Record<ConfirmRefusal, (name: string) => string> = {
  "nothing-entered": (name) => `nobody has entered a new ${name}: set it first`,
  "same-person": (name) => `whoever entered the ${name} can't confirm it: somebody else has to`,
};

type ValueOf<Names extends SettingName> = {
  [Name in Names]: { name: Name; value: SettingValue<Name> };
}[Names];

/** What was typed, understood. */
type Act =
  | { act: "show" }
  | ({ act: "set" } & ValueOf<OnePersonSetting>)
  | ({ act: "enter"; by: EmailAddress } & ValueOf<TwoPeopleSetting>)
  | { act: "confirm"; by: EmailAddress; name: TwoPeopleSetting };

/** Checked before anything is asked of AWS. @throws WrongUse */
function actFrom([action, typed, ...words]: readonly string[], by: string | undefined): Act {
  if (action === "show") return { act: "show" };
  if ((action !== "set" && action !== "confirm") || typed === undefined)
    throw new WrongUse("say show, set and what, or confirm and what");
  const name = settingNames.find((candidate) => candidate === typed);
  if (!name) throw new WrongUse(`there is no setting ${typed}`);
  if (action === "confirm") {
    if (!needsTwoPeople(name)) throw new WrongUse(`${name} needs no second person: set it`);
    return { act: "confirm", name, by: personFrom(by) };
  }
  const value = settingFrom(name, words);
  // Name and value belong together, which a name known only at run time doesn't show.
  return needsTwoPeople(name)
    ? ({ act: "enter", by: personFrom(by), name, value } as Act)
    : ({ act: "set", name, value } as Act);
}

function personFrom(by: string | undefined): EmailAddress {
  if (by === undefined) throw new WrongUse("--by is missing: the e-mail address of whoever stands for it");
  const address = parseEmailAddress(by);
  if (address === "EMAIL_FORMAT") throw new WrongUse(`--by ${by}: not an e-mail address`);
  return address;
}

/** How a value is typed where it isn't JSON; what doesn't fit is left for the schema to refuse. */
const typedAs: Partial<Record<SettingName, (words: readonly string[]) => unknown>> = {
  secretaries: (words) => words,
  chair: ([address = ""]) => address,
  account: ([registrationNumber, accountNumber]) => ({ registrationNumber, accountNumber }),
  vat: ([category, percent = "0"]) => ({ category, percent: Number(percent) }),
};

function settingFrom<Name extends SettingName>(name: Name, words: readonly string[]) {
  const isJson = words[0]?.startsWith("{") ?? false;
  const given: unknown = (isJson ? undefined : typedAs[name])?.(words) ?? jsonOf(words.join(" "));
  const parsed = storedSettings[name].schema.safeParse(given);
  if (!parsed.success)
    throw new WrongUse(
      parsed.error.issues.map(({ path, message }) => `${name} ${path.join(".")}: ${message}`).join("\n"),
    );
  return parsed.data;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new WrongUse(`not JSON: ${text}`);
  }
}

async function show(table: TableOptions, { now, print }: SettingsWorld): Promise<void> {
  const source = new DynamoDbSettings(table);
  const twoPeople = new TwoPeopleSettings(table);
  for (const name of settingNames) {
    const set = await source.setting(name, now);
    const shown = set ?? storedSettings[name].fallback;
    print(
      `${name}: ${shown === undefined ? "not set" : JSON.stringify(shown)}${noteOn(name, set !== undefined)}`,
    );
    const entered = needsTwoPeople(name) ? await twoPeople.entered(name) : undefined;
    if (entered)
      print(
        `  waits for a second person: ${JSON.stringify(entered.value)}, by ${entered.enteredBy} on ${timeOf(entered.enteredAt)}`,
      );
  }
  const people = await twoPeople.people();
  const { events, fault } = await new SettingsWriter(table).audit();
  for (const { at, actor, code, details } of events)
    print(`${timeOf(at)} ${people.get(actor) ?? actor} ${verbs[code] ?? code} ${details["setting"]}`);
  if (fault) throw new Error(`the audit trail of settings is broken at ${fault.sequence}: ${fault.fault}`);
}

const timeOf = (at: number) => new Date(at).toISOString();

const verbs: Partial<Record<AuditCode, string>> = {
  SETTING_CHANGED: "changed",
  SETTING_ENTERED: "entered",
  SETTING_CONFIRMED: "confirmed",
};

function noteOn(name: SettingName, isSet: boolean): string {
  if (isSet) return "";
  if (needsTwoPeople(name)) return "  (not confirmed: nobody is asked for money)";
  return storedSettings[name].fallback === undefined ? "  (must be set)" : "  (default)";
}

if (import.meta.main) {
  const world = { tableOf: deployedTable, now: systemClock.now(), print: console.log };
  await settingsCommand(process.argv.slice(2), world).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    if (error instanceof WrongUse) console.error(`\n${usage}`);
    process.exitCode = error instanceof WrongUse ? 2 : 1;
  });
}
