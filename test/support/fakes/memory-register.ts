import {
  type AgreementCase,
  type CaseId,
  isClosed,
  type MemberId,
} from "../../../shared/domain/agreement/agreement-case.ts";
import type { CaseFile, MailRecord, TaskRecord } from "../../../shared/domain/agreement/case-file.ts";
import {
  type AgreementKind,
  type MembershipKind,
  subjectKey,
} from "../../../shared/domain/agreement/kind.ts";
import type { Errand, OutboxItem } from "../../../shared/domain/errands/errand.ts";
import { appendToChain } from "../../../shared/domain/filing/audit-chain.ts";
import { type AuditEntry, emptyChain } from "../../../shared/domain/filing/audit-event.ts";
import type { DuesLine, Member } from "../../../shared/domain/membership/member.ts";
import type { CvrNumber } from "../../../shared/domain/organisation/cvr-number.ts";
import type {
  Admission,
  CaseChange,
  CaseOpening,
  OpeningOutcome,
  RecordChange,
  Register,
} from "../../../shared/ports/register.ts";
import type { MemoryLinks } from "./memory-links.ts";

const guardOf = (kind: AgreementKind, cvr: CvrNumber) => `${subjectKey({ kind })} ${cvr}`;

/** The register in memory. Each method is one step: nothing is awaited between looking and changing. */
export class MemoryRegister implements Register {
  readonly files = new Map<CaseId, CaseFile>();
  private readonly links: MemoryLinks;
  private readonly openGuards = new Map<string, CaseId>();
  private readonly memberOfCvr = new Map<string, MemberId>();
  private readonly memberById = new Map<MemberId, Member>();
  private readonly dues: DuesLine[] = [];
  private readonly caseNumbers = new Map<number, number>();
  private lastInvoiceNumber = 0;

  constructor(links: MemoryLinks) {
    this.links = links;
  }

  async nextCaseNumber(year: number): Promise<number> {
    const next = (this.caseNumbers.get(year) ?? 0) + 1;
    this.caseNumbers.set(year, next);
    return next;
  }

  async open(opening: CaseOpening): Promise<OpeningOutcome> {
    const { id, kind, cvr, openedAt } = opening.case;
    const existing = this.openGuards.get(guardOf(kind, cvr));
    if (existing === id) return { kind: "opened" };
    if (existing !== undefined) return { kind: "open-case-exists", caseId: existing };
    if (this.memberOfCvr.has(guardOf(kind, cvr))) return { kind: "already-member" };
    this.openGuards.set(guardOf(kind, cvr), id);
    this.links.add(opening.statusLink);
    const empty: CaseFile = {
      case: opening.case,
      head: emptyChain,
      organisation: opening.organisation,
      signerId: opening.signer.id,
      contactId: opening.contact.id,
      persons: new Map([opening.signer, opening.contact].map((person) => [person.id, person])),
      uploads: [],
      rounds: [],
      tasks: [],
      audit: [],
      outbox: [],
      mails: [],
      waits: new Map(),
    };
    this.files.set(id, appended(empty, opening.case, opening.audit, opening.errands, openedAt));
    return { kind: "opened" };
  }

  async read(caseId: CaseId): Promise<CaseFile | undefined> {
    return structuredClone(this.files.get(caseId));
  }

  async commit(change: CaseChange): Promise<"committed" | "stale"> {
    const file = this.unchanged(change);
    if (!file) return "stale";
    this.apply(file, change);
    return "committed";
  }

  async nextInvoiceNumber(): Promise<number> {
    return this.lastInvoiceNumber + 1;
  }

  async admit(admission: Admission): Promise<"committed" | "stale" | "already-member"> {
    const { member, dues } = admission;
    const file = this.unchanged(admission);
    if (!file) return "stale";
    const guard = guardOf(member.kind, member.organisation.cvr);
    if (this.memberOfCvr.has(guard)) return "already-member";
    if (dues?.state.kind === "issued") {
      if (dues.state.invoiceNumber !== this.lastInvoiceNumber + 1) return "stale";
      this.lastInvoiceNumber = dues.state.invoiceNumber;
    }
    this.memberOfCvr.set(guard, member.id);
    this.memberById.set(member.id, member);
    if (dues) this.dues.push(dues);
    this.apply(file, admission);
    return "committed";
  }

  async findMember(kind: MembershipKind, cvr: CvrNumber): Promise<Member | undefined> {
    const id = this.memberOfCvr.get(guardOf(kind, cvr));
    return id && this.memberById.get(id);
  }

