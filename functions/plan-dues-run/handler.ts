import { clock } from "../../shared/adapters/aws/clock.ts";
import { members } from "../../shared/adapters/aws/dynamodb/members.ts";
import { settings } from "../../shared/adapters/aws/dynamodb/settings-source.ts";
import { runs } from "../../shared/adapters/aws/dynamodb/shelf.ts";
import { provide } from "../../shared/adapters/aws/lambda/provide.ts";
import { stepHandler } from "../../shared/adapters/aws/lambda/step-handler.ts";
import { plans } from "../../shared/adapters/aws/plan-store.ts";
import { duesExecution } from "../../shared/contracts/dues.ts";
import { planDuesRun } from "./plan-dues-run.ts";

const dependencies = provide(process.env, { runs, members, plans, settings, clock });

export const handler = stepHandler(duesExecution, planDuesRun, dependencies);
