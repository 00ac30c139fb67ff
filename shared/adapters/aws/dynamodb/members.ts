import { type AgreementKind, agreementKinds } from "../../../domain/agreement/kind.ts";
import type { Member } from "../../../domain/membership/member.ts";
import type { CvrNumber } from "../../../domain/organisation/cvr-number.ts";
import { ownerOf } from "../../../domain/owner.ts";
import type { InvoiceNumbers } from "../../../ports/invoice-numbers.ts";
import type { Members } from "../../../ports/members.ts";
import { inTable } from "../lambda/table-of.ts";
import { counterItem, memberItem, memberOfCvrItem, parseItem } from "./items.ts";
import { keyOf, yearList } from "./keys.ts";
import { DynamoDbShelf, RegisterIsInconsistent } from "./shelf.ts";
import { memberPlan } from "./shelf-plans.ts";
import { Table, type TableOptions } from "./table.ts";

/** The register of members in the one DynamoDB table. */
export class DynamoDbMembers extends DynamoDbShelf<"member"> implements Members {
  constructor(options: TableOptions) {
    super(memberPlan, options);
  }

  async nextMemberNumber(): Promise<number> {
    const key = keyOf.memberCounter();
    const { changed } = await this.table.update(key, {
      expression: "ADD #last :one",
      names: { "#last": "last" },
      values: { ":one": 1 },
    });
    return parseItem(counterItem, { ...key, ...changed }).last;
  }

  async find(kind: AgreementKind, cvr: CvrNumber): Promise<Member | undefined> {
    const found = await this.table.get(keyOf.memberOfCvr(kind, cvr));
    if (!found) return undefined;
    const { memberId } = parseItem(memberOfCvrItem, found);
    const item = await this.table.get(keyOf.body(ownerOf("member", memberId)));
    if (!item) throw new RegisterIsInconsistent(`the member ${memberId} is named by a CVR and isn't there`);
    return parseItem(memberItem, item).member;
  }

  async all(): Promise<Member[]> {
    const lists = await Promise.all(
      agreementKinds.map((kind) => this.table.list("year", yearList.members(kind))),
    );
    return lists.flat().map((item) => parseItem(memberItem, item).member);
  }
}

/** The one series of invoice numbers. */
export class DynamoDbInvoiceNumbers implements InvoiceNumbers {
  private readonly table: Table;

  constructor(options: TableOptions) {
    this.table = new Table(options);
  }

  async next(): Promise<number> {
    const counter = await this.table.get(keyOf.invoiceCounter());
    return counter ? parseItem(counterItem, counter).last + 1 : 1;
  }
}

/** For a handler. */
export const members = inTable((table) => new DynamoDbMembers(table));
export const invoiceNumbers = inTable((table) => new DynamoDbInvoiceNumbers(table));
