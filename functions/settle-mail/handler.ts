import { clock } from "../../shared/adapters/aws/clock.ts";
import { ledger } from "../../shared/adapters/aws/dynamodb/mail-ledger.ts";
import { settings } from "../../shared/adapters/aws/dynamodb/settings-source.ts";
import { filing } from "../../shared/adapters/aws/dynamodb/shelf.ts";
import { provide } from "../../shared/adapters/aws/lambda/provide.ts";
import { stepHandler } from "../../shared/adapters/aws/lambda/step-handler.ts";
import { newId } from "../../shared/adapters/aws/new-id.ts";
import { mailEvent } from "../../shared/contracts/events.ts";
import { settleMail } from "./settle-mail.ts";

const dependencies = provide(process.env, { filing, ledger, settings, clock, newId });

export const handler = stepHandler(mailEvent, settleMail, dependencies);
