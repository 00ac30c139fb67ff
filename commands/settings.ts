import { userInfo } from "node:os";
import { parseArgs } from "node:util";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { type StageSettings, stageSettings } from "../infra/stage-settings.ts";
import { systemChance, systemClock } from "../shared/adapters/aws/clock.ts";
import { DynamoDbSettings } from "../shared/adapters/aws/dynamodb/settings-source.ts";
import { SettingsWriter } from "../shared/adapters/aws/dynamodb/settings-writer.ts";
import {
  type SettingName,
  settingNames,
  storedSettings,
} from "../shared/adapters/aws/dynamodb/stored-settings.ts";
import type { TableOptions } from "../shared/adapters/aws/dynamodb/table.ts";
import { deployedStageOf } from "./stage/deployed-stage.ts";

const usage = `Who decides, who sends, and how long things may take: settings with an audited change.

  npm run settings -- --stage NAME show
  npm run settings -- --stage NAME set secretaries a@example.dk b@example.dk
  npm run settings -- --stage NAME set chair c@example.dk
  npm run settings -- --stage NAME set countersignature '{"member":true,"partner":false}'

Names: ${settingNames.join(", ")}. Values are addresses, or JSON.
--table NAME where it isn't the one that the stage's functions use; --actor NAME stands in the audit trail
(default: the name of the user here).`;

/** What was typed can't be done; nothing was asked of AWS. */
export class WrongUse extends Error {}

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
    options: { stage: { type: "string" }, table: { type: "string" }, actor: { type: "string" } },
  });
  const [action, name, ...words] = positionals;
  if (values.stage === undefined) throw new WrongUse("--stage is missing");
  const stage = stageSettings(values.stage);
  const wanted = changeFrom(action, name, words);
  const table = await world.tableOf(stage, values.table);
  const writer = new SettingsWriter(table);
  if (!wanted) return show(new DynamoDbSettings(table), writer, world);
  const { setting, value } = wanted;
  await writer.set(setting, value, { actor: values.actor ?? userInfo().username, now: world.now });
  world.print(`${stage.stage}: ${setting} = ${JSON.stringify(value)} from now on`);
}

async function deployedTable(
  { stage, region }: StageSettings,
  named: string | undefined,
): Promise<TableOptions> {
  const tableName = named ?? (await deployedStageOf(new LambdaClient({ region }), stage)).TABLE_NAME;
  return { client: new DynamoDBClient({ region }), tableName, chance: systemChance };
}

/** What to set, or nothing when it is only to be shown; checked before anything is asked of AWS. */
function changeFrom(action: string | undefined, name: string | undefined, words: readonly string[]) {
  if (action === "show") return undefined;
  if (action !== "set" || name === undefined) throw new WrongUse("say show, or set and what");
  const setting = settingNames.find((candidate) => candidate === name);
  if (!setting) throw new WrongUse(`there is no setting ${name}`);
  return { setting, value: settingFrom(setting, words) };
}

function settingFrom<Name extends SettingName>(name: Name, words: readonly string[]) {
  const [first = ""] = words;
  const given: unknown = name === "secretaries" ? words : name === "chair" ? first : jsonOf(words.join(" "));
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

async function show(
  source: DynamoDbSettings,
  writer: SettingsWriter,
  { now, print }: SettingsWorld,
): Promise<void> {
  for (const name of settingNames) {
    const set = await source.setting(name, now);
    const shown = set ?? storedSettings[name].fallback;
    const note = set !== undefined ? "" : shown === undefined ? "  (must be set)" : "  (default)";
    print(`${name}: ${shown === undefined ? "not set" : JSON.stringify(shown)}${note}`);
  }
  const { events, fault } = await writer.audit();
  for (const { at, actor, details } of events)
    print(`${new Date(at).toISOString()} ${actor} changed ${details["setting"]}`);
  if (fault) throw new Error(`the audit trail of settings is broken at ${fault.sequence}: ${fault.fault}`);
}

if (import.meta.main) {
  const world = { tableOf: deployedTable, now: systemClock.now(), print: console.log };
  await settingsCommand(process.argv.slice(2), world).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    if (error instanceof WrongUse) console.error(`\n${usage}`);
    process.exitCode = error instanceof WrongUse ? 2 : 1;
  });
}
