import { clock } from "../../shared/adapters/aws/clock.ts";
import { links } from "../../shared/adapters/aws/dynamodb/links.ts";
import { settings } from "../../shared/adapters/aws/dynamodb/settings-source.ts";
import { filing } from "../../shared/adapters/aws/dynamodb/shelf.ts";
import { failedRequest } from "../../shared/adapters/aws/lambda/count.ts";
import { provide } from "../../shared/adapters/aws/lambda/provide.ts";
import { tokens } from "../../shared/adapters/aws/link-tokens.ts";
import { printerOnFirstUse } from "../../shared/adapters/pdf/printer-on-first-use.ts";
import { pageHandler } from "../../shared/http/error-reply.ts";
import { pageAssets } from "../../shared/http/page-assets.ts";
import { offerAgreement } from "./offer-agreement.ts";

const dependencies = {
  ...provide(process.env, { failedRequest, filing, links, tokens, settings, clock }),
  // The fonts lie beside the bundle: a PDF that is archived for years carries its own letters.
  printer: printerOnFirstUse(new URL("./fonts/", import.meta.url)),
  assets: pageAssets(import.meta.url),
};

export const handler = pageHandler(offerAgreement, dependencies);
