import { S3Client } from "@aws-sdk/client-s3";
import * as z from "zod";
import { anchorsFromPem } from "../../pdf-evidence/trust/anchor-list.ts";
import { reviewedAnchors } from "../../pdf-evidence/trust/reviewed-anchors.ts";
import { systemClock } from "../../shared/adapters/aws/clock.ts";
import { S3DocumentStore } from "../../shared/adapters/aws/document-store.ts";
import { DynamoDbRegister } from "../../shared/adapters/aws/dynamodb/register.ts";
import { environment } from "../../shared/adapters/aws/lambda/environment.ts";
import { stepHandler } from "../../shared/adapters/aws/lambda/step-handler.ts";
import { tableOf } from "../../shared/adapters/aws/lambda/table-of.ts";
import { PdfJudge } from "../../shared/adapters/pdf/pdf-judge.ts";
import { intakeExecution } from "../../shared/contracts/intake.ts";
import { judgeDocument } from "./judge-document.ts";

const env = z
  .object({
    TABLE_NAME: environment.TABLE_NAME,
    INCOMING_BUCKET: environment.INCOMING_BUCKET,
    TRUST_ANCHORS: environment.TRUST_ANCHORS,
  })
  .parse(process.env);
const table = tableOf(env);

const dependencies = {
  register: new DynamoDbRegister(table),
  documents: new S3DocumentStore({ client: new S3Client(), incomingBucket: env.INCOMING_BUCKET }),
  // The worker is a bundle of its own, so that it can be killed with whatever a file does to it.
  judge: new PdfJudge({
    anchors: reviewedAnchors(anchorsFromPem(env.TRUST_ANCHORS, "the stage's settings")),
    workerEntry: new URL("./judging-worker.mjs", import.meta.url),
    pdfiumWasm: new URL("./pdfium.wasm", import.meta.url),
  }),
  clock: systemClock,
};

export const handler = stepHandler(intakeExecution, (input) => judgeDocument(input, dependencies));
