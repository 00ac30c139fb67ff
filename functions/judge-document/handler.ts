import { clock } from "../../shared/adapters/aws/clock.ts";
import { documents } from "../../shared/adapters/aws/document-store.ts";
import { papers } from "../../shared/adapters/aws/judging-papers.ts";
import { provide } from "../../shared/adapters/aws/lambda/provide.ts";
import { stepHandler } from "../../shared/adapters/aws/lambda/step-handler.ts";
import { judgeBeside } from "../../shared/adapters/pdf/pdf-judge.ts";
import { intakeExecution } from "../../shared/contracts/intake.ts";
import { judgeDocument } from "./judge-document.ts";

// The worker is a bundle of its own, so that it can be killed with whatever a file does to it.
const judge = judgeBeside(import.meta.url);
const dependencies = provide(process.env, { papers, documents, judge, clock });

export const handler = stepHandler(intakeExecution, judgeDocument, dependencies);
