import { isClosed } from "../domain/agreement/agreement-case.ts";
import { copenhagenDate } from "../domain/calendar/copenhagen-date.ts";
import { theContact } from "../domain/case-changes/parts.ts";
import { caseMail, ledgerKeyOf } from "../domain/errands/mail-errands.ts";
import type { CaseId } from "../domain/owner.ts";
import type { Cases } from "../ports/cases.ts";
import { changeFile } from "./change-file.ts";

/** To the open case's own contact and nobody else, at most once a day: the ledger has one line a day for it. */
export async function mailStatusLinkAgain(cases: Cases, caseId: CaseId, now: number): Promise<void> {
  const step = copenhagenDate(now);
  await changeFile(cases, caseId, (file) => {
    const mail = caseMail(theContact(file), "status-link-again", step, {});
    const key = ledgerKeyOf(file.owner, mail);
    const waiting = file.outbox.some((item) => item.type === "mail" && ledgerKeyOf(file.owner, item) === key);
    if (isClosed(file.case) || waiting || file.mails.some((sent) => sent.ledgerKey === key))
      return { outcome: undefined };
    const audit = { code: "LINK_RENEWED", at: now, actor: "system", details: { purpose: "status" } } as const;
    return { change: { audit: [audit], errands: [mail] }, outcome: undefined };
  });
}
