import { parseArgs } from "node:util";
import { type StageSettings, stageSettings } from "../infra/stage-settings.ts";
import { systemChance, systemClock } from "../shared/adapters/aws/clock.ts";
import { DynamoDbCases } from "../shared/adapters/aws/dynamodb/cases.ts";
import { DynamoDbSettings } from "../shared/adapters/aws/dynamodb/settings-source.ts";
import { newIdFrom } from "../shared/adapters/aws/new-id.ts";
import { changeFileIfDue } from "../shared/casework/change-file.ts";
import { secretariatCloses } from "../shared/domain/case-changes/case-is-closed.ts";
import type { CaseId } from "../shared/domain/owner.ts";
import type { Cases } from "../shared/ports/cases.ts";
import type { SettingsSource } from "../shared/ports/settings-source.ts";
import { deployedTable } from "./stage/deployed-table.ts";
import { WrongUse } from "./stage/wrong-use.ts";

const usage = `What the secretariat does with open cases besides deciding them.

  npm run cases -- --stage NAME list
  npm run cases -- --stage NAME close A-2026-0117 --by ADDRESS --reason TEXT

ADDRESS is a registered secretary's. The applicant gets the reason by mail.
--table NAME where it isn't the one that the stage's functions use.`;

export interface CasesWorld {
  open(
    stage: StageSettings,
    table: string | undefined,
  ): Promise<{ cases: Pick<Cases, "openCases" | "read" | "commit">; settings: SettingsSource }>;
  now: number;
  newId: () => string;
  print(line: string): void;
}

/**
 * Lists or closes open cases; those that nobody has answered for are none of the secretariat's yet.
 * @param args as typed after `npm run cases --`
 * @throws WrongUse
 */
export async function casesCommand(args: readonly string[], world: CasesWorld): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      stage: { type: "string" },
      table: { type: "string" },
      by: { type: "string" },
      reason: { type: "string" },
    },
  });
  const [action, caseNumber] = positionals;
  if (values.stage === undefined) throw new WrongUse("--stage is missing");
  if (action !== "list" && action !== "close") throw new WrongUse("say list, or close and which");
  const { cases, settings } = await world.open(stageSettings(values.stage), values.table);
  const files = await Promise.all((await cases.openCases()).map((id) => cases.read(id)));
  const open = files.flatMap((file) => file ?? []);
  if (action === "list") {
    for (const { case: agreement, organisation } of open)
      world.print(`${agreement.caseNumber} ${agreement.status} ${organisation.name}`);
    return;
  }
  const { people } = await settings.at(world.now);
  const by = people.secretaries.find((address) => address === values.by);
  if (!by) throw new WrongUse("--by must be the address of a registered secretary");
  const reason = values.reason?.trim();
  if (!reason) throw new WrongUse("--reason is missing: the applicant gets it");
  const file = open.find(({ case: agreement }) => agreement.caseNumber === caseNumber);
  if (!file) throw new WrongUse(`there is no open case ${caseNumber ?? ""}`);
  const caseId: CaseId = file.case.id;
  const outcome = await changeFileIfDue(cases, caseId, (fresh) =>
    secretariatCloses(fresh, { by, reason }, people, world.newId, world.now),
  );
  if (outcome !== "changed") throw new WrongUse(`${caseNumber} was closed in the meantime`);
  world.print(`${caseNumber} is closed, and its contact is told`);
}

async function deployed(stage: StageSettings, named: string | undefined) {
  const table = await deployedTable(stage, named);
  return { cases: new DynamoDbCases(table), settings: new DynamoDbSettings(table) };
}

if (import.meta.main) {
  const world = {
    open: deployed,
    now: systemClock.now(),
    newId: newIdFrom(systemChance),
    print: console.log,
  };
  await casesCommand(process.argv.slice(2), world).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    if (error instanceof WrongUse) console.error(`\n${usage}`);
    process.exitCode = error instanceof WrongUse ? 2 : 1;
  });
}
