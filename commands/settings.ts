import { userInfo } from "node:os";
import { parseArgs } from "node:util";
import { DynamoDBClient, paginateListTables } from "@aws-sdk/client-dynamodb";
import { stageSettings } from "../infra/stage-settings.ts";
import { systemChance, systemClock } from "../shared/adapters/aws/clock.ts";
import { DynamoDbSettings } from "../shared/adapters/aws/dynamodb/settings-source.ts";
import { SettingsWriter } from "../shared/adapters/aws/dynamodb/settings-writer.ts";
import {
  type SettingName,
  settingNames,
  storedSettings,
} from "../shared/adapters/aws/dynamodb/stored-settings.ts";

const usage = `Who decides, who sends, and how long things may take: settings with an audited change.

  npm run settings -- --stage NAME show
  npm run settings -- --stage NAME set secretaries a@example.dk b@example.dk
  npm run settings -- --stage NAME set chair c@example.dk
  npm run settings -- --stage NAME set countersignature '{"member":true,"partner":false}'

Names: ${settingNames.join(", ")}. Values are addresses, or JSON.
--table NAME where the stage's table isn't the only one of its stack; --actor NAME stands in the audit trail
(default: the name of the user here).`;

class WrongUse extends Error {}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { stage: { type: "string" }, table: { type: "string" }, actor: { type: "string" } },
  });
  const [action, name, ...words] = positionals;
  if (values.stage === undefined) throw new WrongUse("--stage is missing");
  const { stage, region } = stageSettings(values.stage);
  const client = new DynamoDBClient({ region });
  const tableName = values.table ?? (await onlyTableOf(client, stage));
  const options = { client, tableName, chance: systemChance };
  const now = systemClock.now();

  if (action === "show") return show(new DynamoDbSettings(options), new SettingsWriter(options), now);
  if (action !== "set" || name === undefined) throw new WrongUse("say show, or set and what");
  const setting = settingNames.find((candidate) => candidate === name);
  if (!setting) throw new WrongUse(`there is no setting ${name}`);
  const value = settingFrom(setting, words);
  const actor = values.actor ?? userInfo().username;
  await new SettingsWriter(options).set(setting, value, { actor, now });
  console.log(`${stage}: ${setting} = ${JSON.stringify(value)} from now on`);
}

/** A table's name begins with its stack's. */
async function onlyTableOf(client: DynamoDBClient, stage: string): Promise<string> {
  const prefix = `OS2aftale-${stage}-data-`;
  const found: string[] = [];
  for await (const page of paginateListTables({ client }, {})) {
    found.push(...(page.TableNames ?? []).filter((table) => table.startsWith(prefix)));
  }
  const [table, ...more] = found;
  if (table === undefined || more.length > 0)
    throw new WrongUse(
      `${found.length} tables begin with ${prefix}: name one with --table (the stack's output TableName)`,
    );
  return table;
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

async function show(source: DynamoDbSettings, writer: SettingsWriter, now: number): Promise<void> {
  for (const name of settingNames) {
    const set = await source.setting(name, now);
    const shown = set ?? storedSettings[name].fallback;
    const note = set !== undefined ? "" : shown === undefined ? "  (must be set)" : "  (default)";
    console.log(`${name}: ${shown === undefined ? "not set" : JSON.stringify(shown)}${note}`);
  }
  const { events, fault } = await writer.audit();
  for (const { at, actor, details } of events)
    console.log(`${new Date(at).toISOString()} ${actor} changed ${details["setting"]}`);
  if (fault) throw new Error(`the audit trail of settings is broken at ${fault.sequence}: ${fault.fault}`);
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  if (error instanceof WrongUse) console.error(`\n${usage}`);
  process.exitCode = error instanceof WrongUse ? 2 : 1;
}
