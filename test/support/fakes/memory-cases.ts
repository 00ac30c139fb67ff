import { isClosed } from "../../../shared/domain/agreement/agreement-case.ts";
import type { AgreementKind } from "../../../shared/domain/agreement/kind.ts";
import type { Change, FileOf } from "../../../shared/domain/files.ts";
import { emptyFiled } from "../../../shared/domain/filing/filed.ts";
import type { Member } from "../../../shared/domain/membership/member.ts";
import { isIssued } from "../../../shared/domain/membership/member-file.ts";
import type { CvrNumber } from "../../../shared/domain/organisation/cvr-number.ts";
import { type CaseId, ownerOf } from "../../../shared/domain/owner.ts";
import type { Admission, CaseOpening, Cases, OpeningOutcome } from "../../../shared/ports/cases.ts";
import type { Commit } from "../../../shared/ports/filing.ts";
import type { InvoiceNumbers } from "../../../shared/ports/invoice-numbers.ts";
import type { Members } from "../../../shared/ports/members.ts";
import { type MemoryFiles, MemoryShelf } from "./memory-filing.ts";
import type { MemoryLinks } from "./memory-links.ts";

const guardOf = (kind: AgreementKind, cvr: CvrNumber) => `${kind} ${cvr}`;

/** The register of members in memory. */
export class MemoryMembers extends MemoryShelf<"member"> implements Members, InvoiceNumbers {
  private lastMemberNumber = 0;
  private lastInvoiceNumber = 0;

  constructor(files: MemoryFiles) {
    super("member", files);
  }

  async nextMemberNumber(): Promise<number> {
    this.lastMemberNumber += 1;
    return this.lastMemberNumber;
  }

  async find(kind: AgreementKind, cvr: CvrNumber): Promise<Member | undefined> {
    return this.named(kind, cvr);
  }

  named(kind: AgreementKind, cvr: CvrNumber): Member | undefined {
    return this.files
      .of("member")
      .map(({ member }) => member)
      .find((member) => member.kind === kind && member.organisation.cvr === cvr);
  }

  async all(): Promise<Member[]> {
    return this.files.of("member").map(({ member }) => member);
  }

  async next(): Promise<number> {
    return this.lastInvoiceNumber + 1;
  }

  /** Whether each number that a change takes still is the next one. */
  numbersAreNext(file: FileOf["member"], change: Omit<Change<"member">, "after">): boolean {
    return numbersTaken(file, change).every((number) => number === this.lastInvoiceNumber + 1);
  }

  /** As the admission's transaction begins a member's file. */
  found(file: FileOf["member"], change: Omit<Change<"member">, "after">): void {
    this.apply(file, change);
  }

  protected override unchanged(change: Commit<"member">): FileOf["member"] | undefined {
    const file = super.unchanged(change);
    return file && this.numbersAreNext(file, change) ? file : undefined;
  }

  protected override apply(file: FileOf["member"], change: Change<"member">): void {
    for (const number of numbersTaken(file, change)) this.lastInvoiceNumber = number;
    super.apply(file, change);
  }
}

/** Of the lines that a change makes invoices of. */
function numbersTaken(
  { dues }: FileOf["member"],
  { records = [] }: Omit<Change<"member">, "after">,
): number[] {
  const stood = new Set(dues.filter(isIssued).map(({ state }) => state.invoiceNumber));
  return records
    .flatMap((record) => (record.type === "dues-line" && isIssued(record.line) ? [record.line] : []))
    .map(({ state }) => state.invoiceNumber)
    .filter((number) => !stood.has(number));
}

/** The register of cases in memory. */
export class MemoryCases extends MemoryShelf<"case"> implements Cases {
  private readonly links: MemoryLinks;
  private readonly members: MemoryMembers;
  private readonly openGuards = new Map<string, CaseId>();
  private readonly caseNumbers = new Map<number, number>();

  constructor(files: MemoryFiles, links: MemoryLinks, members: MemoryMembers) {
    super("case", files);
    this.links = links;
    this.members = members;
  }

  async nextCaseNumber(year: number): Promise<number> {
    const next = (this.caseNumbers.get(year) ?? 0) + 1;
    this.caseNumbers.set(year, next);
    return next;
  }

  async open(opening: CaseOpening): Promise<OpeningOutcome> {
    const { id, kind, cvr } = opening.case;
    const existing = this.openGuards.get(guardOf(kind, cvr));
    if (existing === id) return { kind: "opened" };
    if (existing !== undefined) return { kind: "open-case-exists", caseId: existing };
    if (this.members.named(kind, cvr)) return { kind: "already-member" };
    this.openGuards.set(guardOf(kind, cvr), id);
    this.links.add(opening.statusLink);
    const { signer, contact, organisation, audit, errands = [] } = opening;
    const file: FileOf["case"] = {
      ...emptyFiled(ownerOf("case", id)),
      case: opening.case,
      organisation,
      signerId: signer.id,
      contactId: contact.id,
      uploads: [],
      rounds: [],
    };
    const records = [signer, contact].map((person) => ({ type: "person" as const, person }));
    this.apply(file, { audit, records, errands });
    return { kind: "opened" };
  }

  async admit(admission: Admission): Promise<"committed" | "stale" | "already-member"> {
    const { read, change, member, contact, beginning } = admission;
    const file = this.unchanged({ ...change, read });
    if (!file) return "stale";
    if (this.members.named(member.kind, member.organisation.cvr)) return "already-member";
    const begun = { ...emptyFiled(ownerOf("member", member.id)), member, contactId: contact.id, dues: [] };
    if (!this.members.numbersAreNext(begun, beginning)) return "stale";
    this.apply(file, change);
    this.members.found(begun, beginning);
    return "committed";
  }

  async openCases(): Promise<CaseId[]> {
    return this.files
      .of("case")
      .filter((file) => !isClosed(file.case))
      .map(({ owner }) => owner.id);
  }

  protected override apply(file: FileOf["case"], change: Change<"case">): void {
    if (change.after && isClosed(change.after) && !isClosed(file.case))
      this.openGuards.delete(guardOf(file.case.kind, file.case.cvr));
    super.apply(file, change);
  }
}
