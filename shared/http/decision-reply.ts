import type { PersonId } from "../domain/agreement/agreement-case.ts";
import type { CaseFile, RoundRecord } from "../domain/agreement/case-file.ts";
import { type Decision, decisions, type LinkStanding, outcomeOf } from "../domain/approval/decision.ts";
import type { DecisionLink } from "../domain/approval/link.ts";
import { copenhagenDate } from "../domain/calendar/copenhagen-date.ts";
import { rateOn } from "../domain/dues/dues-rate.ts";
import { firstDues } from "../domain/dues/first-dues.ts";
import type { Settings } from "../domain/settings/settings.ts";
import { decidedPage } from "../pages/decided-page.ts";
import { type DecisionView, decisionPage } from "../pages/decision-page.ts";
import type { Chrome } from "../pages/kit/shell.ts";
import type { DecisionFormView } from "../pages/parts/decision-form.ts";
import { refusedLinkPage } from "../pages/refused-link-page.ts";
import type { CourseEntry } from "../words/course-words.ts";
import type { Reply } from "./reply.ts";

export interface DecisionScreen {
  token: string;
  link: DecisionLink;
  file: CaseFile;
  standing: LinkStanding;
  settings: Settings;
  chrome: Chrome;
  now: number;
}

/** What an approver sees behind a link, whatever the link is still good for. Rendering changes nothing. */
export function decisionReply(
  screen: DecisionScreen,
  form: {
    problems?: DecisionFormView["problems"];
    typed?: DecisionFormView["typed"];
    outcome?: "shown" | "malformed" | "wrong-code";
  } = {},
): Reply {
  const { standing, chrome, token } = screen;
  const renewPath = `/decisions/${token}/renew`;
  switch (standing.kind) {
    case "open":
      return {
        outcome: form.outcome ?? "shown",
        page: decisionPage(decisionView(screen, standing.round, form), chrome),
      };
    case "decided":
      return { outcome: "shown", page: decided(screen, standing.round, false) };
    case "locked":
      return { outcome: "locked", page: refusedLinkPage({ why: "locked", renewPath }, chrome) };
    case "expired":
      return {
        outcome: "gone",
        page: refusedLinkPage(
          { why: "expired", renewPath: standing.renewable ? renewPath : undefined },
          chrome,
        ),
      };
    case "superseded": {
      const why = standing.outcome === "withdrawn" ? "withdrawn" : "superseded";
      return { outcome: "gone", page: refusedLinkPage({ why }, chrome) };
    }
  }
}

/** The answer to somebody who wanted to decide after it had been decided otherwise: who did, and when. */
export function decidedOtherwiseReply(screen: DecisionScreen, round: RoundRecord): Reply {
  return { outcome: "conflict", page: decided(screen, round, true) };
}

function decided(
  { file, link, settings, chrome }: DecisionScreen,
  round: RoundRecord,
  cameTooLate: boolean,
): string {
  const by = personOf(file, round.ended?.byId);
  return decidedPage(
    {
      kind: file.case.kind,
      caseNumber: file.case.caseNumber,
      organisationName: file.organisation.name,
      stage: round.stage,
      decision: decisionOf(round),
      decidedBy: by?.name ?? by?.email ?? "",
      isReader: by?.email === link.recipient.address,
      decidedAt: round.ended?.at ?? 0,
      reason: personOf(file, round.ended?.reasonId)?.text,
      asksChair: settings.countersignature[file.case.kind],
      cameTooLate,
    },
    chrome,
  );
}

function decisionOf(round: RoundRecord): Decision {
  return decisions.find((decision) => outcomeOf[decision] === round.ended?.outcome) ?? "approve";
}

function personOf(file: CaseFile, id: PersonId | undefined) {
  return id && file.persons.get(id);
}

/** Without a judgement there is no page to decide on: the workflow judges before it asks. */
export class NotJudgedYet extends Error {
  override readonly name = "NotJudgedYet";
}

function decisionView(
  { token, link, file, settings, now }: DecisionScreen,
  round: RoundRecord,
  form: { problems?: DecisionFormView["problems"]; typed?: DecisionFormView["typed"] },
): DecisionView {
  const { case: agreement, organisation, persons } = file;
  const upload = file.uploads.find((candidate) => candidate.versionId === round.versionId);
  if (!upload?.judgement) throw new NotJudgedYet(`case ${agreement.id}, version ${round.versionId}`);
  const signer = persons.get(file.signerId);
  const contact = persons.get(file.contactId);
  const endorsement = file.rounds.find(
    (one) =>
      one.stage === "secretariat" && one.versionId === round.versionId && one.ended?.outcome === "approved",
  );
  const endorser = personOf(file, endorsement?.ended?.byId);
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
    signer: { name: signer?.name ?? "", title: signer?.title ?? "" },
    contact: { name: contact?.name ?? "", email: contact?.email ?? "", phone: contact?.phone },
    dues: duesIfApproved(file, settings, now),
    judgement: upload.judgement,
    sha256: round.sha256,
    hasPageImage: upload.pageImageKey !== undefined,
    endorsedBy:
      round.stage === "chair" && endorsement?.ended
        ? { name: endorser?.name ?? endorser?.email ?? "", at: endorsement.ended.at }
        : undefined,
    course: courseOf(file),
  };
}

/** What the first invoice would be if the last approval came today. */
function duesIfApproved(
  { case: agreement }: CaseFile,
  { rates, firstInvoiceDueDays }: Settings,
  now: number,
): DecisionView["dues"] {
  const today = copenhagenDate(now);
  const charge = firstDues(agreement.kind, today, today, rates, firstInvoiceDueDays);
  if (!charge) return undefined;
  const { year, period, amountOere } = charge;
  return {
    year,
    period,
    amountOere,
    fullYearOere: rateOn(rates, agreement.kind, today)?.amountOere ?? amountOere,
  };
}

function courseOf({ audit }: CaseFile): CourseEntry[] {
  return audit.map(({ at, code, actor, details }) => ({ at, code, by: whoActed(actor, details) }));
}

function whoActed(actor: string, details: Readonly<Record<string, string | number>>): CourseEntry["by"] {
  if (actor === "system" || actor === "submitter") return actor;
  return details["stage"] === "chair" ? "chair" : "secretariat";
}
