import { SFNClient } from "@aws-sdk/client-sfn";
import * as z from "zod";
import { systemChance, systemClock } from "../../shared/adapters/aws/clock.ts";
import { DynamoDbLimits } from "../../shared/adapters/aws/dynamodb/limits.ts";
import { DynamoDbLinks } from "../../shared/adapters/aws/dynamodb/links.ts";
import { DynamoDbMailLedger } from "../../shared/adapters/aws/dynamodb/mail-ledger.ts";
import { DynamoDbRegister } from "../../shared/adapters/aws/dynamodb/register.ts";
import { DynamoDbSettings } from "../../shared/adapters/aws/dynamodb/settings-source.ts";
import { environment } from "../../shared/adapters/aws/lambda/environment.ts";
import { stepHandler } from "../../shared/adapters/aws/lambda/step-handler.ts";
import { tableOf } from "../../shared/adapters/aws/lambda/table-of.ts";
import { tokensOf } from "../../shared/adapters/aws/lambda/tokens-of.ts";
import { newIdFrom } from "../../shared/adapters/aws/new-id.ts";
import { SesMailer, sesClientThatAsksOnce } from "../../shared/adapters/aws/ses-mailer.ts";
import { StepFunctionsResumer } from "../../shared/adapters/aws/step-functions.ts";
import { outboxOwner } from "../../shared/contracts/events.ts";
import { deliverOutbox } from "./deliver-outbox.ts";

const env = z
  .object({
    TABLE_NAME: environment.TABLE_NAME,
    LIMITS: environment.LIMITS,
    LINK_KEYS_SECRET_ARN: environment.LINK_KEYS_SECRET_ARN,
    MAIL_FROM: environment.MAIL_FROM,
    MAIL_REPLY_TO: environment.MAIL_REPLY_TO,
    CONFIGURATION_SET: environment.CONFIGURATION_SET,
    BASE_URL: environment.BASE_URL,
  })
  .parse(process.env);
const table = tableOf(env);

const dependencies = {
  register: new DynamoDbRegister(table),
  ledger: new DynamoDbMailLedger(table),
  links: new DynamoDbLinks(table),
  limits: new DynamoDbLimits({ ...table, ceilings: env.LIMITS }),
  settings: new DynamoDbSettings(table),
  tokens: tokensOf(env),
  workflows: new StepFunctionsResumer(new SFNClient()),
  mailer: new SesMailer({
    clock: systemClock,
    client: sesClientThatAsksOnce(),
    from: env.MAIL_FROM,
    replyTo: env.MAIL_REPLY_TO,
    configurationSet: env.CONFIGURATION_SET,
  }),
  clock: systemClock,
  newId: newIdFrom(systemChance),
  baseUrl: env.BASE_URL,
};

export const handler = stepHandler(outboxOwner, (input) => deliverOutbox(input.owner, dependencies));
