import { stageSettings } from "../../infra/stage-settings.ts";
import { DynamoDbLimits } from "../../shared/adapters/aws/dynamodb/limits.ts";
import { DynamoDbLinks } from "../../shared/adapters/aws/dynamodb/links.ts";
import { DynamoDbMailLedger } from "../../shared/adapters/aws/dynamodb/mail-ledger.ts";
import { DynamoDbRegister } from "../../shared/adapters/aws/dynamodb/register.ts";
import { aTable } from "../support/a-table.ts";
import { MemoryLimits } from "../support/fakes/memory-limits.ts";
import { MemoryLinks } from "../support/fakes/memory-links.ts";
import { MemoryMailLedger } from "../support/fakes/memory-mail-ledger.ts";
import { MemoryRegister } from "../support/fakes/memory-register.ts";
import { limitsContract } from "./limits-contract.ts";
import { linksContract } from "./links-contract.ts";
import { mailLedgerContract } from "./mail-ledger-contract.ts";
import { type RegisterWorld, registerContract } from "./register-contract.ts";

const { limits: ceilings } = stageSettings("prod");

async function inMemory(): Promise<RegisterWorld> {
  const links = new MemoryLinks();
  const register = new MemoryRegister(links);
  return { register, links, ledger: new MemoryMailLedger(register) };
}

async function inDynamoDb(): Promise<RegisterWorld> {
  const table = await aTable();
  return {
    register: new DynamoDbRegister(table),
    links: new DynamoDbLinks(table),
    ledger: new DynamoDbMailLedger(table),
  };
}

registerContract("in memory", inMemory);
registerContract("DynamoDB", inDynamoDb);
mailLedgerContract("in memory", inMemory);
mailLedgerContract("DynamoDB", inDynamoDb);
linksContract("in memory", async () => new MemoryLinks());
linksContract("DynamoDB", async () => new DynamoDbLinks(await aTable()));
limitsContract(
  "in memory",
  async () =>
    new MemoryLimits({
      "forms-per-address": ceilings.formsPerHourPerAddress,
      "forms-per-cvr": ceilings.formsPerDayPerCvr,
      "uploads-per-case": ceilings.uploadsPerDayPerCase,
      "wrong-codes-per-address": ceilings.wrongCodesPerHourPerAddress,
    }),
);
limitsContract("DynamoDB", async () => new DynamoDbLimits({ ...(await aTable()), ceilings }));
