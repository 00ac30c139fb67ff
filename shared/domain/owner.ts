import type { Brand } from "./brand.ts";

export type CaseId = Brand<string, "CaseId">;
export type MemberId = Brand<string, "MemberId">;
/** What is run and when: dues-2027, correct-2027-1, reminders-2027-02-17. */
export type RunId = Brand<string, "RunId">;
export type OfficeId = Brand<string, "OfficeId">;
export type TaskId = Brand<string, "TaskId">;
export type PersonId = Brand<string, "PersonId">;

export interface OwnerIds {
  case: CaseId;
  member: MemberId;
  run: RunId;
  office: OfficeId;
}
export type OwnerKind = keyof OwnerIds;

/** What mails, errands, tasks, links, rounds, waits and an audit trail belong to. */
export type Owner<Kind extends OwnerKind = OwnerKind> = {
  [One in Kind]: { kind: One; id: OwnerIds[One] };
}[Kind];

/** The same, for what only writes its name down: kind and id need not be held to each other there. */
export interface AnyOwner {
  kind: OwnerKind;
  id: string;
}

export const ownerKinds = ["case", "member", "run", "office"] as const satisfies readonly OwnerKind[];

/** There is one association, and so one office: its people, its account, its rates. */
export const theOffice: Owner<"office"> = { kind: "office", id: "os2" as OfficeId };

export function ownerOf<Kind extends OwnerKind>(kind: Kind, id: OwnerIds[Kind]): Owner<Kind> {
  // One member of the union, which a generic literal doesn't show.
  return { kind, id } as Owner<Kind>;
}

/**
 * An owner as one word, in the letters SES allows in a tag's value (A–Z a–z 0–9 - _): tag, queue group, mail
 * thread, work list and salt.
 */
export function ownerText({ kind, id }: AnyOwner): string {
  return `${kind}_${id}`;
}

const written = new RegExp(`^(${ownerKinds.join("|")})_([A-Za-z0-9-]{1,80})$`);

/** Nothing for a word that no owner is written as. */
export function parseOwner(text: string): Owner | undefined {
  const [, kind, id] = written.exec(text) ?? [];
  return kind && id ? ({ kind, id } as Owner) : undefined;
}
