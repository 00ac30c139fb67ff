import { clock } from "../../shared/adapters/aws/clock.ts";
import { cases } from "../../shared/adapters/aws/dynamodb/cases.ts";
import { limits } from "../../shared/adapters/aws/dynamodb/limits.ts";
import { links } from "../../shared/adapters/aws/dynamodb/links.ts";
import { ledger } from "../../shared/adapters/aws/dynamodb/mail-ledger.ts";
import { outbox, waits } from "../../shared/adapters/aws/dynamodb/outbox.ts";
import { settings } from "../../shared/adapters/aws/dynamodb/settings-source.ts";
import { filing } from "../../shared/adapters/aws/dynamodb/shelf.ts";
import { invoiceStore } from "../../shared/adapters/aws/invoice-store.ts";
import { baseUrl } from "../../shared/adapters/aws/lambda/base-url.ts";
import { count } from "../../shared/adapters/aws/lambda/count.ts";
import { provide } from "../../shared/adapters/aws/lambda/provide.ts";
import { report, stepHandler } from "../../shared/adapters/aws/lambda/step-handler.ts";
import { later } from "../../shared/adapters/aws/later-errands.ts";
import { tokens } from "../../shared/adapters/aws/link-tokens.ts";
import { newId } from "../../shared/adapters/aws/new-id.ts";
import { mailer } from "../../shared/adapters/aws/ses-mailer.ts";
import { dues, intake, workflows } from "../../shared/adapters/aws/step-functions.ts";
import { printerLoadedLate } from "../../shared/adapters/pdf/printer-loaded-late.ts";
import { outboxBatch } from "../../shared/contracts/events.ts";
import { deliverBatch } from "./deliver-batch.ts";

const carrying = { mailer, tokens, links, limits, baseUrl, workflows, intake, dues, invoices: invoiceStore };
const keeping = { cases, filing, outbox, waits, ledger, later, settings, clock, newId };
const provided = provide(process.env, { ...carrying, ...keeping, count });
const dependencies = {
  ...provided,
  invoicePrinter: printerLoadedLate(new URL("./fonts/", import.meta.url)),
  waited: (seconds: number) => provided.count("errandWaited", seconds),
  failed: (owner: string, error: unknown) => report("ERRAND_FAILED_FOR_OWNER", { owner }, error),
  report: (owner: string, error: unknown) => report("ERRANDS_FAILED_FOR_OWNER", { owner }, error),
};

export const handler = stepHandler(outboxBatch, deliverBatch, dependencies);
