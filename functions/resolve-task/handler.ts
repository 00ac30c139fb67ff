import * as z from "zod";
import { systemChance, systemClock } from "../../shared/adapters/aws/clock.ts";
import { DynamoDbLinks } from "../../shared/adapters/aws/dynamodb/links.ts";
import { DynamoDbRegister } from "../../shared/adapters/aws/dynamodb/register.ts";
import { DynamoDbSettings } from "../../shared/adapters/aws/dynamodb/settings-source.ts";
import { environment } from "../../shared/adapters/aws/lambda/environment.ts";
import { tableOf } from "../../shared/adapters/aws/lambda/table-of.ts";
import { tokensOf } from "../../shared/adapters/aws/lambda/tokens-of.ts";
import { newIdFrom } from "../../shared/adapters/aws/new-id.ts";
import { brokenReply } from "../../shared/http/error-reply.ts";
import { httpHandler } from "../../shared/http/http-handler.ts";
import { pageAssets } from "../../shared/http/page-assets.ts";
import { resolveTask } from "./resolve-task.ts";

const env = z
  .object({
    TABLE_NAME: environment.TABLE_NAME,
    LINK_KEYS_SECRET_ARN: environment.LINK_KEYS_SECRET_ARN,
    BASE_URL: environment.BASE_URL,
  })
  .parse(process.env);
const table = tableOf(env);

const dependencies = {
  register: new DynamoDbRegister(table),
  links: new DynamoDbLinks(table),
  settings: new DynamoDbSettings(table),
  tokens: tokensOf(env),
  clock: systemClock,
  newId: newIdFrom(systemChance),
  baseUrl: env.BASE_URL,
  assets: pageAssets(import.meta.url),
};

export const handler = httpHandler(
  (request) => resolveTask(request, dependencies),
  brokenReply(dependencies.assets),
);
