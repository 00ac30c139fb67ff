import { S3Client } from "@aws-sdk/client-s3";
import { SFNClient } from "@aws-sdk/client-sfn";
import * as z from "zod";
import { systemChance, systemClock } from "../../shared/adapters/aws/clock.ts";
import { S3DocumentStore } from "../../shared/adapters/aws/document-store.ts";
import { DynamoDbRegister } from "../../shared/adapters/aws/dynamodb/register.ts";
import { DynamoDbSettings } from "../../shared/adapters/aws/dynamodb/settings-source.ts";
import { count } from "../../shared/adapters/aws/lambda/count.ts";
import { environment } from "../../shared/adapters/aws/lambda/environment.ts";
import { errandsOf } from "../../shared/adapters/aws/lambda/errands-of.ts";
import { report, stepHandler } from "../../shared/adapters/aws/lambda/step-handler.ts";
import { tableOf } from "../../shared/adapters/aws/lambda/table-of.ts";
import { newIdFrom } from "../../shared/adapters/aws/new-id.ts";
import { StepFunctionsIntakeStarter } from "../../shared/adapters/aws/step-functions.ts";
import { sweepOpenWork } from "./sweep-open-work.ts";

const env = z
  .object({
    TABLE_NAME: environment.TABLE_NAME,
    INCOMING_BUCKET: environment.INCOMING_BUCKET,
    DELIVER_OUTBOX_FUNCTION: environment.DELIVER_OUTBOX_FUNCTION,
    INTAKE_WORKFLOW_ARN: environment.INTAKE_WORKFLOW_ARN,
  })
  .parse(process.env);
const table = tableOf(env);

const dependencies = {
  register: new DynamoDbRegister(table),
  settings: new DynamoDbSettings(table),
  documents: new S3DocumentStore({ client: new S3Client(), incomingBucket: env.INCOMING_BUCKET }),
  errands: errandsOf(env),
  workflows: new StepFunctionsIntakeStarter({
    client: new SFNClient(),
    stateMachineArn: env.INTAKE_WORKFLOW_ARN,
  }),
  clock: systemClock,
  newId: newIdFrom(systemChance),
  report: (caseId: string, error: unknown) => {
    report("SWEEP_FAILED_FOR_CASE", { caseId }, error);
    count("sweepFailed");
  },
};

export const handler = stepHandler(z.unknown(), async () => {
  const counts = await sweepOpenWork(dependencies);
  count("heartbeat");
  return counts;
});
