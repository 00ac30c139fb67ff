import { type AgreementCase, isConfirmed } from "../../../domain/agreement/agreement-case.ts";
import type { CaseFile } from "../../../domain/agreement/case-file.ts";
import { contactHash } from "../../../domain/agreement/case-questions.ts";
import { emptyFiled } from "../../../domain/filing/filed.ts";
import type { MemberFile } from "../../../domain/membership/member-file.ts";
import { type CaseId, type Owner, ownerOf, ownerText } from "../../../domain/owner.ts";
import type {
  Admission,
  Applying,
  CaseOpening,
  Cases,
  ConfirmingOutcome,
  OpeningOutcome,
  Repeat,
  Repeated,
  Standing,
} from "../../../ports/cases.ts";
import type { Commit } from "../../../ports/filing.ts";
import { inTable } from "../lambda/table-of.ts";
import { asRead, BODY, MAIL } from "./filed-parts.ts";
import { INVOICE_COUNTER } from "./invoice-counter.ts";
import { counterItem, keyItem, openGuardItem, parseItem, repeatItem } from "./items.ts";
import {
  type AppliedFor,
  before,
  type Key,
  keyOf,
  listed,
  ownerOfPk,
  prefixes,
  TTL_ATTRIBUTE,
  workList,
} from "./keys.ts";
import { linkPut } from "./links.ts";
import { DynamoDbShelf, RegisterIsInconsistent, staleUnlessBroken } from "./shelf.ts";
import { beginningParts, changeParts } from "./shelf-plan.ts";
import { appliedFor, casePlan, memberPlan } from "./shelf-plans.ts";
import { absent, MOST_PARTS, type Part, type RawItem, type TableOptions } from "./table.ts";

/** The labels by which a refusal is recognised. */
const OPEN_GUARD = "open-guard";
const MEMBER_OF_CVR = "member-of-cvr";
const REPEAT = "repeat";

/** The register of cases in the one DynamoDB table. */
export class DynamoDbCases extends DynamoDbShelf<"case"> implements Cases {
  constructor(options: TableOptions) {
    super(casePlan, options);
  }

  async nextCaseNumber(year: number): Promise<number> {
    const key = keyOf.caseCounter(year);
    const { changed } = await this.table.update(key, {
      expression: "ADD #last :one",
      names: { "#last": "last" },
      values: { ":one": 1 },
    });
    return parseItem(counterItem, { ...key, ...changed }).last;
  }

  async open(opening: CaseOpening): Promise<OpeningOutcome> {
    const outcome = await this.table.write(openingParts(opening));
    if (outcome.written) return { kind: "opened" };
    const repeat = outcome.refused.get(REPEAT);
    if (repeat) {
      const { caseId, bodyHash } = parseItem(repeatItem, repeat);
      return caseId === opening.case.id ? { kind: "opened" } : { kind: "repeated", caseId, bodyHash };
    }
    if (outcome.refused.has(OPEN_GUARD)) {
      const guard = outcome.refused.get(OPEN_GUARD);
      if (!guard) throw new RegisterIsInconsistent("a refusal without the item that caused it");
      const { caseId } = parseItem(openGuardItem, guard);
      // Our own: committed before, by an attempt whose answer was lost.
      return caseId === opening.case.id ? { kind: "opened" } : { kind: "open-case-exists", caseId };
    }
    if (outcome.refused.has(MEMBER_OF_CVR)) return { kind: "already-member" };
    // An unconfirmed one takes no guard: that its body is there already says that it was committed before.
    if (outcome.refused.has(BODY) && !isConfirmed(opening.case)) return { kind: "opened" };
    throw new RegisterIsInconsistent(`opening ${opening.case.id}: ${[...outcome.refused.keys()].join(", ")}`);
  }

  async repeated(keyHash: string, now: number): Promise<Repeated | undefined> {
    const item = await this.table.get(keyOf.repeat(keyHash));
    if (!item) return undefined;
    const { caseId, bodyHash, until } = parseItem(repeatItem, item);
    return now < until ? { caseId, bodyHash } : undefined;
  }

