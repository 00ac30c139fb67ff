import { contactOf } from "./agreement/case-questions.ts";
import type { AgreementKind, Language } from "./agreement/kind.ts";
import type { AnyFile, FileOf } from "./files.ts";
import { memberContact } from "./membership/member-file.ts";
import type { ContactPerson } from "./organisation/organisation.ts";
import type { OwnerKind } from "./owner.ts";

/** How a file is spoken of, to whoever doesn't care what kind it is: a task's page, a task's mail. */
export interface About {
  /** For people: A-2026-0117, M-0042, dues-2027. */
  reference: string;
  /** The organisation, or what the run is for. */
  name: string;
  /** Where it is an organisation. */
  kind?: AgreementKind;
  language: Language;
  /** Whom the file's mails go to, outside OS2. */
  contact?: ContactPerson;
}

const abouts: { [Kind in OwnerKind]: (file: FileOf[Kind]) => About } = {
  case: (file) => ({
    reference: file.case.caseNumber,
    name: file.organisation.name,
    kind: file.case.kind,
    language: file.case.language,
    contact: contactOf(file),
  }),
  member: (file) => ({
    reference: file.member.memberNumber,
    name: file.member.organisation.name,
    kind: file.member.kind,
    language: file.member.language,
    contact: memberContact(file),
  }),
  run: ({ run }) => ({ reference: run.id, name: String(run.year), language: "da" }),
  office: ({ office }) => ({ reference: office.id, name: "OS2", language: "da" }),
};

export function aboutOf(file: AnyFile): About {
  // The file and its kind belong together, which an indexed table doesn't show.
  const about = abouts[file.owner.kind] as (file: AnyFile) => About;
  return about(file);
}
