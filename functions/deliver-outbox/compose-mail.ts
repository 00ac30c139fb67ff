import type { PersonId } from "../../shared/domain/agreement/agreement-case.ts";
import type {
  CaseFile,
  PersonRecord,
  RoundRecord,
  UploadRecord,
} from "../../shared/domain/agreement/case-file.ts";
import { type Decision, decisions, outcomeOf } from "../../shared/domain/approval/decision.ts";
import { decisionLinkExpiry, taskLinkExpiry } from "../../shared/domain/approval/link-validity.ts";
import { rateOn } from "../../shared/domain/dues/dues-rate.ts";
import type { MailName, MailToSend } from "../../shared/domain/errands/errand.ts";
import type { DuesLine } from "../../shared/domain/membership/member.ts";
import type { Settings } from "../../shared/domain/settings/settings.ts";
import type { CaseMail } from "../../shared/emails/case-mail.ts";
import type { MailData } from "../../shared/emails/mails.ts";
import type { LinkTokens, MintedLink } from "../../shared/ports/link-tokens.ts";
import type { Links } from "../../shared/ports/links.ts";

/** What a mail is written from. */
export interface Composition {
  file: CaseFile;
  item: MailToSend;
  settings: Settings;
  duesLines: readonly DuesLine[];
  now: number;
  /** Mints a link and keeps what it is bound to; answers its absolute address. */
  issue: {
    statusLink(): Promise<string>;
    decisionLink(round: RoundRecord): Promise<{ address: string; caseCode: string; expiresAt: number }>;
    taskLink(
      taskId: NonNullable<MailToSend["subject"]["taskId"]>,
    ): Promise<{ address: string; expiresAt: number }>;
  };
}

/**
 * What each mail tells, looked up in the case file when it is written, so that the outbox holds only codes and ids.
 * Nothing where the mail has become moot: its round is over, its case has gone on.
 */
export const compose: { [Name in MailName]: (from: Composition) => Promise<MailData[Name] | undefined> } = {
  receipt: async (from) => {
    const { case: agreement } = from.file;
    const lapsesAt = "lapsesAt" in agreement ? agreement.lapsesAt : from.now;
    return { ...about(from), statusLink: await from.issue.statusLink(), lapsesAt };
  },
  "status-link-again": withStatusLink,
  withdrawn: withStatusLink,
  "upload-rejected": async (from) => {
    const { case: agreement, uploads } = from.file;
    const upload = uploads.find((candidate) => candidate.versionId === from.item.subject.versionId);
    if (agreement.status !== "rejected" || agreement.upload.versionId !== upload?.versionId) return undefined;
    const findings = (upload?.judgement?.findings ?? []).filter((finding) => finding.severity === "reject");
    return {
      ...about(from),
      statusLink: await from.issue.statusLink(),
      lapsesAt: agreement.lapsesAt,
      findings,
    };
  },
  "decision-request": async (from) => {
    const round = roundOf(from);
    const upload = from.file.uploads.find((candidate) => candidate.versionId === round?.versionId);
    if (!round || round.ended || !upload?.judgement) return undefined;
    return { ...about(from), ...(await decisionFacts(from, round, upload, upload.judgement)) };
  },
  "decided-by-other": async (from) => {
    const round = roundOf(from);
    const decision = decisionOf(round);
    if (!round?.ended || !decision) return undefined;
    return {
      ...about(from),
      stage: round.stage,
      decision,
      decidedBy: nameOf(from.file, round.ended.byId),
      decidedAt: round.ended.at,
      reason: textOf(from.file, round.ended.reasonId),
      asksChair: round.stage === "secretariat" && from.settings.countersignature[from.file.case.kind],
    };
  },
  "sent-back": async (from) => {
    const { case: agreement } = from.file;
    if (agreement.status !== "awaiting-upload" || !agreement.returned) return undefined;
    return {
      ...about(from),
      stage: agreement.returned.stage,
      reason: textOf(from.file, from.item.subject.reasonId) ?? "",
      statusLink: await from.issue.statusLink(),
      lapsesAt: agreement.lapsesAt,
    };
  },
  declined: async (from) => {
    const { case: agreement } = from.file;
    if (agreement.status !== "declined") return undefined;
    const reason = textOf(from.file, agreement.reasonId) ?? "";
    return { ...about(from), stage: agreement.stage, reason, statusLink: await from.issue.statusLink() };
  },
  expired: async (from) => {
    const { case: agreement } = from.file;
    if (agreement.status !== "expired") return undefined;
    return { ...about(from), expired: agreement.expired, statusLink: await from.issue.statusLink() };
  },
  "round-ended": async (from) => {
    const round = roundOf(from);
    const outcome = round?.ended?.outcome;
    const told = outcome === "withdrawn" || outcome === "superseded" || outcome === "expired";
    return round && told ? { ...about(from), stage: round.stage, outcome } : undefined;
  },
  "link-locked": async (from) => {
    const round = roundOf(from);
    if (!round) return undefined;
    return {
      ...about(from),
      stage: round.stage,
      approver: nameOf(from.file, from.item.subject.approverId),
      lockedAt: from.now,
    };
  },
  welcome: async (from) => {
    const line = from.duesLines[0];
    const joinedOn = joinedOnOf(from.file);
    if (!joinedOn) return undefined;
    const dues = !line ? "none" : line.state.kind === "issued" ? "mailed" : "awaits-gln";
    return { ...about(from), joinedOn, statusLink: await from.issue.statusLink(), dues };
  },
  dues: async (from) => {
    const { organisation, case: agreement } = from.file;
    const number = from.item.subject.invoiceNumber;
    const line = from.duesLines.find(
      (candidate) => candidate.state.kind === "issued" && candidate.state.invoiceNumber === number,
    );
    const joinedOn = joinedOnOf(from.file);
    if (!line || !joinedOn || number === undefined || !organisation.gln) return undefined;
    return {
      ...about(from),
      invoiceNumber: number,
      invoicedOn: line.invoicedOn,
      joinedOn,
      charge: line,
      fullYearOere: rateOn(from.settings.rates, agreement.kind, joinedOn)?.amountOere ?? line.amountOere,
      payer: { cvr: organisation.cvr, gln: organisation.gln },
      statusLink: await from.issue.statusLink(),
    };
  },
  "task-opened": async (from) => {
    const task = from.file.tasks.find((candidate) => candidate.id === from.item.subject.taskId);
    if (!task || task.resolved) return undefined;
    const { address, expiresAt } = await from.issue.taskLink(task.id);
    return {
      ...about(from),
      reason: task.reason,
      detail: task.detail,
      openedAt: task.since,
      taskLink: address,
      expiresAt,
    };
  },
};

