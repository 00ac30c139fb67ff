import type { TableOptions } from "../../shared/adapters/aws/dynamodb/table.ts";
import { startTestTable } from "./dynamodb.ts";
import { seededChance } from "./fakes/seeded-chance.ts";

const index = (name: "work" | "year") => ({
  IndexName: name,
  KeySchema: [
    { AttributeName: `${name}Pk`, KeyType: "HASH" },
    { AttributeName: `${name}Sk`, KeyType: "RANGE" },
  ],
  Projection: { ProjectionType: "ALL" },
});

/** What stands in until the app has been synthesized once. */
const untilSynthesized = {
  AttributeDefinitions: ["pk", "sk", "workPk", "workSk", "yearPk", "yearSk"].map((AttributeName) => ({
    AttributeName,
    AttributeType: "S",
  })),
  KeySchema: [
    { AttributeName: "pk", KeyType: "HASH" },
    { AttributeName: "sk", KeyType: "RANGE" },
  ],
  GlobalSecondaryIndexes: [index("work"), index("year")],
};

let tables = 0;

/** A fresh table for one test; the adapters' pauses take no time. */
export async function aTable(): Promise<TableOptions> {
  tables += 1;
  const { client, tableName } = await startTestTable(untilSynthesized);
  return { client, tableName, chance: seededChance(`table ${tables}`), pause: async () => {} };
}