  async standing({ contact, ...body }: Applying): Promise<Standing> {
    const applied = { ...body, contactHash: contactHash(contact) };
    const [guard, member] = await Promise.all([
      this.table.get(keyOf.openGuard(applied)),
      this.table.get(keyOf.memberOfCvr(body.kind, body.cvr)),
    ]);
    if (guard) return { kind: "open-case-exists", caseId: parseItem(openGuardItem, guard).caseId };
    return member ? { kind: "already-member" } : { kind: "free" };
  }

  async confirm({ read, ...change }: Commit<"case">): Promise<ConfirmingOutcome> {
    const applied = appliedFor(read);
    const at = change.audit[0].at;
    const outcome = await this.table.write([
      ...changeParts(casePlan, read, change),
      guardPart(applied, read.owner.id, at),
      { label: "unconfirmed", delete: keyOf.unconfirmed(applied, read.owner.id) },
      { label: MEMBER_OF_CVR, check: keyOf.memberOfCvr(applied.kind, applied.cvr), condition: absent },
    ]);
    if (outcome.written) return "committed";
    // Our own guard: confirmed in the meantime, which the next reading shows.
    if (outcome.refused.has(BODY)) return "stale";
    const guard = outcome.refused.get(OPEN_GUARD);
    if (guard) return { kind: "open-case-exists", caseId: parseItem(openGuardItem, guard).caseId };
    if (outcome.refused.has(MEMBER_OF_CVR)) return { kind: "already-member" };
    return staleUnlessBroken(outcome.refused, ownerText(read.owner), [MAIL]);
  }

  async unconfirmedBeside({ contact, ...body }: Applying): Promise<CaseId[]> {
    const { pk } = keyOf.openGuard({ ...body, contactHash: contactHash(contact) });
    const items = await this.table.partition(pk, { prefix: prefixes.unconfirmed });
    return items.map((item) => parseItem(openGuardItem, item).caseId);
  }

  async gone(now: number, atMost: number): Promise<CaseId[]> {
    const items = await this.table.list("work", workList.unconfirmed, before(now + 1), atMost);
    return casesOf(items.map(ownerOfItem));
  }

  async openFor(applied: Pick<Applying, "kind" | "cvr">): Promise<CaseId[]> {
    const items = await this.table.list("work", workList.rivals(applied));
    return items.map((item) => parseItem(openGuardItem, item).caseId);
  }

  /** The body goes last and with the people, so that what a crash left half is found in the list again. */
  async discard(read: CaseFile): Promise<"discarded" | "stale"> {
    const { pk, sk } = keyOf.body(read.owner);
    const last = ({ sk: other }: Key) => other === sk || other.startsWith(prefixes.person);
    const keys = (await this.table.partition(pk)).map((item) => parseItem(keyItem, item));
    const others = keys.filter((key) => !last(key));
    for (let from = 0; from < others.length; from += MOST_PARTS)
      await this.table.write(
        others.slice(from, from + MOST_PARTS).map((key) => ({ label: "discarded", delete: key })),
      );
    const outcome = await this.table.write([
      { label: BODY, delete: { pk, sk }, condition: asRead(read) },
      ...keys.filter((key) => last(key) && key.sk !== sk).map((key) => ({ label: "discarded", delete: key })),
      { label: "unconfirmed", delete: keyOf.unconfirmed(appliedFor(read), read.owner.id) },
    ]);
    return outcome.written ? "discarded" : "stale";
  }

  async admit(admission: Admission): Promise<"committed" | "stale" | "already-member"> {
    const outcome = await this.table.write(admissionParts(admission));
    if (outcome.written) return "committed";
    // The case and the member's own body bear the same label: a refused admission was decided on an old reading.
    if (outcome.refused.has(MEMBER_OF_CVR) && !outcome.refused.has(BODY)) return "already-member";
    return staleUnlessBroken(outcome.refused, ownerText(admission.read.owner), [BODY, MAIL, INVOICE_COUNTER]);
  }

