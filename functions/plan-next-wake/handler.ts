import { clock } from "../../shared/adapters/aws/clock.ts";
import { documents } from "../../shared/adapters/aws/document-store.ts";
import { cases } from "../../shared/adapters/aws/dynamodb/cases.ts";
import { papers } from "../../shared/adapters/aws/judging-papers.ts";
import { provide } from "../../shared/adapters/aws/lambda/provide.ts";
import { stepHandler } from "../../shared/adapters/aws/lambda/step-handler.ts";
import { planNextWakeInput } from "../../shared/contracts/intake.ts";
import { planNextWake } from "./plan-next-wake.ts";

const dependencies = provide(process.env, { cases, papers, documents, clock });

export const handler = stepHandler(planNextWakeInput, planNextWake, dependencies);
