import type { MailToSend } from "../../shared/domain/errands/errand.ts";
import type { AnyFile } from "../../shared/domain/files.ts";
import type { OwnerKind } from "../../shared/domain/owner.ts";
import type { Mail } from "../../shared/emails/mail-layout.ts";
import { anyonesMails } from "./anyones-mails.ts";
import { caseMails } from "./case-mails.ts";
import type { Composers, From } from "./composing.ts";
import { memberMails } from "./member-mails.ts";
import { runMails } from "./run-mails.ts";

/** Who writes the mails of whom. */
const composers: { [Kind in OwnerKind]: Composers<Kind> } = {
  case: caseMails,
  member: memberMails,
  run: runMails,
  office: anyonesMails,
};

type Composer = (from: From<OwnerKind, unknown>) => Promise<Mail | undefined>;

/** Writes one of the file's mails, or nothing where it has become moot. */
export async function composeMail(
  { mail, to, subject }: MailToSend,
  from: Omit<From<OwnerKind, unknown>, "subject" | "to"> & { file: AnyFile },
): Promise<Mail | undefined> {
  // A mail, its subject and its owner's file were committed as one, by a type that holds them to each other.
  const ofOwner = composers[from.file.owner.kind] as unknown as Partial<Record<string, Composer>>;
  return ofOwner[mail]?.({ ...from, subject, to });
}
