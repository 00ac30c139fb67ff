import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { synthesize } from "../infra/app.ts";
import { systemChance } from "../shared/adapters/aws/clock.ts";
import { DynamoDbSettings } from "../shared/adapters/aws/dynamodb/settings-source.ts";
import { SettingsWriter } from "../shared/adapters/aws/dynamodb/settings-writer.ts";
import { tablesOf } from "./resources.ts";
import { seedLocalSettings } from "./seed-local-settings.ts";
import type { App, RootAccess } from "./system.ts";

/** OS2aftale itself, as the stage `local`. */
export const product: App = {
  assembly: () => synthesize({ stage: "local" }),
  prepare: nameThePeople,
  sweep: "sweep-open-work",
};

/** Without somebody to decide no application could be taken: the local secretaries and chair are set at once. */
async function nameThePeople({ template, aws, clock }: RootAccess): Promise<void> {
  const [table] = tablesOf(template);
  if (table === undefined) throw new Error("The template has no table");
  const client = new DynamoDBClient(aws);
  const options = { client, tableName: table.name, chance: systemChance };
  await seedLocalSettings(
    new SettingsWriter(options),
    new DynamoDbSettings(options),
    Math.floor(clock.now()),
  );
  client.destroy();
}
