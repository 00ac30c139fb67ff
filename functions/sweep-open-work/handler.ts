import * as z from "zod/mini";
import { clock } from "../../shared/adapters/aws/clock.ts";
import { documents } from "../../shared/adapters/aws/document-store.ts";
import { cases } from "../../shared/adapters/aws/dynamodb/cases.ts";
import { ledger } from "../../shared/adapters/aws/dynamodb/mail-ledger.ts";
import { outbox } from "../../shared/adapters/aws/dynamodb/outbox.ts";
import { count } from "../../shared/adapters/aws/lambda/count.ts";
import { provide } from "../../shared/adapters/aws/lambda/provide.ts";
import { report, stepHandler } from "../../shared/adapters/aws/lambda/step-handler.ts";
import { later } from "../../shared/adapters/aws/later-errands.ts";
import { intake } from "../../shared/adapters/aws/step-functions.ts";
import { sweepOpenWork } from "./sweep-open-work.ts";

const provided = provide(process.env, { cases, outbox, ledger, later, documents, intake, clock, count });
const dependencies = {
  ...provided,
  report(owner: string, error: unknown): void {
    report("SWEEP_FAILED_FOR_OWNER", { owner }, error);
    provided.count("sweepFailed");
  },
  beat: () => provided.count("heartbeat"),
};

export const handler = stepHandler(z.unknown(), (_event, world) => sweepOpenWork(world), dependencies);
