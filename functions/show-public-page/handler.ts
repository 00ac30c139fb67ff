import * as z from "zod";
import { systemClock } from "../../shared/adapters/aws/clock.ts";
import { DynamoDbSettings } from "../../shared/adapters/aws/dynamodb/settings-source.ts";
import { environment } from "../../shared/adapters/aws/lambda/environment.ts";
import { tableOf } from "../../shared/adapters/aws/lambda/table-of.ts";
import { brokenReply } from "../../shared/http/error-reply.ts";
import { httpHandler } from "../../shared/http/http-handler.ts";
import { pageAssets } from "../../shared/http/page-assets.ts";
import { showPublicPage } from "./show-public-page.ts";

const env = z.object({ TABLE_NAME: environment.TABLE_NAME }).parse(process.env);
const table = tableOf(env);

const dependencies = {
  settings: new DynamoDbSettings(table),
  clock: systemClock,
  assets: pageAssets(import.meta.url),
};

export const handler = httpHandler(
  (request) => showPublicPage(request, dependencies),
  brokenReply(dependencies.assets),
);
