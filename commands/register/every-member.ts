import { DynamoDbMembers } from "../../shared/adapters/aws/dynamodb/members.ts";
import type { TableOptions } from "../../shared/adapters/aws/dynamodb/table.ts";
import type { MemberFile } from "../../shared/domain/membership/member-file.ts";

/** Every member's file, read consistently, by member number. */
export async function everyMember(table: TableOptions): Promise<MemberFile[]> {
  const members = new DynamoDbMembers(table);
  const ids = (await members.all()).map(({ id }) => id);
  const files = (await Promise.all(ids.map((id) => members.read(id)))).flatMap((file) => file ?? []);
  return files.toSorted((a, b) => (a.member.memberNumber < b.member.memberNumber ? -1 : 1));
}
