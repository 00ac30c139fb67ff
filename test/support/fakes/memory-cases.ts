import { isClosed, isConfirmed, isGone } from "../../../shared/domain/agreement/agreement-case.ts";
import type { CaseFile } from "../../../shared/domain/agreement/case-file.ts";
import { contactOf } from "../../../shared/domain/agreement/case-questions.ts";
import type { AgreementKind } from "../../../shared/domain/agreement/kind.ts";
import type { Change, FileOf } from "../../../shared/domain/files.ts";
import { emptyFiled } from "../../../shared/domain/filing/filed.ts";
import type { Member } from "../../../shared/domain/membership/member.ts";
import { isIssued } from "../../../shared/domain/membership/member-file.ts";
import type { CvrNumber } from "../../../shared/domain/organisation/cvr-number.ts";
import { type CaseId, ownerOf, ownerText } from "../../../shared/domain/owner.ts";
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
} from "../../../shared/ports/cases.ts";
import type { Commit } from "../../../shared/ports/filing.ts";
import type { InvoiceNumbers } from "../../../shared/ports/invoice-numbers.ts";
import type { Members } from "../../../shared/ports/members.ts";
import { type MemoryFiles, MemoryShelf } from "./memory-filing.ts";
import type { MemoryLinks } from "./memory-links.ts";

const guardOf = ({ kind, cvr, contact }: Applying) => `${kind} ${cvr} ${contact.toLowerCase()}`;
const applyingOf = (file: FileOf["case"]): Applying => ({
  kind: file.case.kind,
  cvr: file.case.cvr,
  contact: contactOf(file).email,
});

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
  private readonly repeats = new Map<string, Repeat & Repeated>();
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
    const applying = { kind, cvr, contact: opening.contact.email };
    if (this.files.get("case", id)) return { kind: "opened" };
    const repeated = opening.repeat && this.repeatedBy(opening.repeat.keyHash, opening.case.openedAt);
    if (repeated) return { kind: "repeated", ...repeated };
    const standing = this.standingOf(applying);
    if (standing.kind === "already-member") return standing;
    if (isConfirmed(opening.case)) {
      if (standing.kind !== "free") return standing;
      this.openGuards.set(guardOf(applying), id);
    }
    if (opening.repeat) this.repeats.set(opening.repeat.keyHash, { ...opening.repeat, caseId: id });
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

  async repeated(keyHash: string, now: number): Promise<Repeated | undefined> {
    return this.repeatedBy(keyHash, now);
  }

  private repeatedBy(keyHash: string, now: number): Repeated | undefined {
    const repeat = this.repeats.get(keyHash);
    return repeat && now < repeat.until ? { caseId: repeat.caseId, bodyHash: repeat.bodyHash } : undefined;
  }

  async standing(applying: Applying): Promise<Standing> {
    return this.standingOf(applying);
  }

  private standingOf(applying: Applying): Standing {
    const caseId = this.openGuards.get(guardOf(applying));
    if (caseId !== undefined) return { kind: "open-case-exists", caseId };
    return this.members.named(applying.kind, applying.cvr) ? { kind: "already-member" } : { kind: "free" };
  }

  async confirm(change: Commit<"case">): Promise<ConfirmingOutcome> {
    const file = this.unchanged(change);
    if (!file) return "stale";
    const standing = this.standingOf(applyingOf(file));
    if (standing.kind !== "free") return standing;
    this.openGuards.set(guardOf(applyingOf(file)), file.owner.id);
    this.apply(file, change);
    return "committed";
  }

  async unconfirmedBeside(applying: Applying): Promise<CaseId[]> {
    return this.files
      .of("case")
      .filter((file) => !isConfirmed(file.case) && guardOf(applyingOf(file)) === guardOf(applying))
      .map(({ owner }) => owner.id);
  }

  async gone(now: number, atMost: number): Promise<CaseId[]> {
    return this.files
      .of("case")
      .filter((file) => isGone(file.case, now))
      .map(({ owner }) => owner.id)
      .slice(0, atMost);
  }

  async openFor({ kind, cvr }: Pick<Applying, "kind" | "cvr">): Promise<CaseId[]> {
    return [...this.openGuards].filter(([guard]) => guard.startsWith(`${kind} ${cvr} `)).map(([, id]) => id);
  }

  async discard(read: CaseFile): Promise<"discarded" | "stale"> {
    if (!this.unchanged({ read, audit: [] as never })) return "stale";
    this.files.byOwner.delete(ownerText(read.owner));
    return "discarded";
  }

  async admit(admission: Admission): Promise<"committed" | "stale" | "already-member"> {
    const { read, change, member, contact, beginning } = admission;
    const file = this.unchanged({ ...change, read });
    if (!file) return "stale";
    if (this.members.named(member.kind, member.organisation.cvr)) return "already-member";
    const begun = {
      ...emptyFiled(ownerOf("member", member.id)),
      member,
      contactId: contact.id,
      dues: [],
      postings: [],
    };
    if (!this.members.numbersAreNext(begun, beginning)) return "stale";
    this.apply(file, change);
    this.members.found(begun, beginning);
    return "committed";
  }

  async openCases(): Promise<CaseId[]> {
    return this.files
      .of("case")
      .filter((file) => !isClosed(file.case) && isConfirmed(file.case))
      .map(({ owner }) => owner.id);
  }

  protected override apply(file: FileOf["case"], change: Change<"case">): void {
    if (change.after && isClosed(change.after) && !isClosed(file.case) && isConfirmed(file.case))
      this.openGuards.delete(guardOf(applyingOf(file)));
    super.apply(file, change);
  }
}
