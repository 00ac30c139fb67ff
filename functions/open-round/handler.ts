import { clock } from "../../shared/adapters/aws/clock.ts";
import { cases } from "../../shared/adapters/aws/dynamodb/cases.ts";
import { settings } from "../../shared/adapters/aws/dynamodb/settings-source.ts";
import { provide } from "../../shared/adapters/aws/lambda/provide.ts";
import { stepHandler } from "../../shared/adapters/aws/lambda/step-handler.ts";
import { openRoundInput } from "../../shared/contracts/intake.ts";
import { openRound } from "./open-round.ts";

const dependencies = provide(process.env, { cases, settings, clock });

export const handler = stepHandler(openRoundInput, openRound, dependencies);
