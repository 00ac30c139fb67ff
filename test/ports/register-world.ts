import type { CaseFile } from "../../shared/domain/agreement/case-file.ts";
import type { CaseId } from "../../shared/domain/owner.ts";
import type { Cases } from "../../shared/ports/cases.ts";
import type { Filing, Founding } from "../../shared/ports/filing.ts";
import type { InvoiceNumbers } from "../../shared/ports/invoice-numbers.ts";
import type { Links } from "../../shared/ports/links.ts";
import type { MailLedger } from "../../shared/ports/mail-ledger.ts";
import type { Members } from "../../shared/ports/members.ts";
import type { Outbox } from "../../shared/ports/outbox.ts";
import type { Waits } from "../../shared/ports/waits.ts";

export interface RegisterWorld {
  filing: Filing & { run: Founding<"run">; office: Founding<"office"> };
  cases: Cases;
  members: Members;
  invoiceNumbers: InvoiceNumbers;
  outbox: Outbox;
  waits: Waits;
  links: Links;
  ledger: MailLedger;
}

/** A case that a test has opened. */
export async function openedFile({ cases }: RegisterWorld, caseId: CaseId): Promise<CaseFile> {
  const file = await cases.read(caseId);
  if (!file) throw new Error(`no case ${caseId}`);
  return file;
}
