import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { tablesOf } from "../embedded-aws/resources.ts";
import type { App, RootAccess } from "../embedded-aws/system.ts";
import { synthesize } from "../infra/app.ts";
import { systemChance } from "../shared/adapters/aws/clock.ts";
import type { TableOptions } from "../shared/adapters/aws/dynamodb/table.ts";
import { createControl } from "./control/control.ts";
import { readRegister } from "./control/read-register.ts";
import { seedLocalSettings } from "./seed-local-settings.ts";

/** OS2aftale itself, as the stage `local`. */
export const product: App = productThatTrusts([]);

/** The same, with PEM certificates of a rehearsal's own authority: its signatures then lead to somebody trusted. */
export function productThatTrusts(trustAnchors: readonly string[]): App {
  return {
    assembly: () => synthesize({ stage: "local", trustAnchors }),
    prepare: nameThePeople,
    control: (services, access) =>
      createControl({
        clock: access.clock,
        ...services,
        register: () => withTable(access, readRegister),
      }),
    sweep: "sweep-open-work",
  };
}

/**
 * Without somebody to decide no application could be taken, and without a confirmed payee nobody is asked for money:
 * all of it is set at once.
 */
async function nameThePeople(access: RootAccess): Promise<void> {
  const now = Math.floor(access.clock.now());
  await withTable(access, (options) => seedLocalSettings(options, now));
}

async function withTable<T>(
  { template, aws }: RootAccess,
  use: (options: TableOptions & { client: DynamoDBClient }) => Promise<T>,
): Promise<T> {
  const [table] = tablesOf(template);
  if (table === undefined) throw new Error("The template has no table");
  const client = new DynamoDBClient(aws);
  try {
    return await use({ client, tableName: table.name, chance: systemChance });
  } finally {
    client.destroy();
  }
}
