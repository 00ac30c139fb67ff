import { SFNClient } from "@aws-sdk/client-sfn";
import * as z from "zod";
import { systemChance, systemClock } from "../../shared/adapters/aws/clock.ts";
import { DynamoDbLimits } from "../../shared/adapters/aws/dynamodb/limits.ts";
import { DynamoDbLinks } from "../../shared/adapters/aws/dynamodb/links.ts";
import { DynamoDbMailLedger } from "../../shared/adapters/aws/dynamodb/mail-ledger.ts";
import { DynamoDbRegister } from "../../shared/adapters/aws/dynamodb/register.ts";
import { DynamoDbSettings } from "../../shared/adapters/aws/dynamodb/settings-source.ts";
import { environment } from "../../shared/adapters/aws/lambda/environment.ts";
import { laterErrandsOf } from "../../shared/adapters/aws/lambda/later-errands-of.ts";
import { report, stepHandler } from "../../shared/adapters/aws/lambda/step-handler.ts";
import { tableOf } from "../../shared/adapters/aws/lambda/table-of.ts";
import { tokensOf } from "../../shared/adapters/aws/lambda/tokens-of.ts";
import { newIdFrom } from "../../shared/adapters/aws/new-id.ts";
import { SesMailer, sesClientThatAsksOnce } from "../../shared/adapters/aws/ses-mailer.ts";
import { StepFunctionsResumer } from "../../shared/adapters/aws/step-functions.ts";
import { outboxMessages, outboxOwner } from "../../shared/contracts/events.ts";
import { deliverOutbox } from "./deliver-outbox.ts";

const env = z
  .object({
    TABLE_NAME: environment.TABLE_NAME,
    LIMITS: environment.LIMITS,
    LINK_KEYS_SECRET_ARN: environment.LINK_KEYS_SECRET_ARN,
    MAIL_FROM: environment.MAIL_FROM,
    MAIL_REPLY_TO: environment.MAIL_REPLY_TO,
    CONFIGURATION_SET: environment.CONFIGURATION_SET,
    OUTBOX_LATER_QUEUE_URL: environment.OUTBOX_LATER_QUEUE_URL,
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

const later = laterErrandsOf(env);
const laterSeconds = 60;

/** Owners side by side; a message is given back only where its owner's run failed. */
export const handler = stepHandler(outboxMessages, async ({ Records }) => {
  const runs = Map.groupBy(Records, ({ body }) => body);
  const failed = await Promise.all(
    [...runs].map(async ([body, messages]) => {
      try {
        const { owner } = outboxOwner.parse(JSON.parse(body));
        const { left } = await deliverOutbox(owner, dependencies);
        if (left > 0) await later.runLater(`case_${owner}`, laterSeconds);
        return [];
      } catch (error) {
        const ids = messages.map(({ messageId }) => messageId);
        report("OUTBOX_RUN_FAILED", { messages: ids.join(" ") }, error);
        return ids;
      }
    }),
  );
  return { batchItemFailures: failed.flat().map((itemIdentifier) => ({ itemIdentifier })) };
});
