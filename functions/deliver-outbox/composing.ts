import type { Language } from "../../shared/domain/agreement/kind.ts";
import type { Recipient } from "../../shared/domain/errands/errand.ts";
import type { MailNameOf, MailsOf } from "../../shared/domain/errands/mails.ts";
import type { FileOf } from "../../shared/domain/files.ts";
import type { OwnerKind } from "../../shared/domain/owner.ts";
import type { Settings } from "../../shared/domain/settings/settings.ts";
import type { Mail } from "../../shared/emails/mail-layout.ts";
import type { InvoiceStore } from "../../shared/ports/invoice-files.ts";
import type { LinkIssuer } from "./issue-links.ts";

/** What one mail of one owner is written from. */
export interface From<Kind extends OwnerKind, Subject> {
  file: FileOf[Kind];
  /** What the errand says its text looks up. */
  subject: Subject;
  to: Recipient;
  settings: Settings;
  now: number;
  issue: LinkIssuer;
  language: Language;
  invoices: Pick<InvoiceStore, "readPdf">;
}

/**
 * The writers of one kind of owner's mails: each looks up what its mail tells in the file when it is written, so that
 * the outbox holds only codes and ids. Nothing where the mail has become moot: its round is over, its case has gone on.
 */
export type Composers<Kind extends OwnerKind> = {
  [Name in MailNameOf<Kind>]: (
    from: From<Kind, MailsOf[Kind][Name & keyof MailsOf[Kind]]>,
  ) => Promise<Mail | undefined>;
};
