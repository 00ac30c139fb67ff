import { clock } from "../../shared/adapters/aws/clock.ts";
import { cases } from "../../shared/adapters/aws/dynamodb/cases.ts";
import { waits } from "../../shared/adapters/aws/dynamodb/outbox.ts";
import { provide } from "../../shared/adapters/aws/lambda/provide.ts";
import { stepHandler } from "../../shared/adapters/aws/lambda/step-handler.ts";
import { workflows } from "../../shared/adapters/aws/step-functions.ts";
import { storeTaskTokenInput } from "../../shared/contracts/intake.ts";
import { storeTaskToken } from "./store-task-token.ts";

const dependencies = provide(process.env, { cases, waits, workflows, clock });

export const handler = stepHandler(storeTaskTokenInput, storeTaskToken, dependencies);
