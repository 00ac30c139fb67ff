import { clock } from "../../shared/adapters/aws/clock.ts";
import { waits } from "../../shared/adapters/aws/dynamodb/outbox.ts";
import { runs } from "../../shared/adapters/aws/dynamodb/shelf.ts";
import { provide } from "../../shared/adapters/aws/lambda/provide.ts";
import { stepHandler } from "../../shared/adapters/aws/lambda/step-handler.ts";
import { workflows } from "../../shared/adapters/aws/step-functions.ts";
import { storeRunTokenInput } from "../../shared/contracts/dues.ts";
import { storeRunToken } from "./store-run-token.ts";

const dependencies = provide(process.env, { runs, waits, workflows, clock });

export const handler = stepHandler(storeRunTokenInput, storeRunToken, dependencies);
