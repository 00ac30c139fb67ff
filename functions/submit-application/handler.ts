import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { S3Client } from "@aws-sdk/client-s3";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import * as z from "zod";
import { systemChance, systemClock } from "../../shared/adapters/aws/clock.ts";
import { S3DocumentStore } from "../../shared/adapters/aws/document-store.ts";
import { DynamoDbLimits } from "../../shared/adapters/aws/dynamodb/limits.ts";
import { DynamoDbRegister } from "../../shared/adapters/aws/dynamodb/register.ts";
import { DynamoDbSettings } from "../../shared/adapters/aws/dynamodb/settings-source.ts";
import { environment } from "../../shared/adapters/aws/lambda/environment.ts";
import { report } from "../../shared/adapters/aws/lambda/step-handler.ts";
import { LambdaErrandRunner } from "../../shared/adapters/aws/lambda-errand-runner.ts";
import { SignedLinkTokens } from "../../shared/adapters/aws/link-tokens.ts";
import { newIdFrom } from "../../shared/adapters/aws/new-id.ts";
import { secretReader } from "../../shared/adapters/aws/secrets-manager.ts";
import { brokenReply } from "../../shared/http/error-reply.ts";
import { httpHandler } from "../../shared/http/http-handler.ts";
import { pageAssets } from "../../shared/http/page-assets.ts";
import { submitApplication } from "./submit-application.ts";

const env = z
  .object({
    TABLE_NAME: environment.TABLE_NAME,
    LIMITS: environment.LIMITS,
    INCOMING_BUCKET: environment.INCOMING_BUCKET,
    LINK_KEYS_SECRET_ARN: environment.LINK_KEYS_SECRET_ARN,
    DELIVER_OUTBOX_FUNCTION: environment.DELIVER_OUTBOX_FUNCTION,
    BASE_URL: environment.BASE_URL,
  })
  .parse(process.env);
const table = { client: new DynamoDBClient(), tableName: env.TABLE_NAME, chance: systemChance };

const dependencies = {
  register: new DynamoDbRegister(table),
  limits: new DynamoDbLimits({ ...table, ceilings: env.LIMITS }),
  settings: new DynamoDbSettings(table),
  documents: new S3DocumentStore({ client: new S3Client(), incomingBucket: env.INCOMING_BUCKET }),
  tokens: new SignedLinkTokens({
    loadKeyRing: secretReader(new SecretsManagerClient(), env.LINK_KEYS_SECRET_ARN),
    clock: systemClock,
    chance: systemChance,
  }),
  errands: new LambdaErrandRunner({
    client: new LambdaClient(),
    functionName: env.DELIVER_OUTBOX_FUNCTION,
    onLost: (caseId, error) => report("ERRANDS_LEFT_TO_THE_SWEEP", { caseId }, error),
  }),
  clock: systemClock,
  newId: newIdFrom(systemChance),
  baseUrl: env.BASE_URL,
  assets: pageAssets(import.meta.url),
};

export const handler = httpHandler(
  (request) => submitApplication(request, dependencies),
  brokenReply(dependencies.assets),
);
