import { stageSettings } from "../../infra/stage-settings.ts";
import { DynamoDbCases } from "../../shared/adapters/aws/dynamodb/cases.ts";
import { DynamoDbLimits } from "../../shared/adapters/aws/dynamodb/limits.ts";
import { DynamoDbLinks } from "../../shared/adapters/aws/dynamodb/links.ts";
import { DynamoDbMailLedger } from "../../shared/adapters/aws/dynamodb/mail-ledger.ts";
import { DynamoDbInvoiceNumbers, DynamoDbMembers } from "../../shared/adapters/aws/dynamodb/members.ts";
import { DynamoDbOutbox, DynamoDbWaits } from "../../shared/adapters/aws/dynamodb/outbox.ts";
import { DynamoDbFounding } from "../../shared/adapters/aws/dynamodb/shelf.ts";
import { officePlan, runPlan } from "../../shared/adapters/aws/dynamodb/shelf-plans.ts";
import { aTable } from "../support/a-table.ts";
import { MemoryCases, MemoryMembers } from "../support/fakes/memory-cases.ts";
import { MemoryFiles, memoryFiling } from "../support/fakes/memory-filing.ts";
import { MemoryLimits } from "../support/fakes/memory-limits.ts";
import { MemoryLinks } from "../support/fakes/memory-links.ts";
import { MemoryMailLedger } from "../support/fakes/memory-mail-ledger.ts";
import { MemoryOutbox, MemoryWaits } from "../support/fakes/memory-outbox.ts";
import { admissionsContract } from "./admissions-contract.ts";
import { casesContract } from "./cases-contract.ts";
import { filedContract } from "./filed-contract.ts";
import { limitsContract } from "./limits-contract.ts";
import { linksContract } from "./links-contract.ts";
import { mailLedgerContract } from "./mail-ledger-contract.ts";
import type { RegisterWorld } from "./register-world.ts";

const { limits: ceilings } = stageSettings("prod");

async function inMemory(): Promise<RegisterWorld> {
  const files = new MemoryFiles();
  const links = new MemoryLinks();
  const members = new MemoryMembers(files);
  const cases = new MemoryCases(files, links, members);
  return {
    filing: { ...memoryFiling(files), case: cases, member: members },
    cases,
    members,
    invoiceNumbers: members,
    outbox: new MemoryOutbox(files),
    waits: new MemoryWaits(files),
    links,
    ledger: new MemoryMailLedger(files),
  };
}

async function inDynamoDb(): Promise<RegisterWorld> {
  const table = await aTable();
  const cases = new DynamoDbCases(table);
  const members = new DynamoDbMembers(table);
  return {
    filing: {
      case: cases,
      member: members,
      run: new DynamoDbFounding(runPlan, table),
      office: new DynamoDbFounding(officePlan, table),
    },
    cases,
    members,
    invoiceNumbers: new DynamoDbInvoiceNumbers(table),
    outbox: new DynamoDbOutbox(table),
    waits: new DynamoDbWaits(table),
    links: new DynamoDbLinks(table),
    ledger: new DynamoDbMailLedger(table),
  };
}

for (const [kind, start] of [
  ["in memory", inMemory],
  ["DynamoDB", inDynamoDb],
] as const) {
  casesContract(kind, start);
  admissionsContract(kind, start);
  filedContract(kind, start);
  mailLedgerContract(kind, start);
}
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
      "unconfirmed-mails-per-recipient": ceilings.mails.unconfirmedPerDayPerRecipient,
    }),
);
limitsContract("DynamoDB", async () => new DynamoDbLimits({ ...(await aTable()), ceilings }));
