import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { LambdaClient } from "@aws-sdk/client-lambda";
import * as z from "zod";
import { systemChance, systemClock } from "../../shared/adapters/aws/clock.ts";
import { DynamoDbRegister } from "../../shared/adapters/aws/dynamodb/register.ts";
import { DynamoDbSettings } from "../../shared/adapters/aws/dynamodb/settings-source.ts";
import { environment } from "../../shared/adapters/aws/lambda/environment.ts";
import { report, stepHandler } from "../../shared/adapters/aws/lambda/step-handler.ts";
import { LambdaErrandRunner } from "../../shared/adapters/aws/lambda-errand-runner.ts";
import { newIdFrom } from "../../shared/adapters/aws/new-id.ts";
import { intakeExecution } from "../../shared/contracts/intake.ts";
import { admitMember } from "./admit-member.ts";

const env = z
  .object({
    TABLE_NAME: environment.TABLE_NAME,
    DELIVER_OUTBOX_FUNCTION: environment.DELIVER_OUTBOX_FUNCTION,
  })
  .parse(process.env);
const table = { client: new DynamoDBClient(), tableName: env.TABLE_NAME, chance: systemChance };

const dependencies = {
  register: new DynamoDbRegister(table),
  settings: new DynamoDbSettings(table),
  errands: new LambdaErrandRunner({
    client: new LambdaClient(),
    functionName: env.DELIVER_OUTBOX_FUNCTION,
    onLost: (caseId, error) => report("ERRANDS_LEFT_TO_THE_SWEEP", { caseId }, error),
  }),
  clock: systemClock,
  newId: newIdFrom(systemChance),
};

export const handler = stepHandler(intakeExecution, (input) => admitMember(input, dependencies));
