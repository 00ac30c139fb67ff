import { clock } from "../../shared/adapters/aws/clock.ts";
import { runs } from "../../shared/adapters/aws/dynamodb/shelf.ts";
import { provide } from "../../shared/adapters/aws/lambda/provide.ts";
import { stepHandler } from "../../shared/adapters/aws/lambda/step-handler.ts";
import { calendarCalls } from "../../shared/contracts/dues.ts";
import { beginDuesRunWhenDue } from "./begin-dues-run.ts";

export const handler = stepHandler(calendarCalls, beginDuesRunWhenDue, provide(process.env, { runs, clock }));
