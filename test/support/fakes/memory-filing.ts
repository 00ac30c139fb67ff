import type { AnyFile, BodyOf, Change, FileOf, RecordChange } from "../../../shared/domain/files.ts";
import { appendToChain } from "../../../shared/domain/filing/audit-chain.ts";
import type { Filed } from "../../../shared/domain/filing/filed.ts";
import type { DuesLine, Member } from "../../../shared/domain/membership/member.ts";
import { type Owner, type OwnerIds, type OwnerKind, ownerText } from "../../../shared/domain/owner.ts";
import type { Commit, Filing, Founding, Shelf } from "../../../shared/ports/filing.ts";

/** Every file there is, in memory: what all the shelves, the outbox, the ledger and the waits look at. */
export class MemoryFiles {
  readonly byOwner = new Map<string, AnyFile>();
  /** Told after each change that adds errands: the part of the table's stream that the outbox is driven by. */
  onNewErrands: (owner: Owner) => void = () => {};

  get<Kind extends OwnerKind>(kind: Kind, id: OwnerIds[Kind]): FileOf[Kind] | undefined {
    return this.byOwner.get(ownerText({ kind, id })) as FileOf[Kind] | undefined;
  }

  of<Kind extends OwnerKind>(kind: Kind): FileOf[Kind][] {
    return [...this.byOwner.values()].filter((file) => file.owner.kind === kind) as FileOf[Kind][];
  }

  set(file: AnyFile): void {
    this.byOwner.set(ownerText(file.owner), file);
  }

  /** Changes what moves without the trail: errands, the ledger's lines, tokens. */
  patch(owner: Owner, change: (file: Filed) => Partial<Filed>): void {
    const file = this.byOwner.get(ownerText(owner));
    if (file) this.set({ ...file, ...change(file) } as AnyFile);
  }
}

/** What a body is called in its file; the same word as its owner's kind. */
function bodyOf<Kind extends OwnerKind>(file: FileOf[Kind]): BodyOf[Kind] {
  return (file as unknown as Record<string, BodyOf[Kind]>)[file.owner.kind] as BodyOf[Kind];
}

const statusOf = (kind: OwnerKind, body: object): string => {
  if ("standing" in body) return (body as Member).standing.status;
  return "status" in body ? String(body.status) : kind;
};

/** One kind's files in memory. Each method is one step: nothing is awaited between looking and changing. */
export class MemoryShelf<Kind extends OwnerKind> implements Shelf<Kind> {
  protected readonly files: MemoryFiles;
  private readonly kind: Kind;

  constructor(kind: Kind, files: MemoryFiles) {
    this.kind = kind;
    this.files = files;
  }

  async read(id: OwnerIds[Kind]): Promise<FileOf[Kind] | undefined> {
    return structuredClone(this.files.get(this.kind, id));
  }

  async commit(change: Commit<Kind>): Promise<"committed" | "stale"> {
    const file = this.unchanged(change);
    if (!file) return "stale";
    this.apply(file, change as Change<Kind>);
    return "committed";
  }

  async begin(file: FileOf[Kind], change: Omit<Change<Kind>, "after">): Promise<"begun" | "exists"> {
    if (this.files.byOwner.has(ownerText(file.owner))) return "exists";
    this.apply(file, change as Change<Kind>);
    return "begun";
  }

  /** The file as it stands, unless something was committed, or a line of the ledger has moved, since it was read. */
  protected unchanged({ read, records = [] }: Commit<Kind>): FileOf[Kind] | undefined {
    const file = this.files.byOwner.get(ownerText(read.owner)) as FileOf[Kind] | undefined;
    if (!file || file.head.sequence !== read.head.sequence) return undefined;
    const state = (from: Filed, key: string) => from.mails.find((mail) => mail.ledgerKey === key)?.state;
    const moved = records.some(
      (record) =>
        record.type === "mail" && state(file, record.mail.ledgerKey) !== state(read, record.mail.ledgerKey),
    );
    return moved ? undefined : file;
  }

  protected apply(file: FileOf[Kind], { after, audit, records = [], errands = [] }: Change<Kind>): void {
    const body = after ?? bodyOf<Kind>(file);
    const { head, events } = appendToChain(file.head, statusOf(this.kind, body), audit);
    const added = errands.map((errand, position) => ({
      ...errand,
      sequence: head.sequence * 100 + position,
      since: audit[0].at,
    }));
    const changed = records.reduce<AnyFile>(withRecord, file);
    const next = {
      ...changed,
      [this.kind]: body,
      head,
      audit: [...file.audit, ...events],
      outbox: [...file.outbox, ...added],
    } as unknown as AnyFile;
    this.files.set(next);
    if (added.length > 0) this.files.onNewErrands(file.owner);
  }
}

function withRecord(file: AnyFile, record: RecordChange<OwnerKind>): AnyFile {
  switch (record.type) {
    case "person":
      return { ...file, persons: new Map(file.persons).set(record.person.id, record.person) };
    case "task":
      return { ...file, tasks: replaced(file.tasks, record.task, "id") };
    case "mail":
      return { ...file, mails: replaced(file.mails, record.mail, "ledgerKey") } as AnyFile;
    case "round":
      return { ...file, rounds: replaced(file.rounds, record.round, "number") } as AnyFile;
    case "upload":
      return "uploads" in file
        ? { ...file, uploads: replaced(file.uploads, record.upload, "versionId") }
        : file;
    case "dues-line":
      return "dues" in file ? { ...file, dues: withLine(file.dues, record.line) } : file;
    case "posting":
      return "dues" in file ? { ...file, postings: [...file.postings, record.posting] } : file;
  }
}

function withLine(lines: readonly DuesLine[], line: DuesLine): DuesLine[] {
  const others = lines.filter((other) => other.year !== line.year || other.line !== line.line);
  return [...others, line].toSorted((a, b) => a.year - b.year || a.line - b.line);
}

function replaced<Item, Name extends keyof Item>(items: readonly Item[], item: Item, name: Name): Item[] {
  return items.some((other) => other[name] === item[name])
    ? items.map((other) => (other[name] === item[name] ? item : other))
    : [...items, item];
}

export function memoryFiling(files: MemoryFiles): Filing & {
  run: Founding<"run">;
  office: Founding<"office">;
} {
  return {
    case: new MemoryShelf("case", files),
    member: new MemoryShelf("member", files),
    run: new MemoryShelf("run", files),
    office: new MemoryShelf("office", files),
  };
}
