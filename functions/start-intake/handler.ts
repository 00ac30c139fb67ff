import { documents } from "../../shared/adapters/aws/document-store.ts";
import { provide } from "../../shared/adapters/aws/lambda/provide.ts";
import { stepHandler } from "../../shared/adapters/aws/lambda/step-handler.ts";
import { intake } from "../../shared/adapters/aws/step-functions.ts";
import { objectCreated } from "../../shared/contracts/events.ts";
import { startIntake } from "./start-intake.ts";

const dependencies = provide(process.env, { documents, intake });

export const handler = stepHandler(objectCreated, startIntake, dependencies);
