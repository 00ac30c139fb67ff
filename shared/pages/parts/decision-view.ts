import type { CaseFile, CaseRound } from "../../domain/agreement/case-file.ts";
import { contactOf, endorsementOf, signerOf, uploadOf } from "../../domain/agreement/case-questions.ts";
import type { Rival } from "../../domain/agreement/rival.ts";
import { decisionOf } from "../../domain/approval/decision.ts";
import type { DecisionLink } from "../../domain/approval/link.ts";
import { copenhagenDate } from "../../domain/calendar/copenhagen-date.ts";
import { rateOn } from "../../domain/dues/dues-rate.ts";
import { firstDues } from "../../domain/dues/first-dues.ts";
import { personIn, reasonText } from "../../domain/filing/person.ts";
import type { Settings } from "../../domain/settings/settings.ts";
import type { CourseEntry } from "../../words/course-words.ts";
import type { DecidedView } from "../decided-page.ts";
import type { DecisionView } from "../decision-page.ts";
import type { DecisionFormView } from "./decision-form.ts";

/** What a decision's pages are made from. */
export interface Deciding {
  token: string;
  link: DecisionLink;
  file: CaseFile;
  settings: Settings;
  now: number;
  rivals?: readonly Rival[] | undefined;
}

/** Without a judgement there is no page to decide on: the workflow judges before it asks. */
export class NotJudgedYet extends Error {
  override readonly name = "NotJudgedYet";
}

/** What an approver sees while the round is open. @throws NotJudgedYet */
export function decisionView(
  { token, link, file, settings, now, rivals }: Deciding,
  round: CaseRound,
  form: { problems?: DecisionFormView["problems"]; typed?: DecisionFormView["typed"] },
): DecisionView {
  const { case: agreement, organisation } = file;
  const upload = uploadOf(file, round.versionId);
  if (!upload?.judgement) throw new NotJudgedYet(`case ${agreement.id}, version ${round.versionId}`);
  const signer = signerOf(file);
  return {
    decisionPath: `/decisions/${token}`,
    stage: round.stage,
    approver: link.recipient.address,
    asksChair: settings.countersignature[agreement.kind],
    expiresAt: link.expiresAt,
    problems: form.problems ?? [],
    typed: form.typed,
    kind: agreement.kind,
    caseNumber: agreement.caseNumber,
    receivedAt: upload.registeredAt,
    organisation: { name: organisation.name, cvr: organisation.cvr, gln: organisation.gln },
    signer: { name: signer.name, title: signer.title },
    contact: contactOf(file),
    dues: duesIfApproved(file, settings, now),
    judgement: upload.judgement,
    sha256: round.sha256,
    hasPageImage: upload.pageImageKey !== undefined,
    rivals: rivals ?? [],
    endorsedBy: endorsementOf(file, round),
    course: courseOf(file),
  };
}

/** What is shown of a round that was decided. */
export function decidedView(
  { file, link, settings }: Deciding,
  round: CaseRound,
): Omit<DecidedView, "cameTooLate"> {
  const { ended } = round;
  const by = ended?.byId && personIn(file, "approver", ended.byId);
  return {
    kind: file.case.kind,
    caseNumber: file.case.caseNumber,
    organisationName: file.organisation.name,
    stage: round.stage,
    decision: decisionOf(round) ?? "approve",
    decidedBy: by ? (by.name ?? by.email) : "",
    isReader: by !== undefined && by.email === link.recipient.address,
    decidedAt: ended?.at ?? 0,
    reason: ended?.reasonId && reasonText(file, ended.reasonId),
    asksChair: settings.countersignature[file.case.kind],
  };
}

/** What the first invoice would be if the last approval came today. */
function duesIfApproved(
  { case: agreement }: CaseFile,
  { rates, firstInvoiceDueDays }: Settings,
  now: number,
): DecisionView["dues"] {
  const today = copenhagenDate(now);
  const charge = firstDues(agreement.kind, today, {
    rates,
    dueDays: firstInvoiceDueDays,
    invoicedOn: today,
  });
  if (!charge) return undefined;
  const { year, period, amountOere } = charge;
  return { year, period, amountOere, fullYearOere: rateOn(rates, agreement.kind, today).amountOere };
}

function courseOf({ audit }: CaseFile): CourseEntry[] {
  return audit.map(({ at, code, actor, details }) => ({ at, code, by: whoActed(actor, details) }));
}

function whoActed(actor: string, details: Readonly<Record<string, string | number>>): CourseEntry["by"] {
  if (actor === "system" || actor === "submitter") return actor;
  return details["stage"] === "chair" ? "chair" : "secretariat";
}
