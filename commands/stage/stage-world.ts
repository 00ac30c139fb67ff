import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import * as z from "zod";
import { type Access, accessFile } from "../../embedded-aws/access-file.ts";
import type { StageSettings } from "../../infra/stage-settings.ts";
import { systemChance, systemClock } from "../../shared/adapters/aws/clock.ts";
import type { TableOptions } from "../../shared/adapters/aws/dynamodb/table.ts";
import { deployedTable } from "./deployed-table.ts";
import { WrongUse } from "./wrong-use.ts";

const access = z.object({
  url: z.string(),
  aws: z.object({
    endpoint: z.string(),
    region: z.string(),
    credentials: z.object({ accessKeyId: z.string(), secretAccessKey: z.string() }),
  }),
  s3: z.object({ endpoint: z.string() }),
  tables: z.array(z.string()).min(1),
}) satisfies z.ZodType<Access>;

/** A stage's register and its clock: locally that of the running system, which may have been moved. */
export interface StageWorld {
  table: TableOptions;
  now: number;
}

/** @param named the table where it isn't the one that the stage's functions use */
export async function stageWorld(settings: StageSettings, named: string | undefined): Promise<StageWorld> {
  if (settings.stage !== "local")
    return { table: await deployedTable(settings, named), now: systemClock.now() };
  const { url, aws, tables } = runningLocally();
  const answer = await fetch(`${url}/_local/clock`);
  const { now } = z.object({ now: z.iso.datetime() }).parse(await answer.json());
  const tableName = named ?? tables[0] ?? "";
  return {
    table: { client: new DynamoDBClient(aws), tableName, chance: systemChance },
    now: Date.parse(now),
  };
}

/** What the running system left in its data folder. @throws WrongUse where none runs */
function runningLocally(): Access {
  const dataDir = resolve(process.env["DATA_DIR"] ?? ".local");
  try {
    return access.parse(JSON.parse(readFileSync(join(dataDir, accessFile), "utf8")));
  } catch {
    throw new WrongUse(`nothing runs on ${dataDir}: npm start, or set DATA_DIR to where it does`);
  }
}
