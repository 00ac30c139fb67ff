import { clock } from "../../shared/adapters/aws/clock.ts";
import { runs } from "../../shared/adapters/aws/dynamodb/shelf.ts";
import { provide } from "../../shared/adapters/aws/lambda/provide.ts";
import { stepHandler } from "../../shared/adapters/aws/lambda/step-handler.ts";
import { planRunWakeInput } from "../../shared/contracts/dues.ts";
import { planRunWake } from "./plan-run-wake.ts";

const dependencies = provide(process.env, { runs, clock });

export const handler = stepHandler(planRunWakeInput, planRunWake, dependencies);
