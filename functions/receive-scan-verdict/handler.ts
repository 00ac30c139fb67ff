import { clock } from "../../shared/adapters/aws/clock.ts";
import { documents } from "../../shared/adapters/aws/document-store.ts";
import { cases } from "../../shared/adapters/aws/dynamodb/cases.ts";
import { provide } from "../../shared/adapters/aws/lambda/provide.ts";
import { stepHandler } from "../../shared/adapters/aws/lambda/step-handler.ts";
import { scanResult } from "../../shared/contracts/events.ts";
import { receiveScanVerdict } from "./receive-scan-verdict.ts";

const dependencies = provide(process.env, { cases, documents, clock });

export const handler = stepHandler(scanResult, receiveScanVerdict, dependencies);
