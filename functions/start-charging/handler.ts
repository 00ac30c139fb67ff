import { clock } from "../../shared/adapters/aws/clock.ts";
import { runs } from "../../shared/adapters/aws/dynamodb/shelf.ts";
import { provide } from "../../shared/adapters/aws/lambda/provide.ts";
import { stepHandler } from "../../shared/adapters/aws/lambda/step-handler.ts";
import { duesExecution } from "../../shared/contracts/dues.ts";
import { startCharging } from "./start-charging.ts";

const dependencies = provide(process.env, { runs, clock });

export const handler = stepHandler(duesExecution, startCharging, dependencies);