  async duesLines(memberId: MemberId): Promise<DuesLine[]> {
    return this.dues.filter((line) => line.memberId === memberId);
  }

  async storeTaskToken(
    read: CaseFile,
    versionId: string,
    token: string,
    now: number,
  ): Promise<"stored" | "stale"> {
    const file = this.files.get(read.case.id);
    if (file?.head.sequence !== read.head.sequence) return "stale";
    const waits = new Map(file.waits).set(versionId, { token, storedAt: now });
    this.files.set(read.case.id, { ...file, waits });
    return "stored";
  }

  async finishErrand(caseId: CaseId, item: OutboxItem): Promise<void> {
    const file = this.files.get(caseId);
    if (!file) return;
    const outbox = file.outbox.filter((candidate) => candidate.sequence !== item.sequence);
    this.files.set(caseId, { ...file, outbox });
  }

  async openCases(): Promise<CaseId[]> {
    return this.casesWhere((file) => !isClosed(file.case));
  }

  async casesWithErrands(): Promise<CaseId[]> {
    return this.casesWhere((file) => file.outbox.length > 0);
  }

  async openTasks(): Promise<{ caseId: CaseId; task: TaskRecord }[]> {
    return [...this.files.values()].flatMap((file) =>
      file.tasks.filter((task) => !task.resolved).map((task) => ({ caseId: file.case.id, task })),
    );
  }

  async unsettledMails(claimedBefore: number): Promise<{ caseId: CaseId; ledgerKey: string }[]> {
    return [...this.files.values()].flatMap((file) =>
      file.mails
        .filter((mail) => mail.state === "claimed" && mail.claimedAt < claimedBefore)
        .map(({ ledgerKey }) => ({ caseId: file.case.id, ledgerKey })),
    );
  }

  async members(): Promise<Member[]> {
    return [...this.memberById.values()];
  }

  /** Lets the ledger change its lines, in the same step in which it looks at them. */
  changeMails(caseId: CaseId, change: (mails: readonly MailRecord[]) => MailRecord[]): void {
    const file = this.files.get(caseId);
    if (file) this.files.set(caseId, { ...file, mails: change(file.mails) });
  }

  private casesWhere(wanted: (file: CaseFile) => boolean): CaseId[] {
    return [...this.files.values()].filter(wanted).map((file) => file.case.id);
  }

  private unchanged(change: CaseChange): CaseFile | undefined {
    const file = this.files.get(change.after.id);
    if (file?.head.sequence !== change.read.head.sequence) return undefined;
    const state = (from: CaseFile, key: string) => from.mails.find((mail) => mail.ledgerKey === key)?.state;
    const moved = (change.records ?? []).some(
      (record) =>
        record.type === "mail" &&
        state(file, record.mail.ledgerKey) !== state(change.read, record.mail.ledgerKey),
    );
    return moved ? undefined : file;
  }

  private apply(file: CaseFile, { after, audit, records = [], errands = [] }: CaseChange): void {
    if (isClosed(after) && !isClosed(file.case)) this.openGuards.delete(guardOf(after.kind, after.cvr));
    const next = appended(records.reduce(withRecord, file), after, audit, errands, audit[0].at);
    this.files.set(after.id, next);
  }
}

function appended(
  file: CaseFile,
  agreement: AgreementCase,
  entries: readonly AuditEntry[],
  errands: readonly Errand[],
  since: number,
): CaseFile {
  const { head, events } = appendToChain(file.head, agreement.status, entries);
  const added = errands.map((errand, position) => ({
    ...errand,
    sequence: head.sequence * 100 + position,
    since,
  }));
  return {
    ...file,
    case: agreement,
    head,
    audit: [...file.audit, ...events],
    outbox: [...file.outbox, ...added],
  };
}

function withRecord(file: CaseFile, change: RecordChange): CaseFile {
  switch (change.type) {
    case "upload":
      return { ...file, uploads: replaced(file.uploads, change.upload, "versionId") };
    case "round":
      return { ...file, rounds: replaced(file.rounds, change.round, "number") };
    case "task":
      return { ...file, tasks: replaced(file.tasks, change.task, "id") };
    case "mail":
      return { ...file, mails: replaced(file.mails, change.mail, "ledgerKey") };
    case "person":
      return { ...file, persons: new Map(file.persons).set(change.person.id, change.person) };
  }
}

function replaced<Item, Name extends keyof Item>(items: readonly Item[], item: Item, name: Name): Item[] {
  return items.some((other) => other[name] === item[name])
    ? items.map((other) => (other[name] === item[name] ? item : other))
    : [...items, item];
}
