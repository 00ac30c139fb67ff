import { clock } from "../../shared/adapters/aws/clock.ts";
import { cases } from "../../shared/adapters/aws/dynamodb/cases.ts";
import { settings } from "../../shared/adapters/aws/dynamodb/settings-source.ts";
import { papers } from "../../shared/adapters/aws/judging-papers.ts";
import { provide } from "../../shared/adapters/aws/lambda/provide.ts";
import { stepHandler } from "../../shared/adapters/aws/lambda/step-handler.ts";
import { intakeExecution } from "../../shared/contracts/intake.ts";
import { rejectUpload } from "./reject-upload.ts";

const dependencies = provide(process.env, { cases, papers, settings, clock });

export const handler = stepHandler(intakeExecution, rejectUpload, dependencies);
