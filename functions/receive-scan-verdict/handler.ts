import { S3Client } from "@aws-sdk/client-s3";
import * as z from "zod";
import { systemClock } from "../../shared/adapters/aws/clock.ts";
import { S3DocumentStore } from "../../shared/adapters/aws/document-store.ts";
import { DynamoDbRegister } from "../../shared/adapters/aws/dynamodb/register.ts";
import { environment } from "../../shared/adapters/aws/lambda/environment.ts";
import { stepHandler } from "../../shared/adapters/aws/lambda/step-handler.ts";
import { tableOf } from "../../shared/adapters/aws/lambda/table-of.ts";
import { scanResult } from "../../shared/contracts/events.ts";
import { receiveScanVerdict } from "./receive-scan-verdict.ts";

const env = z
  .object({
    TABLE_NAME: environment.TABLE_NAME,
    INCOMING_BUCKET: environment.INCOMING_BUCKET,
  })
  .parse(process.env);
const table = tableOf(env);

const dependencies = {
  register: new DynamoDbRegister(table),
  documents: new S3DocumentStore({ client: new S3Client(), incomingBucket: env.INCOMING_BUCKET }),
  clock: systemClock,
};

export const handler = stepHandler(scanResult, (input) => receiveScanVerdict(input, dependencies));
