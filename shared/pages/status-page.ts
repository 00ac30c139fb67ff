import type { PublicStatus } from "../domain/agreement/agreement-case.ts";
import type { AgreementKind, Language } from "../domain/agreement/kind.ts";
import type { Stage } from "../domain/filing/round.ts";
import type { Finding } from "../domain/judgement/judgement.ts";
import { findingText } from "../words/finding-texts/finding-texts.ts";
import { formatBytes, formatCvr, formatDate, formatWeekday } from "../words/formats.ts";
import { kindWords } from "../words/kind-words.ts";
import { type Html, html } from "./kit/html.ts";
import { icon } from "./kit/icon.ts";
import { facts, fold, headingName, notice, quote, type Tone } from "./kit/page-parts.ts";
import { type Chrome, localHref, page } from "./kit/shell.ts";
import { statusTexts as texts } from "./parts/status-texts.ts";
import { type Milestones, timeline } from "./parts/status-timeline.ts";

export interface StatusView {
  /** `/agreements/{key}`: everything the submitter may do lies under it. */
  statusPath: string;
  caseNumber: string;
  kind: AgreementKind;
  organisation: { name: string; cvr: string };
  signer: { name: string; title: string };
  contact: { name: string };
  status: PublicStatus;
  /** Epoch ms of the last change of status. */
  since: number;
  /** When the case lapses if no file comes; only while one is awaited. */
  lapsesAt?: number | undefined;
  milestones: Milestones;
  /** Whether the chair is asked after the secretariat. */
  asksChair: boolean;
  /** Why the file was rejected. */
  findings: readonly Finding[];
  /** What the secretariat or the chair wrote when they sent back or declined. */
  reason?: { stage: Stage; text: string } | undefined;
  file?: { bytes: number; pages?: number | undefined; mayBeServed: boolean } | undefined;
  /** Until the contact's address has answered: where the mail went, until when, and whether it was just sent again. */
  unconfirmed?: { address: string; until: number; sentAgain?: boolean } | undefined;
  /** The house closed the case because another application for the same body was admitted. */
  anotherAdmitted?: boolean | undefined;
  /** More files were sent today than we take. */
  tooManyFiles?: boolean | undefined;
  mayUpload: boolean;
  mayWithdraw: boolean;
  /** The case ended without admission: its details may be used for a new one. */
  mayApplyAgain: boolean;
}

const tones: Record<PublicStatus, Tone> = {
  "awaiting-upload": "warning",
  "under-review": "info",
  rejected: "error",
  "awaiting-confirmation": "warning",
  "awaiting-secretariat": "info",
  "awaiting-chair": "info",
  approved: "success",
  admitted: "success",
  declined: "error",
  expired: "warning",
  withdrawn: "info",
  closed: "info",
  held: "info",
};

/** Where the submitter sees who acts now and does what is theirs to do. */
export function statusPage(view: StatusView, chrome: Chrome): string {
  const { language } = chrome;
  const text = texts[language];
  const words = kindWords(view.kind, language);
  const title = text.title(words.agreementTitle, headingName(view.organisation.name));
  return page(
    {
      title,
      main: html`<p class="subheading">${text.case(view.caseNumber)}</p>
<h1 class="o-name">${title}</h1>
<div class="o-columns">
<div>
${answer(view, chrome)}
${reasonOf(view, language)}
${rejection(view, language)}
<h2>${text.progress}</h2>
${timeline(view, chrome)}
</div>
<aside class="o-aside" aria-label="${text.sent}">
<section class="o-card">
<h2 class="o-panel-title">${text.sent}</h2>
${facts([
  [words.organisation, view.organisation.name],
  ["CVR", formatCvr(view.organisation.cvr)],
  [text.signer, `${view.signer.name}, ${view.signer.title}`],
  [text.contact, view.contact.name],
  [text.file, view.file && fileLine(view, view.file, language)],
])}
</section>
${otherWays(view, chrome)}
</aside>
</div>`,
    },
    chrome,
  );
}

/** A link only where the file may be handed out; what is unchecked or refused is named and no more. */
function fileLine(view: StatusView, file: NonNullable<StatusView["file"]>, language: Language): Html {
  const words = texts[language].fileText(formatBytes(file.bytes, language), file.pages);
  return file.mayBeServed ? html`<a href="${view.statusPath}/document">${words}</a>` : html`${words}`;
}

/** Sent back for another file: the status is the first one again, the words are not. */
function isReturned(view: StatusView): boolean {
  return view.status === "awaiting-upload" && view.reason !== undefined;
}

