import * as z from "zod/mini";
import { systemChance } from "../clock.ts";
import type { TableOptions } from "../dynamodb/table.ts";
import { onFirstUse } from "../sdk/loaded-client.ts";
import { type Provision, provision } from "./provide.ts";

const client = onFirstUse(async () => new (await import("../sdk/dynamodb.ts")).DynamoDBClient());

/** Something that stands in the register's table, which a function's environment names; all share one client. */
export function inTable<Thing>(
  make: (table: TableOptions) => Thing,
): Provision<{ TABLE_NAME: z.ZodMiniString }, Thing> {
  return provision({ TABLE_NAME: z.string().check(z.minLength(1)) }, ({ TABLE_NAME }) =>
    make({ client, tableName: TABLE_NAME, chance: systemChance }),
  );
}
