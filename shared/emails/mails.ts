import type { Language } from "../domain/agreement/kind.ts";
import type { MailName } from "../domain/errands/errand.ts";
import { type DecidedByOtherMail, decidedByOtherMail } from "./decided-by-other-mail.ts";
import { type DecisionRequestMail, decisionRequestMail } from "./decision-request-mail.ts";
import { type DeclinedMail, declinedMail } from "./declined-mail.ts";
import { type DuesMail, duesMail } from "./dues-mail.ts";
import { type ExpiredMail, expiredMail } from "./expired-mail.ts";
import { type LinkLockedMail, linkLockedMail } from "./link-locked-mail.ts";
import type { Mail } from "./mail-layout.ts";
import { type ReceiptMail, receiptMail } from "./receipt-mail.ts";
import { type RoundEndedMail, roundEndedMail } from "./round-ended-mail.ts";
import { type SentBackMail, sentBackMail } from "./sent-back-mail.ts";
import { type StatusLinkAgainMail, statusLinkAgainMail } from "./status-link-again-mail.ts";
import { type TaskOpenedMail, taskOpenedMail } from "./task-opened-mail.ts";
import { type UploadRejectedMail, uploadRejectedMail } from "./upload-rejected-mail.ts";
import { type WelcomeMail, welcomeMail } from "./welcome-mail.ts";
import { type WithdrawnMail, withdrawnMail } from "./withdrawn-mail.ts";

/** What each mail has to be told. */
export interface MailData {
  receipt: ReceiptMail;
  "status-link-again": StatusLinkAgainMail;
  "upload-rejected": UploadRejectedMail;
  "decision-request": DecisionRequestMail;
  "decided-by-other": DecidedByOtherMail;
  "sent-back": SentBackMail;
  declined: DeclinedMail;
  expired: ExpiredMail;
  withdrawn: WithdrawnMail;
  "round-ended": RoundEndedMail;
  "link-locked": LinkLockedMail;
  welcome: WelcomeMail;
  dues: DuesMail;
  "task-opened": TaskOpenedMail;
}

/** Every mail there is. A name of the outbox without a text here does not compile. */
export const mails: { [Name in MailName]: (data: MailData[Name], language: Language) => Mail } = {
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
};
