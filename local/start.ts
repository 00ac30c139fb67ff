import { readFileSync } from "node:fs";
import { flushCompileCache } from "node:module";
import { relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import * as z from "zod";
import { startSystem } from "../embedded-aws/system.ts";
import { productThatTrusts } from "./product.ts";

const speaksForItself = new Set([
  "AssemblyNotMade",
  "DataDirInUse",
  "NotOurDataDir",
  "TemplateError",
  "TemplateNotUnderstood",
  "DefinitionRefused",
  "NoDynamoDbHere",
  "TableChanged",
]);
const settings = z
  .object({
    PORT: z.coerce.number().int().min(1).max(65_534).default(3000),
    DATA_DIR: z.string().min(1).default(".local"),
    LOG: z.string().optional(),
  })
  .safeParse(process.env);
if (!settings.success) {
  console.error(z.prettifyError(settings.error));
  process.exit(2);
}
const environment = settings.data;
const { values } = parseArgs({
  options: { fresh: { type: "boolean", default: false }, anchors: { type: "string" } },
});

// Lambda's functions run in UTC; a developer's own time zone must not hide a mistake.
process.env["TZ"] = "UTC";
console.log("OS2aftale is starting; after a change of the code it is built first.\n");
const startedAt = performance.now();
const dataDir = resolve(environment.DATA_DIR);
const system = await startSystem({
  app: productThatTrusts(values.anchors === undefined ? [] : readAnchors(values.anchors)),
  dataDir,
  port: environment.PORT,
  fresh: values.fresh,
  logToConsole: environment.LOG === "1",
}).catch((error: unknown) => {
  console.error(wordsFor(error));
  process.exit(1);
});

const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
console.log(`OS2aftale runs on this machine; ready in ${seconds} s.

  Pages       ${system.url}
  Mails       ${system.url}/_local   the mailbox, the workflows, the clock
  Documents   ${system.s3Url}   S3
  State       ${relative(process.cwd(), dataDir) || "."}

Next: open ${system.url}/agreements/new?kind=member, sign up an authority with a PDF of
your own, and go on from the mails at ${system.url}/_local.
Ctrl-C stops; open cases go on at the next start. npm start -- --fresh begins anew.`);
// By itself it is written at a good end only, and many a start ends by a kill.
flushCompileCache();

let stopping = false;
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.on(signal, () => {
    // Asked twice: now.
    if (stopping) process.exit(130);
    stopping = true;
    console.log("Stopping …");
    void system.stop().then(() => process.exit(0));
  });

/** Errors whose message says what to do; of others the place in the code is shown as well. */
function wordsFor(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ("code" in error && error.code === "EADDRINUSE")
    return `Port ${environment.PORT} or ${environment.PORT + 1} is taken (S3 answers on PORT + 1): set PORT to another.`;
  return speaksForItself.has(error.name) ? error.message : (error.stack ?? error.message);
}

/** A JSON array of PEM certificates, as `npm run inspect` takes it. */
function readAnchors(path: string): string[] {
  const read = z.array(z.string()).safeParse(JSON.parse(readFileSync(path, "utf8")));
  if (read.success) return read.data;
  console.error(`${path} is no JSON array of PEM certificates.`);
  process.exit(2);
}
