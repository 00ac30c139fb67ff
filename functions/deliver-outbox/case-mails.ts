import { isGone, isUnconfirmed } from "../../shared/domain/agreement/agreement-case.ts";
import type { CaseRound, UploadRecord } from "../../shared/domain/agreement/case-file.ts";
import {
  endorsementOf,
  rejections,
  roundOf,
  signerOf,
  uploadOf,
} from "../../shared/domain/agreement/case-questions.ts";
import { decisionOf } from "../../shared/domain/approval/decision.ts";
import { approverName, reasonText } from "../../shared/domain/filing/person.ts";
import type { CaseMail } from "../../shared/emails/case-mail.ts";
import { closedMail } from "../../shared/emails/closed-mail.ts";
import { confirmContactMail } from "../../shared/emails/confirm-contact-mail.ts";
import { decidedByOtherMail } from "../../shared/emails/decided-by-other-mail.ts";
import { type DecisionRequestMail, decisionRequestMail } from "../../shared/emails/decision-request-mail.ts";
import { declinedMail } from "../../shared/emails/declined-mail.ts";
import { expiredMail } from "../../shared/emails/expired-mail.ts";
import { receiptMail } from "../../shared/emails/receipt-mail.ts";
import { roundEndedMail } from "../../shared/emails/round-ended-mail.ts";
import { sentBackMail } from "../../shared/emails/sent-back-mail.ts";
import { statusLinkAgainMail } from "../../shared/emails/status-link-again-mail.ts";
import { uploadRejectedMail } from "../../shared/emails/upload-rejected-mail.ts";
import { withdrawnMail } from "../../shared/emails/withdrawn-mail.ts";
import { anyonesMails } from "./anyones-mails.ts";
import type { Composers, From } from "./composing.ts";

type FromCase<Subject = unknown> = From<"case", Subject>;

/** What a case owes to whoever applied, and to whoever decides. */
export const caseMails: Composers<"case"> = {
  ...anyonesMails,
  "confirm-contact": async (from) => {
    const { case: agreement, owner } = from.file;
    if (!isUnconfirmed(agreement) || isGone(agreement, from.now)) return undefined;
    const { until } = agreement.confirmation;
    const confirmLink = await from.issue.confirmationLink(owner);
    const { sender } = from.settings;
    return confirmContactMail(
      { sender, caseNumber: agreement.caseNumber, confirmLink, until },
      from.language,
    );
  },
  closed: async (from) => {
    const { case: agreement } = from.file;
    if (agreement.status !== "closed") return undefined;
    const { closing } = agreement;
    const reason =
      closing.reason === "closed-by-secretariat" ? reasonText(from.file, closing.reasonId) : undefined;
    return closedMail({ ...(await withStatusLink(from)), reason }, from.language);
  },
  receipt: async (from) => {
    const { case: agreement } = from.file;
    const lapsesAt = "lapsesAt" in agreement ? agreement.lapsesAt : undefined;
    return receiptMail({ ...(await withStatusLink(from)), lapsesAt }, from.language);
  },
  "status-link-again": async (from) => statusLinkAgainMail(await withStatusLink(from), from.language),
  withdrawn: async (from) => withdrawnMail(await withStatusLink(from), from.language),
  "upload-rejected": async (from) => {
    const { case: agreement } = from.file;
    if (agreement.status !== "rejected" || agreement.upload.versionId !== from.subject.versionId)
      return undefined;
    const { lapsesAt } = agreement;
    const findings = rejections(from.file);
    return uploadRejectedMail({ ...(await withStatusLink(from)), lapsesAt, findings }, from.language);
  },
  "decision-request": async (from) => {
    const round = roundOf(from.file, from.subject.round);
    const upload = round && uploadOf(from.file, round.versionId);
    if (!round || round.ended || !upload?.judgement) return undefined;
    return decisionRequestMail(
      { ...about(from), ...(await decisionFacts(from, round, upload, upload.judgement)) },
      from.language,
    );
  },
  "decided-by-other": async (from) => {
    const round = roundOf(from.file, from.subject.round);
    const decision = decisionOf(round);
    const ended = round?.ended;
    if (!round || !ended?.byId || !decision) return undefined;
    return decidedByOtherMail(
      {
        ...about(from),
        stage: round.stage,
        decision,
        decidedBy: approverName(from.file, ended.byId),
        decidedAt: ended.at,
        reason: ended.reasonId && reasonText(from.file, ended.reasonId),
        asksChair: round.stage === "secretariat" && from.settings.countersignature[from.file.case.kind],
      },
      from.language,
    );
  },
  "sent-back": async (from) => {
    const { case: agreement } = from.file;
    if (agreement.status !== "awaiting-upload" || !agreement.returned) return undefined;
    return sentBackMail(
      {
        ...(await withStatusLink(from)),
        stage: agreement.returned.stage,
        reason: reasonText(from.file, from.subject.reasonId),
        lapsesAt: agreement.lapsesAt,
      },
      from.language,
    );
  },
  declined: async (from) => {
    const { case: agreement } = from.file;
    if (agreement.status !== "declined") return undefined;
    const reason = reasonText(from.file, agreement.reasonId);
    return declinedMail({ ...(await withStatusLink(from)), stage: agreement.stage, reason }, from.language);
  },
  expired: async (from) => {
    const { case: agreement } = from.file;
    if (agreement.status !== "expired") return undefined;
    return expiredMail({ ...(await withStatusLink(from)), expired: agreement.expired }, from.language);
  },
  "round-ended": async (from) => {
    const round = roundOf(from.file, from.subject.round);
    const outcome = round?.ended?.outcome;
    const told =
      outcome === "withdrawn" || outcome === "superseded" || outcome === "expired" || outcome === "closed";
    return round && told
      ? roundEndedMail({ ...about(from), stage: round.stage, outcome }, from.language)
      : undefined;
  },
};

function about({ file, settings }: FromCase): CaseMail {
  const { caseNumber, kind } = file.case;
  return { sender: settings.sender, caseNumber, kind, organisationName: file.organisation.name };
}

async function withStatusLink(from: FromCase) {
  return { ...about(from), statusLink: await from.issue.statusLink(from.file.owner) };
}

async function decisionFacts(
  from: FromCase<{ renewed?: true | undefined }>,
  round: CaseRound,
  upload: UploadRecord,
  judgement: NonNullable<UploadRecord["judgement"]>,
): Promise<Omit<DecisionRequestMail, keyof CaseMail>> {
  const { file } = from;
  const { address, caseCode, expiresAt } = await from.issue.decisionLink(round);
  const { name, title } = signerOf(file);
  return {
    stage: round.stage,
    decisionLink: address,
    caseCode,
    expiresAt,
    receivedAt: upload.registeredAt,
    cvr: file.organisation.cvr,
    signer: { name, title },
    judgement,
    endorsedBy: endorsementOf(file, round),
    renewed: from.subject.renewed ?? false,
  };
}
