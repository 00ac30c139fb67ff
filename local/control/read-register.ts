import { type DynamoDBClient, paginateScan } from "@aws-sdk/client-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import { caseItem, memberItem, parseItem } from "../../shared/adapters/aws/dynamodb/items.ts";
import type { CaseStatus } from "../../shared/domain/agreement/agreement-case.ts";
import type { AgreementKind } from "../../shared/domain/agreement/kind.ts";

/** What the control page shows of the register. Times are epoch ms, the day of joining is YYYY-MM-DD. */
export interface ShownRegister {
  members: { memberNumber: string; name: string; cvr: string; kind: AgreementKind; joinedOn: string }[];
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
export async function readRegister(client: DynamoDBClient, tableName: string): Promise<ShownRegister> {
  const register: ShownRegister = { members: [], cases: [] };
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
  for await (const { Items = [] } of pages) {
    for (const item of Items.map((raw) => unmarshall(raw))) {
      if (item["sk"] === "MEMBER") {
        const { organisation, kind, joinedOn, memberNumber } = parseItem(memberItem, item).member;
        register.members.push({
          memberNumber,
          name: organisation.name,
          cvr: organisation.cvr,
          kind,
          joinedOn,
        });
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
  }
  register.members.sort((a, b) => b.joinedOn.localeCompare(a.joinedOn) || a.name.localeCompare(b.name, "da"));
  register.cases.sort((a, b) => b.since - a.since);
  return register;
}
