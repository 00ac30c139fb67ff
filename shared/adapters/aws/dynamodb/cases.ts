import type { CaseFile } from "../../../domain/agreement/case-file.ts";
import { emptyFiled } from "../../../domain/filing/filed.ts";
import type { MemberFile } from "../../../domain/membership/member-file.ts";
import { type CaseId, type Owner, ownerOf, ownerText } from "../../../domain/owner.ts";
import type { Admission, CaseOpening, Cases, OpeningOutcome } from "../../../ports/cases.ts";
import { inTable } from "../lambda/table-of.ts";
import { BODY, MAIL } from "./filed-parts.ts";
import { INVOICE_COUNTER } from "./invoice-counter.ts";
import { counterItem, keyItem, openGuardItem, parseItem } from "./items.ts";
import { keyOf, ownerOfPk, workList } from "./keys.ts";
import { linkPut } from "./links.ts";
import { DynamoDbShelf, RegisterIsInconsistent, staleUnlessBroken } from "./shelf.ts";
import { beginningParts, changeParts } from "./shelf-plan.ts";
import { casePlan, memberPlan } from "./shelf-plans.ts";
import { absent, type Part, type RawItem, type TableOptions } from "./table.ts";

/** The labels by which a refusal is recognised. */
const OPEN_GUARD = "open-guard";
const MEMBER_OF_CVR = "member-of-cvr";

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
    return lists
      .flat()
      .map(ownerOfItem)
      .flatMap((owner) => (owner.kind === "case" ? [owner.id] : []));
  }
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
  const { audit, errands } = opening;
  const records = [...[signer, contact].map((person) => ({ type: "person" as const, person }))];
  return [
    {
      label: OPEN_GUARD,
      put: { ...keyOf.openGuard(agreement.kind, agreement.cvr), caseId: agreement.id },
      condition: absent,
    },
    { label: MEMBER_OF_CVR, check: keyOf.memberOfCvr(agreement.kind, agreement.cvr), condition: absent },
    ...beginningParts(casePlan, file, { audit, records, ...(errands && { errands }) }),
    { label: "status-link", put: linkPut(statusLink), condition: absent },
  ];
}

function admissionParts({ read, change, member, contact, beginning }: Admission): Part[] {
  const file: MemberFile = {
    ...emptyFiled(ownerOf("member", member.id)),
    member,
    contactId: contact.id,
    dues: [],
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
