import { readFile } from "node:fs/promises";
import { failedRequest } from "../../shared/adapters/aws/lambda/count.ts";
import { provide } from "../../shared/adapters/aws/lambda/provide.ts";
import { httpHandler } from "../../shared/http/http-handler.ts";
import { readManifest } from "../../shared/http/page-assets.ts";
import { serveAsset } from "./serve-asset.ts";

const dependencies = {
  ...provide(process.env, { failedRequest }),
  manifest: readManifest(import.meta.url),
  read: (file: string) => readFile(new URL(`./${file}`, import.meta.url)),
};

export const handler = httpHandler(
  (request) => serveAsset(request, dependencies),
  () => ({ outcome: "broken", json: { code: "INTERNAL_ERROR" } }),
  dependencies.failedRequest,
);
