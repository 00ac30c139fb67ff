import type { EmailAddress } from "../organisation/email-address.ts";
import type { PersonId } from "../owner.ts";

export interface SignerRecord {
  id: PersonId;
  role: "signer";
  name: string;
  title: string;
}

export interface ContactRecord {
  id: PersonId;
  role: "contact";
  name: string;
  email: EmailAddress;
  phone?: string | undefined;
}

/** Somebody of OS2's who acted on a link: known by the address it was mailed to. */
export interface ApproverRecord {
  id: PersonId;
  role: "approver";
  email: EmailAddress;
  name?: string | undefined;
}

/** The free text of a reason. */
export interface ReasonRecord {
  id: PersonId;
  role: "reason";
  text: string;
}

/** Personal data and free text, apart from everything that is chained and kept, so that it can be erased. */
export type PersonRecord = SignerRecord | ContactRecord | ApproverRecord | ReasonRecord;

export type PersonRole = PersonRecord["role"];
type PersonIn<Role extends PersonRole> = Extract<PersonRecord, { role: Role }>;

/** A file names somebody it doesn't hold, or holds as something else: a fault of ours, never a blank on a page. */
export class PersonIsMissing extends Error {
  override readonly name = "PersonIsMissing";
}

interface HoldsPersons {
  persons: ReadonlyMap<PersonId, PersonRecord>;
}

/** @throws PersonIsMissing */
export function personIn<Role extends PersonRole>(
  { persons }: HoldsPersons,
  role: Role,
  id: PersonId,
): PersonIn<Role> {
  const person = persons.get(id);
  if (person?.role !== role) throw new PersonIsMissing(`${role} ${id}`);
  return person as PersonIn<Role>;
}

/** The text of a reason. @throws PersonIsMissing */
export function reasonText(file: HoldsPersons, id: PersonId): string {
  return personIn(file, "reason", id).text;
}

/** How somebody of OS2's is known to colleagues: by name where we have one, else by the address we write to. */
export function approverName(file: HoldsPersons, id: PersonId): string {
  const { name, email } = personIn(file, "approver", id);
  return name ?? email;
}
