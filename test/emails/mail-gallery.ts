import type { Language } from "../../shared/domain/agreement/kind.ts";
import { oere } from "../../shared/domain/dues/dues-rate.ts";
import type { MailName } from "../../shared/domain/errands/mails.ts";
import { decidedByOtherMail } from "../../shared/emails/decided-by-other-mail.ts";
import { decisionRequestMail } from "../../shared/emails/decision-request-mail.ts";
import { declinedMail } from "../../shared/emails/declined-mail.ts";
import { duesMail } from "../../shared/emails/dues-mail.ts";
import { expiredMail } from "../../shared/emails/expired-mail.ts";
import { linkLockedMail } from "../../shared/emails/link-locked-mail.ts";
import type { Mail } from "../../shared/emails/mail-layout.ts";
import { receiptMail } from "../../shared/emails/receipt-mail.ts";
import { roundEndedMail } from "../../shared/emails/round-ended-mail.ts";
import { sentBackMail } from "../../shared/emails/sent-back-mail.ts";
import { statusLinkAgainMail } from "../../shared/emails/status-link-again-mail.ts";
import { taskOpenedMail } from "../../shared/emails/task-opened-mail.ts";
import { uploadRejectedMail } from "../../shared/emails/upload-rejected-mail.ts";
import { welcomeMail } from "../../shared/emails/welcome-mail.ts";
import { withdrawnMail } from "../../shared/emails/withdrawn-mail.ts";
import { day, judgements, monday, sender } from "../support/page-fixtures.ts";

/** Every mail there is; one without its text here does not compile. */
const texts = {
  receipt: receiptMail,
  "status-link-again": statusLinkAgainMail,
  "upload-rejected": uploadRejectedMail,
  "decision-request": decisionRequestMail,
  "decided-by-other": decidedByOtherMail,
  "sent-back": sentBackMail,
  declined: declinedMail,
  expired: expiredMail,
  withdrawn: withdrawnMail,
  "round-ended": roundEndedMail,
  "link-locked": linkLockedMail,
  welcome: welcomeMail,
  dues: duesMail,
  "task-opened": taskOpenedMail,
} satisfies { [Name in MailName]: (data: never, language: Language) => Mail };

/** What each mail has to be told. */
type MailData = { [Name in MailName]: Parameters<(typeof texts)[Name]>[0] };

export const mailNames = Object.keys(texts) as MailName[];

const statusLink =
  "https://aftale.os2.example/agreements/k1.0123456789abcdef.0123456789abcdef0123456789abcdef";
const decisionLink =
  "https://aftale.os2.example/decisions/k1.fedcba9876543210.0123456789abcdef0123456789abcdef";

const base = {
  sender,
  caseNumber: "A-2026-0117",
  kind: "member",
  organisationName: "Eksempelby Kommune",
} as const;

const reason = "Side 2 kan ikke læses.\nScan den igen, tak.";

/** What each mail is told, for one ordinary case. */
export const mailData: MailData = {
  receipt: { ...base, statusLink, lapsesAt: monday + 7 * day },
  "status-link-again": { ...base, statusLink },
  "upload-rejected": {
    ...base,
    statusLink,
    lapsesAt: monday + 30 * day,
    findings: judgements.refused.findings,
  },
  "decision-request": {
    ...base,
    stage: "secretariat",
    decisionLink,
    caseCode: "4711",
    expiresAt: monday + 30 * day,
    receivedAt: monday,
    cvr: "12345674",
    signer: { name: "Anna Eksempel", title: "digitaliseringsdirektør" },
    judgement: judgements.signed,
  },
  "decided-by-other": {
    ...base,
    stage: "secretariat",
    decision: "return",
    decidedBy: "sekretaer2@os2.example",
    decidedAt: monday + day,
    reason,
    asksChair: true,
  },
  "sent-back": { ...base, stage: "secretariat", reason, statusLink, lapsesAt: monday + 30 * day },
  declined: { ...base, stage: "chair", reason, statusLink },
  expired: { ...base, expired: "upload", statusLink },
  withdrawn: { ...base, statusLink },
  "round-ended": { ...base, stage: "secretariat", outcome: "superseded" },
  "link-locked": { ...base, purpose: "decision", approver: "formand@os2.example", lockedAt: monday },
  welcome: { ...base, joinedOn: "2026-11-25", statusLink, dues: "mailed" },
  dues: {
    ...base,
    invoiceNumber: 1001,
    invoicedOn: "2026-11-25",
    joinedOn: "2026-11-25",
    charge: {
      year: 2026,
      period: "half-year",
      amountOere: oere(1_250_000),
      vatCategory: "S",
      vatPercent: 25,
      vatOere: oere(312_500),
      totalOere: oere(1_562_500),
      dueOn: "2026-12-25",
    },
    fullYearOere: 2_500_000,
    payer: { cvr: "12345674", gln: "5790000123452" },
    statusLink,
  },
  "task-opened": {
    ...base,
    reason: "MAIL_UNDELIVERED",
    detail: "receipt",
    openedAt: monday,
    taskLink: decisionLink.replace("decisions", "tasks"),
    caseCode: "4711",
    expiresAt: monday + 30 * day,
  },
};

/** Draws a mail by its name, with something of its data changed. */
export function drawMail<Name extends MailName>(
  name: Name,
  language: Language,
  changes: Partial<MailData[Name]> = {},
): Mail {
  // A mail's text and its data belong together, which an indexed table doesn't show.
  const render = texts[name] as unknown as (data: MailData[Name], language: Language) => Mail;
  return render({ ...mailData[name], ...changes }, language);
}
