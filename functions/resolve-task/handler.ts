import { clock } from "../../shared/adapters/aws/clock.ts";
import { limits } from "../../shared/adapters/aws/dynamodb/limits.ts";
import { links } from "../../shared/adapters/aws/dynamodb/links.ts";
import { invoiceNumbers } from "../../shared/adapters/aws/dynamodb/members.ts";
import { settings } from "../../shared/adapters/aws/dynamodb/settings-source.ts";
import { filing } from "../../shared/adapters/aws/dynamodb/shelf.ts";
import { baseUrl } from "../../shared/adapters/aws/lambda/base-url.ts";
import { failedRequest } from "../../shared/adapters/aws/lambda/count.ts";
import { provide } from "../../shared/adapters/aws/lambda/provide.ts";
import { tokens } from "../../shared/adapters/aws/link-tokens.ts";
import { newId } from "../../shared/adapters/aws/new-id.ts";
import { pageHandler } from "../../shared/http/error-reply.ts";
import { pageAssets } from "../../shared/http/page-assets.ts";
import { resolveTask } from "./resolve-task.ts";

const settling = { filing, links, limits, settings, invoiceNumbers };
const dependencies = {
  ...provide(process.env, { ...settling, failedRequest, tokens, clock, newId, baseUrl }),
  assets: pageAssets(import.meta.url),
};

export const handler = pageHandler(resolveTask, dependencies);