function answer(view: StatusView, chrome: Chrome): Html {
  const { language } = chrome;
  const text = texts[language];
  const checking = view.unconfirmed && view.status === "under-review";
  const words = isReturned(view) ? text.returned : checking ? text.checking : text.statuses[view.status];
  // Membership counts from the last approval, however long we took to register it.
  const since =
    view.status === "admitted"
      ? formatDate(view.milestones.approved ?? view.since, language)
      : formatWeekday(view.since, language);
  const deadline = view.lapsesAt === undefined ? "" : formatWeekday(view.lapsesAt, language);
  const sendLabel = view.status === "awaiting-upload" && !isReturned(view) ? text.send : text.sendAgain;
  const waitsForFile = view.mayUpload && (view.status === "awaiting-upload" || view.status === "rejected");
  return html`${notice(tones[view.status], words.heading, html`<p>${words.body(since, deadline)}</p>`, chrome.assets)}
${
  waitsForFile &&
  html`<p class="o-action"><a class="button button-primary" href="${localHref(`${view.statusPath}/upload`, chrome)}">${sendLabel}</a></p>`
}
${view.anotherAdmitted && html`<p>${text.anotherAdmitted}</p>`}
${view.tooManyFiles && html`<p class="o-block"><strong>${text.tooManyFiles}</strong></p>`}
${view.unconfirmed && confirmation(view, view.unconfirmed, chrome)}
${view.mayApplyAgain && applyAgainForm(view, chrome)}`;
}

/** What the contact has to do, and a way to get the mail again; never the page's first button while a file is awaited. */
function confirmation(
  view: StatusView,
  { address, until, sentAgain }: NonNullable<StatusView["unconfirmed"]>,
  chrome: Chrome,
): Html {
  const text = texts[chrome.language].unconfirmed;
  return html`<section class="o-block" aria-labelledby="confirm-title"><h2 id="confirm-title">${text.heading}</h2>
<p class="o-wrap">${text.sent(address, formatWeekday(until, chrome.language))}</p>
${sentAgain && html`<p role="status"><strong>${text.sentAgain}</strong></p>`}
<form method="post" action="${localHref(`${view.statusPath}/confirmation`, chrome)}"><button class="button button-secondary" type="submit">${text.button}</button></form>
<p class="o-small">${text.wrong}</p></section>`;
}

/** A reference to this case, so that the form opens filled in and no address carries what somebody wrote in it. */
function applyAgainForm(view: StatusView, chrome: Chrome): Html {
  return html`<form class="o-action" method="post" action="${localHref(`${view.statusPath}/again`, chrome)}"><button class="button button-primary" type="submit">${texts[chrome.language].applyAgain}</button></form>`;
}

function reasonOf(view: StatusView, language: Language): Html | false {
  const { reason } = view;
  const told =
    reason !== undefined && (view.status === "declined" || view.status === "closed" || isReturned(view));
  return (
    told &&
    html`<section class="o-block"><h2>${texts[language].reasonFrom[reason.stage]}</h2>
${quote(reason.text)}</section>`
  );
}

function rejection(view: StatusView, language: Language): Html | false {
  return (
    view.status === "rejected" &&
    view.findings.length > 0 &&
    html`<section class="o-block"><h2>${texts[language].whyRejected}</h2>
<ul class="o-plain-list" role="list">${view.findings.map((finding) => {
      const words = findingText(finding.code, language);
      return html`<li><strong>${words.headline}</strong><br>${words.meaning}${words.advice && html` ${words.advice}`}</li>`;
    })}</ul></section>`
  );
}

function otherWays(view: StatusView, chrome: Chrome): Html {
  const text = texts[chrome.language];
  const { assets, sender } = chrome;
  const asksForFile = view.status === "awaiting-upload" || view.status === "rejected";
  return html`<section class="o-panel">
<h2 class="o-panel-title">${text.wrong}</h2>
<ul class="o-icon-list" role="list">
${
  view.mayUpload &&
  !asksForFile &&
  html`<li>${icon("upload", assets)}<a href="${localHref(`${view.statusPath}/upload`, chrome)}">${text.sendAgain}</a></li>`
}
<li>${icon("email", assets)}<a href="mailto:${sender.email}">${text.write(sender.email)}</a></li>
</ul>
${
  view.mayWithdraw &&
  fold(
    text.withdraw,
    html`<p>${text.withdrawMeaning}</p>
<form method="post" action="${localHref(`${view.statusPath}/withdraw`, chrome)}"><button class="button button-secondary" type="submit">${text.withdrawButton}</button></form>`,
    "withdraw",
  )
}
<p class="o-quiet o-tight">${text.keepLink}</p>
</section>`;
}