async function withStatusLink(from: Composition) {
  return { ...about(from), statusLink: await from.issue.statusLink() };
}

function about({ file, settings }: Composition): CaseMail {
  const { caseNumber, kind } = file.case;
  return { sender: settings.sender, caseNumber, kind, organisationName: file.organisation.name };
}

function roundOf({ file, item }: Composition): RoundRecord | undefined {
  return file.rounds.find((round) => round.number === item.subject.round);
}

function decisionOf(round: RoundRecord | undefined): Decision | undefined {
  return decisions.find((decision) => outcomeOf[decision] === round?.ended?.outcome);
}

/** How a person is known to colleagues: by name where we have one, else by the address we write to. */
function nameOf(file: CaseFile, id: PersonId | undefined): string {
  const person: PersonRecord | undefined = id && file.persons.get(id);
  return person?.name ?? person?.email ?? "";
}

function textOf(file: CaseFile, id: PersonId | undefined): string | undefined {
  return id && file.persons.get(id)?.text;
}

/** The join date as it was admitted: recorded, not computed again. */
function joinedOnOf(file: CaseFile): string | undefined {
  const joinedOn = file.audit.find((event) => event.code === "ADMITTED")?.details["joinedOn"];
  return joinedOn === undefined ? undefined : String(joinedOn);
}

async function decisionFacts(
  from: Composition,
  round: RoundRecord,
  upload: UploadRecord,
  judgement: NonNullable<UploadRecord["judgement"]>,
): Promise<Omit<MailData["decision-request"], keyof CaseMail>> {
  const { file } = from;
  const { address, caseCode, expiresAt } = await from.issue.decisionLink(round);
  const signer = file.persons.get(file.signerId);
  const before = file.rounds.find(
    (earlier) =>
      earlier.stage === "secretariat" &&
      earlier.versionId === round.versionId &&
      earlier.ended?.outcome === "approved",
  );
  return {
    stage: round.stage,
    decisionLink: address,
    caseCode,
    expiresAt,
    receivedAt: upload.registeredAt,
    cvr: file.organisation.cvr,
    signer: { name: signer?.name ?? "", title: signer?.title ?? "" },
    judgement,
    endorsedBy:
      round.stage === "chair" && before?.ended
        ? { name: nameOf(file, before.ended.byId), at: before.ended.at }
        : undefined,
    renewed: from.item.step.includes("-renewed-"),
  };
}

/** Mints links for one mail: the token goes into the mail, what it is bound to into the table, under its hash. */
export function linkIssuer(
  { file, item, now }: Pick<Composition, "file" | "item" | "now">,
  { tokens, links, baseUrl }: { tokens: LinkTokens; links: Pick<Links, "put">; baseUrl: string },
): Composition["issue"] {
  const caseId = file.case.id;
  const english = item.to.role === "contact" && file.case.language === "en" ? "?lang=en" : "";
  const bound = ({ linkHash }: MintedLink) => ({ linkHash, caseId, issuedAt: now });
  return {
    statusLink: async () => {
      const minted = await tokens.mint("status");
      await links.put({ purpose: "status", ...bound(minted) });
      return `${baseUrl}/agreements/${minted.token}${english}`;
    },
    decisionLink: async (round) => {
      const minted = await tokens.mint("decision");
      const expiresAt = decisionLinkExpiry(now, round.expiresAt);
      await links.put({
        purpose: "decision",
        ...bound(minted),
        round: round.number,
        sha256: round.sha256,
        recipient: item.to,
        expiresAt,
        wrongCodes: 0,
      });
      return {
        address: `${baseUrl}/decisions/${minted.token}`,
        caseCode: await tokens.caseCode(minted.token),
        expiresAt,
      };
    },
    taskLink: async (taskId) => {
      const minted = await tokens.mint("task");
      const expiresAt = taskLinkExpiry(now);
      await links.put({ purpose: "task", ...bound(minted), taskId, recipient: item.to, expiresAt });
      return { address: `${baseUrl}/tasks/${minted.token}`, expiresAt };
    },
  };
}
