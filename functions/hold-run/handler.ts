import { clock } from "../../shared/adapters/aws/clock.ts";
import { settings } from "../../shared/adapters/aws/dynamodb/settings-source.ts";
import { runs } from "../../shared/adapters/aws/dynamodb/shelf.ts";
import { provide } from "../../shared/adapters/aws/lambda/provide.ts";
import { stepHandler } from "../../shared/adapters/aws/lambda/step-handler.ts";
import { newId } from "../../shared/adapters/aws/new-id.ts";
import { holdRunInput } from "../../shared/contracts/dues.ts";
import { holdRun } from "./hold-run.ts";

const dependencies = provide(process.env, { runs, settings, clock, newId });

export const handler = stepHandler(holdRunInput, holdRun, dependencies);
