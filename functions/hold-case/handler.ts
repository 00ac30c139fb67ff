import { clock } from "../../shared/adapters/aws/clock.ts";
import { cases } from "../../shared/adapters/aws/dynamodb/cases.ts";
import { settings } from "../../shared/adapters/aws/dynamodb/settings-source.ts";
import { provide } from "../../shared/adapters/aws/lambda/provide.ts";
import { stepHandler } from "../../shared/adapters/aws/lambda/step-handler.ts";
import { newId } from "../../shared/adapters/aws/new-id.ts";
import { holdCaseInput } from "../../shared/contracts/intake.ts";
import { holdCase } from "./hold-case.ts";

const dependencies = provide(process.env, { cases, settings, clock, newId });

export const handler = stepHandler(holdCaseInput, holdCase, dependencies);
