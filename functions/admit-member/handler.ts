import { clock } from "../../shared/adapters/aws/clock.ts";
import { cases } from "../../shared/adapters/aws/dynamodb/cases.ts";
import { invoiceNumbers, members } from "../../shared/adapters/aws/dynamodb/members.ts";
import { settings } from "../../shared/adapters/aws/dynamodb/settings-source.ts";
import { provide } from "../../shared/adapters/aws/lambda/provide.ts";
import { stepHandler } from "../../shared/adapters/aws/lambda/step-handler.ts";
import { newId } from "../../shared/adapters/aws/new-id.ts";
import { intakeExecution } from "../../shared/contracts/intake.ts";
import { admitMember } from "./admit-member.ts";

const dependencies = provide(process.env, { cases, members, invoiceNumbers, settings, clock, newId });

export const handler = stepHandler(intakeExecution, admitMember, dependencies);
