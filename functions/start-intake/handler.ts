import { S3Client } from "@aws-sdk/client-s3";
import { SFNClient } from "@aws-sdk/client-sfn";
import * as z from "zod";
import { S3DocumentStore } from "../../shared/adapters/aws/document-store.ts";
import { environment } from "../../shared/adapters/aws/lambda/environment.ts";
import { stepHandler } from "../../shared/adapters/aws/lambda/step-handler.ts";
import { StepFunctionsIntakeStarter } from "../../shared/adapters/aws/step-functions.ts";
import { objectCreated } from "../../shared/contracts/events.ts";
import { startIntake } from "./start-intake.ts";

const env = z
  .object({
    INCOMING_BUCKET: environment.INCOMING_BUCKET,
    INTAKE_WORKFLOW_ARN: environment.INTAKE_WORKFLOW_ARN,
  })
  .parse(process.env);

const dependencies = {
  documents: new S3DocumentStore({ client: new S3Client(), incomingBucket: env.INCOMING_BUCKET }),
  workflows: new StepFunctionsIntakeStarter({
    client: new SFNClient(),
    stateMachineArn: env.INTAKE_WORKFLOW_ARN,
  }),
};

export const handler = stepHandler(objectCreated, (input) => startIntake(input, dependencies));
