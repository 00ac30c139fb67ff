import type { Language } from "../../shared/domain/agreement/kind.ts";
import type { PlanSummary } from "../../shared/domain/dues/dues-plan.ts";
import { oere } from "../../shared/domain/dues/dues-rate.ts";
import type { MailName } from "../../shared/domain/errands/mails.ts";
import type { CvrNumber } from "../../shared/domain/organisation/cvr-number.ts";
import type { Gln } from "../../shared/domain/organisation/gln.ts";
import type { MemberId } from "../../shared/domain/owner.ts";
import { closedMail } from "../../shared/emails/closed-mail.ts";
import { confirmContactMail } from "../../shared/emails/confirm-contact-mail.ts";
import { decidedByOtherMail } from "../../shared/emails/decided-by-other-mail.ts";
import { decisionRequestMail } from "../../shared/emails/decision-request-mail.ts";
import { declinedMail } from "../../shared/emails/declined-mail.ts";
import { expiredMail } from "../../shared/emails/expired-mail.ts";
import { invoiceCopyMail } from "../../shared/emails/invoice-copy-mail.ts";
import { linkLockedMail } from "../../shared/emails/link-locked-mail.ts";
import type { Mail } from "../../shared/emails/mail-layout.ts";
import { receiptMail } from "../../shared/emails/receipt-mail.ts";
import { roundEndedMail } from "../../shared/emails/round-ended-mail.ts";
import {
  planRequestMail,
  runCancelledMail,
  runConfirmedMail,
  runReportMail,
  runStoppedMail,
} from "../../shared/emails/run-mails.ts";
import { sentBackMail } from "../../shared/emails/sent-back-mail.ts";
import { statusLinkAgainMail } from "../../shared/emails/status-link-again-mail.ts";
import { taskOpenedMail } from "../../shared/emails/task-opened-mail.ts";
import { uploadRejectedMail } from "../../shared/emails/upload-rejected-mail.ts";
import { welcomeMail } from "../../shared/emails/welcome-mail.ts";
import { withdrawnMail } from "../../shared/emails/withdrawn-mail.ts";
import { day, judgements, monday, payee, sender } from "../support/page-fixtures.ts";

/** Every mail there is; one without its text here does not compile. */
const texts = {
  "confirm-contact": confirmContactMail,
  closed: closedMail,
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
  "invoice-copy": invoiceCopyMail,
  "task-opened": taskOpenedMail,
  "plan-request": planRequestMail,
  "run-confirmed": runConfirmedMail,
  "run-cancelled": runCancelledMail,
  "run-stopped": runStoppedMail,
  "run-report": runReportMail,
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

const run = { sender, year: 2027, role: "secretary" } as const;
const toTheRun = { link: decisionLink, caseCode: "4711" };
const summary: PlanSummary = {
  lines: 137,
  charged: 72,
  netOere: 178_750_000,
  vatOere: 44_687_500,
  totalOere: 223_437_500,
  lastYearOere: 215_625_000,
  fullYears: 71,
  halfYears: 1,
  notReady: 2,
  alreadyInvoiced: 0,
  nothingDue: 63,
  obstacles: [{ code: "RATE_NOT_DECIDED", kind: "member" }],
};

const reason = "Side 2 kan ikke læses.\nScan den igen, tak.";

/** What each mail is told, for one ordinary case. */
export const mailData: MailData = {
  "confirm-contact": {
    sender,
    caseNumber: base.caseNumber,
    confirmLink: decisionLink.replace("decisions", "confirmations"),
    until: monday + 7 * day,
  },
  closed: { ...base, statusLink, reason },
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
  "invoice-copy": {
    ...base,
    line: {
      memberId: "m-1" as MemberId,
      line: 1,
      year: 2026,
      period: "half-year",
      amountOere: oere(1_250_000),
      vatCategory: "S",
      vatPercent: 25,
      vatOere: oere(312_500),
      totalOere: oere(1_562_500),
      invoicedOn: "2026-11-25",
      dueOn: "2026-12-28",
      state: {
        kind: "issued",
        invoiceNumber: 1001,
        payee,
        payer: {
          organisation: {
            name: base.organisationName,
            cvr: "12345674" as CvrNumber,
            gln: "5790000123452" as Gln,
          },
          references: { person: "BP", order: "4500012345" },
          contactName: "Bo Prøve",
        },
        delivery: { state: "handed-over", on: "2026-11-26", at: monday },
      },
    },
    joinedOn: "2026-11-25",
    fullYearOere: 2_500_000,
    pdf: {
      fileName: "OS2-1001.pdf",
      contentType: "application/pdf",
      bytes: new Uint8Array([37, 80, 68, 70]),
    },
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
  "plan-request": { ...run, ...toTheRun, summary },
  "run-confirmed": {
    ...run,
    ...toTheRun,
    summary,
    held: 3,
    confirmedBy: "sekretaer1@os2.example",
    sendsAt: monday,
  },
  "run-cancelled": { ...run, by: "sekretaer1@os2.example", reason },
  "run-stopped": { ...run, by: "formand@os2.example", at: monday },
  "run-report": {
    ...run,
    ...toTheRun,
    report: { sent: 69, sentOere: 215_625_000, held: 3, changed: 1, failed: 0 },
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
