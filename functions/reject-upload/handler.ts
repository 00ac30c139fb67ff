import * as z from "zod";
import { systemClock } from "../../shared/adapters/aws/clock.ts";
import { DynamoDbRegister } from "../../shared/adapters/aws/dynamodb/register.ts";
import { DynamoDbSettings } from "../../shared/adapters/aws/dynamodb/settings-source.ts";
import { environment } from "../../shared/adapters/aws/lambda/environment.ts";
import { stepHandler } from "../../shared/adapters/aws/lambda/step-handler.ts";
import { tableOf } from "../../shared/adapters/aws/lambda/table-of.ts";
import { intakeExecution } from "../../shared/contracts/intake.ts";
import { rejectUpload } from "./reject-upload.ts";

const env = z.object({ TABLE_NAME: environment.TABLE_NAME }).parse(process.env);
const table = tableOf(env);

const dependencies = {
  register: new DynamoDbRegister(table),
  settings: new DynamoDbSettings(table),
  clock: systemClock,
};

export const handler = stepHandler(intakeExecution, (input) => rejectUpload(input, dependencies));
