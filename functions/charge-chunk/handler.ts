import { clock } from "../../shared/adapters/aws/clock.ts";
import { invoiceNumbers, members } from "../../shared/adapters/aws/dynamodb/members.ts";
import { settings } from "../../shared/adapters/aws/dynamodb/settings-source.ts";
import { runs } from "../../shared/adapters/aws/dynamodb/shelf.ts";
import { provide } from "../../shared/adapters/aws/lambda/provide.ts";
import { report, timedStepHandler } from "../../shared/adapters/aws/lambda/step-handler.ts";
import { plans } from "../../shared/adapters/aws/plan-store.ts";
import { chargeChunkInput } from "../../shared/contracts/dues.ts";
import { chargeChunk } from "./charge-chunk.ts";

const provided = provide(process.env, { runs, members, plans, invoiceNumbers, settings, clock });
const dependencies = {
  ...provided,
  failed: (memberNumber: string, error: unknown) => report("LINE_NOT_CHARGED", { memberNumber }, error),
};

export const handler = timedStepHandler(chargeChunkInput, chargeChunk, dependencies);
