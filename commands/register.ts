import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { type StageSettings, stageSettings } from "../infra/stage-settings.ts";
import { DynamoDbSettings } from "../shared/adapters/aws/dynamodb/settings-source.ts";
import { type Command, type Given, optionNames, type Said } from "./register/command.ts";
import { handedOver, plan } from "./register/dues.ts";
import { list, votes } from "./register/members.ts";
import { payments } from "./register/payments.ts";
import { listRates, setRate } from "./register/rates.ts";
import { type StageWorld, stageWorld } from "./stage/stage-world.ts";
import { WrongUse } from "./stage/wrong-use.ts";

const usage = `The register of members, their dues and what they have paid.

  npm run -s register -- --stage NAME [--json] COMMAND

  list                                      who there is, how they stand, and what is open
  votes                                     everybody with a vote, for the general assembly
  rates                                     what is paid, from when, and who decided it
  rates set --year Y --kind K (--oere N | --unchanged) --decided DATE --by ADDRESS
  plan YEAR                                 has the year's dues planned, or what is missing of them
  handed-over YEAR [NUMBER…]                says that e-invoices went; contacts get their copies
  payments FILE [--profile NAME] [--account NUMBER] [--through DATE]
                                            camt.053, or a bank's CSV with the profile of its name

ADDRESS is a registered secretary's. --stage local speaks to the system that runs on DATA_DIR.
Ends with 0 when it is done, 1 when faults were found, 2 for wrong use.`;

/** Each command by the words that name it; the longer name is looked for first. */
const commands: Readonly<Record<string, Command>> = {
  list,
  votes,
  rates: listRates,
  "rates set": setRate,
  plan,
  "handed-over": handedOver,
  payments,
};

export interface RegisterWorld {
  open(stage: StageSettings, table: string | undefined): Promise<StageWorld>;
  print(line: string): void;
  readFile(path: string): Uint8Array;
}

/**
 * Does one thing to a stage's register.
 * @param args as typed after `npm run register --`
 * @throws WrongUse
 */
export async function registerCommand(args: readonly string[], world: RegisterWorld): Promise<Said> {
  const text = { type: "string" } as const;
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      stage: text,
      table: text,
      json: { type: "boolean", default: false },
      unchanged: { type: "boolean", default: false },
      ...(Object.fromEntries(optionNames.map((name) => [name, text])) as Record<string, typeof text>),
    },
  });
  if (values.stage === undefined) throw new WrongUse("--stage is missing");
  const [first = "", second = ""] = positionals;
  const name = `${first} ${second}` in commands ? `${first} ${second}` : first;
  const command = commands[name];
  if (!command) throw new WrongUse(`there is no command ${first || "without a name"}`);
  const stage = stageSettings(String(values.stage));
  const { table, now } = await world.open(stage, values.table as string | undefined);
  const typed: Readonly<Record<string, string | boolean | undefined>> = values;
  const named = optionNames.map((option) => [option, typed[option]]);
  const options = { ...Object.fromEntries(named), unchanged: values.unchanged } as Given["options"];
  const said = await command({
    words: positionals.slice(name.split(" ").length),
    options,
    table,
    now,
    print: world.print,
    readFile: world.readFile,
    by: async () => {
      const { people } = await new DynamoDbSettings(table).at(now);
      const by = people.secretaries.find((address) => address === options.by);
      if (!by) throw new WrongUse("--by must be the address of a registered secretary");
      return by;
    },
  });
  if (values.json === true) world.print(JSON.stringify({ ...said, faults: said.faults ?? [] }));
  return said;
}

if (import.meta.main) {
  const world = { open: stageWorld, print: console.log, readFile: (path: string) => readFileSync(path) };
  await registerCommand(process.argv.slice(2), world).then(
    ({ faults = [] }) => {
      process.exitCode = faults.length > 0 ? 1 : 0;
    },
    (error: unknown) => {
      console.error(error instanceof Error ? error.message : error);
      if (error instanceof WrongUse) console.error(`\n${usage}`);
      process.exitCode = error instanceof WrongUse ? 2 : 1;
    },
  );
}
