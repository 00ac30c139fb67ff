import { clock } from "../../shared/adapters/aws/clock.ts";
import { links } from "../../shared/adapters/aws/dynamodb/links.ts";
import { settings } from "../../shared/adapters/aws/dynamodb/settings-source.ts";
import { filing } from "../../shared/adapters/aws/dynamodb/shelf.ts";
import { failedRequest } from "../../shared/adapters/aws/lambda/count.ts";
import { provide } from "../../shared/adapters/aws/lambda/provide.ts";
import { tokens } from "../../shared/adapters/aws/link-tokens.ts";
import { plans } from "../../shared/adapters/aws/plan-store.ts";
import { pageHandler } from "../../shared/http/error-reply.ts";
import { pageAssets } from "../../shared/http/page-assets.ts";
import { showRunFile } from "./show-run-file.ts";

const dependencies = {
  ...provide(process.env, { failedRequest, filing, plans, links, tokens, settings, clock }),
  assets: pageAssets(import.meta.url),
};

export const handler = pageHandler(showRunFile, dependencies);
