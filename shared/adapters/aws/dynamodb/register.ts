import type { CaseId, MemberId } from "../../../domain/agreement/agreement-case.ts";
import type { CaseFile, TaskRecord } from "../../../domain/agreement/case-file.ts";
import { type MembershipKind, membershipKinds } from "../../../domain/agreement/kind.ts";
import type { OutboxItem } from "../../../domain/errands/errand.ts";
import type { DuesLine, Member } from "../../../domain/membership/member.ts";
import type { CvrNumber } from "../../../domain/organisation/cvr-number.ts";
import type {
  Admission,
  CaseChange,
  CaseOpening,
  OpeningOutcome,
  Register,
} from "../../../ports/register.ts";
import {
  counterItem,
  duesItem,
  keyItem,
  mailItem,
  memberItem,
  memberOfCvrItem,
  openGuardItem,
  parseItem,
  taskItem,
} from "./items.ts";
import { before, caseIdOf, DUES_PREFIX, keyOf, workList, yearList } from "./keys.ts";
import { caseFileFrom } from "./read-case-file.ts";
import { type RawItem, Table, type TableOptions } from "./table.ts";
import {
  admissionParts,
  asRead,
  CASE,
  changeParts,
  INVOICE_COUNTER,
  MEMBER_OF_CVR,
  OPEN_GUARD,
  openingParts,
} from "./transactions.ts";

/** A condition failed that only a fault of ours can make fail: an id used twice, or a guard that isn't the case's. */
export class RegisterIsInconsistent extends Error {
  override readonly name = "RegisterIsInconsistent";
}

/** The register in one DynamoDB table. */
export class DynamoDbRegister implements Register {
  private readonly table: Table;

  constructor(options: TableOptions) {
    this.table = new Table(options);
  }

  async nextCaseNumber(year: number): Promise<number> {
    const { changed } = await this.table.update(keyOf.caseCounter(year), {
      expression: "ADD #last :one",
      names: { "#last": "last" },
      values: { ":one": 1 },
    });
    return parseItem(counterItem, { ...keyOf.caseCounter(year), ...changed }).last;
  }

  async open(opening: CaseOpening): Promise<OpeningOutcome> {
    const outcome = await this.table.write(openingParts(opening));
    if (outcome.written) return { kind: "opened" };
    if (outcome.refused.has(OPEN_GUARD)) {
      const guard = outcome.refused.get(OPEN_GUARD);
      if (!guard) throw new RegisterIsInconsistent("a refusal without the item that caused it");
      const { caseId } = parseItem(openGuardItem, guard);
      // Our own: committed before, by an attempt whose answer was lost.
      return caseId === opening.case.id ? { kind: "opened" } : { kind: "open-case-exists", caseId };
    }
    if (outcome.refused.has(MEMBER_OF_CVR)) return { kind: "already-member" };
    throw new RegisterIsInconsistent(`opening ${opening.case.id}: ${[...outcome.refused.keys()].join(", ")}`);
  }

  async read(caseId: CaseId): Promise<CaseFile | undefined> {
    return caseFileFrom(await this.table.partition(keyOf.case(caseId).pk));
  }

  async commit(change: CaseChange): Promise<"committed" | "stale"> {
    const outcome = await this.table.write(changeParts(change));
    if (outcome.written) return "committed";
    return staleUnlessBroken(outcome.refused, change.after.id, [CASE, "mail"]);
  }

  async nextInvoiceNumber(): Promise<number> {
    const counter = await this.table.get(keyOf.invoiceCounter());
    return counter ? parseItem(counterItem, counter).last + 1 : 1;
  }

  async admit(admission: Admission): Promise<"committed" | "stale" | "already-member"> {
    const outcome = await this.table.write(admissionParts(admission));
    if (outcome.written) return "committed";
    if (outcome.refused.has(MEMBER_OF_CVR) && !outcome.refused.has(CASE)) return "already-member";
    return staleUnlessBroken(outcome.refused, admission.after.id, [CASE, "mail", INVOICE_COUNTER]);
  }

  async findMember(kind: MembershipKind, cvr: CvrNumber): Promise<Member | undefined> {
    const found = await this.table.get(keyOf.memberOfCvr(kind, cvr));
    if (!found) return undefined;
    const { memberId } = parseItem(memberOfCvrItem, found);
    const member = await this.table.get(keyOf.member(memberId));
    if (!member) throw new RegisterIsInconsistent(`the member ${memberId} is named by a CVR and isn't there`);
    return parseItem(memberItem, member);
  }

  async duesLines(memberId: MemberId): Promise<DuesLine[]> {
    const lines = await this.table.partition(keyOf.member(memberId).pk, { prefix: DUES_PREFIX });
    return lines.map((line) => parseItem(duesItem, line));
  }

  async storeTaskToken(
    read: CaseFile,
    versionId: string,
    token: string,
    now: number,
  ): Promise<"stored" | "stale"> {
    const { id } = read.case;
    const outcome = await this.table.write([
      { label: CASE, check: keyOf.case(id), condition: asRead(read) },
      { label: "wait", put: { ...keyOf.wait(id, versionId), versionId, token, storedAt: now } },
    ]);
    return outcome.written ? "stored" : "stale";
  }

  async finishErrand(caseId: CaseId, item: OutboxItem): Promise<void> {
    await this.table.delete(keyOf.errand(caseId, item.sequence));
  }

  async openCases(): Promise<CaseId[]> {
    const lists = await Promise.all(
      (["submitter", "secretariat", "chair", "system"] as const).map((actor) =>
        this.table.list("work", workList.actor(actor)),
      ),
    );
    return casesOf(lists.flat());
  }

  async casesWithErrands(): Promise<CaseId[]> {
    return casesOf(await this.table.list("work", workList.errands));
  }

  async openTasks(): Promise<{ caseId: CaseId; task: TaskRecord }[]> {
    const items = await this.table.list("work", workList.tasks);
    return items.map((item) => ({ caseId: caseOf(item), task: parseItem(taskItem, item) }));
  }

  async unsettledMails(claimedBefore: number): Promise<{ caseId: CaseId; ledgerKey: string }[]> {
    const items = await this.table.list("work", workList.uncertainMails, before(claimedBefore));
    return items.map((item) => ({
      caseId: caseOf(item),
      ledgerKey: parseItem(mailItem, item).ledgerKey,
    }));
  }

  async members(): Promise<Member[]> {
    const lists = await Promise.all(
      membershipKinds.map((kind) => this.table.list("year", yearList.members(kind))),
    );
    return lists.flat().map((item) => parseItem(memberItem, item));
  }
}

/** Stale is what a race explains; any other refused condition would stay refused for ever. */
function staleUnlessBroken(
  refused: ReadonlyMap<string, RawItem | undefined>,
  caseId: CaseId,
  racing: readonly string[],
): "stale" {
  if (racing.some((label) => refused.has(label))) return "stale";
  throw new RegisterIsInconsistent(`changing ${caseId}: ${[...refused.keys()].join(", ")}`);
}

function caseOf(item: RawItem): CaseId {
  const { pk } = parseItem(keyItem, item);
  const caseId = caseIdOf(pk);
  if (!caseId) throw new RegisterIsInconsistent(`${pk} is in a work list and belongs to no case`);
  return caseId;
}

function casesOf(items: readonly RawItem[]): CaseId[] {
  return [...new Set(items.map(caseOf))];
}
