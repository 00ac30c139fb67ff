import * as z from "zod";
import { systemChance, systemClock } from "../../shared/adapters/aws/clock.ts";
import { DynamoDbMailLedger } from "../../shared/adapters/aws/dynamodb/mail-ledger.ts";
import { DynamoDbRegister } from "../../shared/adapters/aws/dynamodb/register.ts";
import { DynamoDbSettings } from "../../shared/adapters/aws/dynamodb/settings-source.ts";
import { environment } from "../../shared/adapters/aws/lambda/environment.ts";
import { stepHandler } from "../../shared/adapters/aws/lambda/step-handler.ts";
import { tableOf } from "../../shared/adapters/aws/lambda/table-of.ts";
import { newIdFrom } from "../../shared/adapters/aws/new-id.ts";
import { mailEvent } from "../../shared/contracts/events.ts";
import { settleMail } from "./settle-mail.ts";

const env = z.object({ TABLE_NAME: environment.TABLE_NAME }).parse(process.env);
const table = tableOf(env);

const dependencies = {
  register: new DynamoDbRegister(table),
  ledger: new DynamoDbMailLedger(table),
  settings: new DynamoDbSettings(table),
  clock: systemClock,
  newId: newIdFrom(systemChance),
};

export const handler = stepHandler(mailEvent, (input) => settleMail(input, dependencies));
