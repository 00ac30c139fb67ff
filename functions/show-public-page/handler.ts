import { clock } from "../../shared/adapters/aws/clock.ts";
import { settings } from "../../shared/adapters/aws/dynamodb/settings-source.ts";
import { failedRequest } from "../../shared/adapters/aws/lambda/count.ts";
import { provide } from "../../shared/adapters/aws/lambda/provide.ts";
import { newId } from "../../shared/adapters/aws/new-id.ts";
import { pageHandler } from "../../shared/http/error-reply.ts";
import { pageAssets } from "../../shared/http/page-assets.ts";
import { showPublicPage } from "./show-public-page.ts";

const dependencies = {
  ...provide(process.env, { failedRequest, settings, clock, newId }),
  assets: pageAssets(import.meta.url),
};

export const handler = pageHandler(showPublicPage, dependencies);
