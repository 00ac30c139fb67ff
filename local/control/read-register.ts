import { type DynamoDBClient, paginateScan } from "@aws-sdk/client-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import { caseItem, memberItem, parseItem } from "../../shared/adapters/aws/dynamodb/items.ts";
import { DynamoDbMembers } from "../../shared/adapters/aws/dynamodb/members.ts";
import type { TableOptions } from "../../shared/adapters/aws/dynamodb/table.ts";
import { clientOf } from "../../shared/adapters/aws/sdk/loaded-client.ts";
import type { CaseStatus } from "../../shared/domain/agreement/agreement-case.ts";
import type { AgreementKind } from "../../shared/domain/agreement/kind.ts";
import { balances, type InvoiceState, invoiceState } from "../../shared/domain/ledger/balance.ts";
import { type MemberFile, memberContact } from "../../shared/domain/membership/member-file.ts";
import type { StandingStatus } from "../../shared/domain/membership/standing.ts";

/** What the control shows of the register. Times are epoch ms, days YYYY-MM-DD, amounts whole øre. */
export interface ShownRegister {
  members: {
    memberNumber: string;
    name: string;
    cvr: string;
    gln: string | undefined;
    kind: AgreementKind;
    status: StandingStatus;
    joinedOn: string;
    contact: { name: string; email: string };
    invoices: {
      number: string;
      year: number;
      totalOere: number;
      vatOere: number;
      dueOn: string;
      state: InvoiceState;
      paidOere: number;
    }[];
  }[];
  cases: {
    caseNumber: string;
    name: string;
    kind: AgreementKind;
    status: CaseStatus;
    held: boolean;
    since: number;
  }[];
}

/** Reads the whole table: fit for one machine's few cases, and for nothing else. Newest first. */
export async function readRegister(table: TableOptions): Promise<ShownRegister> {
  const register: ShownRegister = { members: [], cases: [] };
  const members = new DynamoDbMembers(table);
  for await (const item of bodies(await clientOf(table.client), table.tableName)) {
    if (item["sk"] === "MEMBER") {
      const file = await members.read(parseItem(memberItem, item).member.id);
      if (file) register.members.push(shownMember(file));
    } else {
      const { case: found, organisation } = parseItem(caseItem, item);
      const { caseNumber, kind, status, since, hold } = found;
      register.cases.push({
        caseNumber,
        name: organisation.name,
        kind,
        status,
        held: hold !== undefined,
        since,
      });
    }
  }
  register.members.sort((a, b) => b.joinedOn.localeCompare(a.joinedOn) || a.name.localeCompare(b.name, "da"));
  register.cases.sort((a, b) => b.since - a.since);
  return register;
}

async function* bodies(client: DynamoDBClient, tableName: string): AsyncGenerator<Record<string, unknown>> {
  const pages = paginateScan(
    { client },
    {
      TableName: tableName,
      FilterExpression: "#sk IN (:case, :member) AND NOT begins_with(#pk, :guard)",
      ExpressionAttributeNames: { "#pk": "pk", "#sk": "sk" },
      ExpressionAttributeValues: {
        ":case": { S: "CASE" },
        ":member": { S: "MEMBER" },
        ":guard": { S: "CVR#" },
      },
    },
  );
  for await (const { Items = [] } of pages) for (const raw of Items) yield unmarshall(raw);
}

function shownMember(file: MemberFile): ShownRegister["members"][number] {
  const { organisation, kind, joinedOn, memberNumber, standing } = file.member;
  const { name, email } = memberContact(file);
  return {
    memberNumber,
    name: organisation.name,
    cvr: organisation.cvr,
    gln: organisation.gln,
    kind,
    status: standing.status,
    joinedOn,
    contact: { name, email },
    invoices: balances(file).map((balance) => ({
      number: balance.invoice,
      year: balance.line?.year ?? Number(balance.dueOn.slice(0, 4)),
      totalOere: balance.totalOere,
      vatOere: balance.line?.vatOere ?? 0,
      dueOn: balance.dueOn,
      state: invoiceState(balance),
      paidOere: balance.paidOere,
    })),
  };
}