  async openCases(): Promise<CaseId[]> {
    const lists = await Promise.all(
      (["submitter", "secretariat", "chair", "system"] as const).map((actor) =>
        this.table.list("work", workList.actor(actor)),
      ),
    );
    return casesOf(lists.flat().map(ownerOfItem));
  }
}

function casesOf(owners: readonly Owner[]): CaseId[] {
  return owners.flatMap((owner) => (owner.kind === "case" ? [owner.id] : []));
}

/** One that has run out may be taken again; the table clears it away some time after. */
function repeatPart({ keyHash, bodyHash, until }: Repeat, { id, openedAt }: AgreementCase): Part {
  const ttl = Math.ceil(until / 1000);
  return {
    label: REPEAT,
    put: { ...keyOf.repeat(keyHash), caseId: id, bodyHash, until, [TTL_ATTRIBUTE]: ttl },
    condition: {
      expression: "attribute_not_exists(#pk) OR #until <= :now",
      names: { "#pk": "pk", "#until": "until" },
      values: { ":now": openedAt },
    },
  };
}

/** Listed for whoever looks for others that apply for the same body. */
function guardPart(applied: AppliedFor, caseId: CaseId, since: number): Part {
  return {
    label: OPEN_GUARD,
    put: {
      ...keyOf.openGuard(applied),
      caseId,
      ...listed(workList.rivals(applied), since, ownerOf("case", caseId)),
    },
    condition: absent,
  };
}

/** Whose an item of a work list is. @throws RegisterIsInconsistent */
export function ownerOfItem(item: RawItem): Owner {
  const { pk } = parseItem(keyItem, item);
  const owner = ownerOfPk(pk);
  if (!owner) throw new RegisterIsInconsistent(`${pk} is in a work list and belongs to nobody`);
  return owner;
}

function openingParts(opening: CaseOpening): Part[] {
  const { case: agreement, organisation, signer, contact, statusLink } = opening;
  const file: CaseFile = {
    ...emptyFiled(ownerOf("case", agreement.id)),
    case: agreement,
    organisation,
    signerId: signer.id,
    contactId: contact.id,
    uploads: [],
    rounds: [],
  };
  const applied = {
    kind: agreement.kind,
    cvr: agreement.cvr,
    contactHash: contactHash(contact.email),
  };
  const { audit, errands } = opening;
  const records = [...[signer, contact].map((person) => ({ type: "person" as const, person }))];
  return [
    isConfirmed(agreement)
      ? guardPart(applied, agreement.id, agreement.openedAt)
      : {
          label: "unconfirmed",
          put: { ...keyOf.unconfirmed(applied, agreement.id), caseId: agreement.id },
        },
    { label: MEMBER_OF_CVR, check: keyOf.memberOfCvr(agreement.kind, agreement.cvr), condition: absent },
    ...beginningParts(casePlan, file, { audit, records, ...(errands && { errands }) }),
    { label: "status-link", put: linkPut(statusLink), condition: absent },
    ...(opening.repeat ? [repeatPart(opening.repeat, agreement)] : []),
  ];
}

function admissionParts({ read, change, member, contact, beginning }: Admission): Part[] {
  const file: MemberFile = {
    ...emptyFiled(ownerOf("member", member.id)),
    member,
    contactId: contact.id,
    dues: [],
    postings: [],
  };
  return [
    ...changeParts(casePlan, read, change),
    {
      label: MEMBER_OF_CVR,
      put: { ...keyOf.memberOfCvr(member.kind, member.organisation.cvr), memberId: member.id },
      condition: absent,
    },
    ...beginningParts(memberPlan, file, beginning),
  ];
}

/** For a handler. */
export const cases = inTable((table) => new DynamoDbCases(table));
