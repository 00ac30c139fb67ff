import type { Mail } from "../../embedded-aws/ses/mailbox.ts";
import type { ShownExecution } from "../../embedded-aws/step-functions/step-functions.ts";
import type { Language } from "../../shared/domain/agreement/kind.ts";
import { type Html, html } from "../../shared/pages/kit/html.ts";
import { formatBytes, formatCvr, formatDateTime, formatIsoDay } from "../../shared/words/formats.ts";
import { kindWords } from "../../shared/words/kind-words.ts";
import { caseStatusWords } from "../../shared/words/status-words.ts";
import { type ControlTexts, controlTexts } from "./control-texts.ts";
import { drawWorkflow } from "./draw-workflow.ts";
import type { PlacedWorkflow } from "./lay-out-workflow.ts";
import type { ShownRegister } from "./read-register.ts";

const SHOWN_MAILS = 10;
const SHOWN_OLDER = 200;
const SHOWN_ENDED = 15;
const OPEN_GRAPHS = 1;

/** All that the page at /_local shows. `nowMs` is the local clock's. */
export interface ControlView {
  language: Language;
  nowMs: number;
  executions: readonly ShownExecution[];
  /** By workflow. */
  graphs: ReadonlyMap<string, PlacedWorkflow>;
  /** Oldest first, as they came. */
  mails: readonly Mail[];
  register: ShownRegister | undefined;
}

/** The page at /_local: clock, mails, workflows, register. Works without scripts. */
export function controlPage(view: ControlView): string {
  const { language } = view;
  const text = controlTexts[language];
  const other = language === "da" ? "en" : "da";
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text.title} · OS2aftale</title>
<link rel="stylesheet" href="/_local/control.css">
</head>
<body>
<header><div class="inner"><a class="brand" href="/">OS2aftale</a><a href="/_local?lang=${other}" lang="${other}" hreflang="${other}">${text.other}</a></div></header>
<main class="inner">
<h1>${text.title}</h1>
<p class="lead">${text.lead}</p>
<nav class="buttons" aria-label="${text.title}">${(["mails", "workflows", "clock", "register"] as const).map((section) => html`<a href="#${section}">${text[section]}</a>`)}</nav>
<div class="columns">
<div>
<section aria-labelledby="mails"><h2 id="mails">${text.mails}</h2>${mailList(view, text)}</section>
</div>
<div>
<section class="panel" aria-labelledby="clock"><h2 id="clock">${text.clock}</h2>${clockForms(view, text)}</section>
<section aria-labelledby="register"><h2 id="register">${text.register}</h2>${view.register && registerTables(view.register, text, language)}</section>
</div>
</div>
<section aria-labelledby="workflows"><h2 id="workflows">${text.workflows}</h2>${workflowList(view, text)}</section>
</main>
</body>
</html>
`.toString();
}

function clockForms({ nowMs, language }: ControlView, text: ControlTexts): Html {
  return html`<p>${text.now} <strong>${formatDateTime(nowMs, language)}</strong></p>
<form method="post" action="/_local/clock"><input type="hidden" name="lang" value="${language}">
<fieldset><legend>${text.move}</legend><p class="hint">${text.moveNote}</p>
<div class="buttons">${Object.entries(text.steps).map(([duration, words]) => html`<button name="advance" value="${duration}">${words}</button>`)}</div></fieldset></form>
<form method="post" action="/_local/clock"><input type="hidden" name="lang" value="${language}">
<label for="local">${text.to}</label><div class="buttons"><input id="local" name="local" type="datetime-local" required> <button class="quiet">${text.goTo}</button></div></form>`;
}

function mailList({ mails, language }: ControlView, text: ControlTexts): Html {
  if (mails.length === 0) return html`<p>${text.noMails}</p>`;
  const newest = mails.toReversed();
  const older = newest.slice(SHOWN_MAILS, SHOWN_MAILS + SHOWN_OLDER);
  const list = (some: readonly Mail[]) =>
    html`<ol class="mails" role="list">${some.map((mail) => mailCard(mail, text, language))}</ol>`;
  return html`${list(newest.slice(0, SHOWN_MAILS))}
${older.length > 0 && html`<details><summary>${text.older(older.length)}</summary>${list(older)}</details>`}`;
}

function mailCard(mail: Mail, text: ControlTexts, language: Language): Html {
  const code = caseCodeOf(mail);
  const address = `/_local/mail/${encodeURIComponent(mail.id)}`;
  return html`<li class="mail">
<h3>${mail.subject}</h3>
<p class="hint">${text.to2} ${mail.to.join(", ")}${mail.cc.length > 0 && ` · ${text.cc} ${mail.cc.join(", ")}`} · ${formatDateTime(Date.parse(mail.at), language)}</p>
${code !== undefined && html`<p>${text.code}: <strong class="code">${code}</strong></p>`}
<div class="buttons">${linksOf(mail).map((link) => html`<a class="button" href="${link}">${linkWords(link, text)}</a>`)}<a class="button quiet" href="${address}">${text.read}</a><a href="${address}/text">${text.plain}</a>
${mail.attachments.map((attachment, index) => html`<a href="${address}/attachments/${index}">${attachment.filename} (${formatBytes(attachment.size, language)})</a>`)}
${(["bounce", "complaint"] as const).map((event) => html`<form method="post" action="/_local/mail-event"><input type="hidden" name="lang" value="${language}"><input type="hidden" name="mailId" value="${mail.id}"><button class="plain" name="event" value="${event}">${text[event]}</button></form>`)}</div>
</li>`;
}

/** The case code that stands in a mail on a line of its own, in either language. */
export function caseCodeOf(mail: Pick<Mail, "text">): string | undefined {
  return /^(?:Sagskode|Case code):\s*(\d{4})\s*$/m.exec(mail.text)?.[1];
}

/** The links of a mail that stand on lines of their own: what its reader is asked to open. */
export function linksOf(mail: Pick<Mail, "text">): string[] {
  return [...new Set([...mail.text.matchAll(/^(https?:\/\/\S+)\s*$/gm)].map(([, link = ""]) => link))];
}

function linkWords(link: string, text: ControlTexts): string {
  const [, place = ""] = new URL(link).pathname.split("/");
  if (place === "decisions" || place === "agreements" || place === "tasks") return text.links[place];
  return text.links.other;
}

function workflowList({ executions, graphs, language }: ControlView, text: ControlTexts): Html {
  const running = executions.filter(({ status }) => status === "RUNNING");
  const ended = executions.filter(({ status }) => status !== "RUNNING").slice(0, SHOWN_ENDED);
  return html`${running.length === 0 ? html`<p>${text.noWorkflows}</p>` : html`<p class="hint">${text.legend}</p>`}
${running.map((execution, place) => runningWorkflow(execution, place, { graphs, language }, text))}
${
  ended.length > 0 &&
  html`<h3>${text.ended}</h3><ul>${ended.map(({ workflow, status, stoppedAt }) => html`<li>${nameOf(workflow, text)}: ${text.outcomes[status]}${stoppedAt !== undefined && ` · ${formatDateTime(Date.parse(stoppedAt), language)}`}</li>`)}</ul>`
}`;
}

function runningWorkflow(
  { workflow, currentStates, startedAt }: ShownExecution,
  place: number,
  { graphs, language }: Pick<ControlView, "graphs" | "language">,
  text: ControlTexts,
): Html {
  const name = nameOf(workflow, text);
  const graph = graphs.get(workflow);
  const stands = currentStates.join(", ");
  return html`<article class="execution"><h3>${name}</h3>
<p>${text.stands}: <strong lang="en">${stands}</strong></p>
<p class="hint">${text.started} ${formatDateTime(Date.parse(startedAt), language)}</p>
${graph && html`<details ${place < OPEN_GRAPHS && html`open`}><summary>${text.showGraph}</summary><div class="scroll" tabindex="0" role="region" aria-label="${name}">${drawWorkflow(graph, currentStates, `${name}: ${stands}`)}</div></details>`}
</article>`;
}

/** Stage and stack stand before its own name. One that nobody has named yet is called as in the template. */
function nameOf(workflow: string, text: ControlTexts): string {
  const known = Object.entries(text.workflowNames).find(([name]) => workflow.endsWith(name));
  return known?.[1] ?? workflow.replaceAll("-", " ");
}

function registerTables({ members, cases }: ShownRegister, text: ControlTexts, language: Language): Html {
  return html`<h3>${text.cases}</h3>
${
  cases.length === 0
    ? html`<p>${text.noCases}</p>`
    : html`<table><thead><tr><th scope="col">${text.caseNumber}</th><th scope="col">${text.organisation}</th><th scope="col">${text.status}</th></tr></thead>
<tbody>${cases.map((found) => html`<tr><td class="number">${found.caseNumber}</td><td>${found.name}<span class="hint">${kindWords(found.kind, language).holder}</span></td><td>${caseStatusWords[language][found.held ? "held" : found.status]}<span class="hint">${formatDateTime(found.since, language)}</span></td></tr>`)}</tbody></table>`
}
<h3>${text.members}</h3>
${
  members.length === 0
    ? html`<p>${text.noMembers}</p>`
    : html`<table><thead><tr><th scope="col">${text.organisation}</th><th scope="col">CVR</th><th scope="col">${text.joined}</th></tr></thead>
<tbody>${members.map((member) => html`<tr><td>${member.name}<span class="hint">${kindWords(member.kind, language).holder}</span></td><td class="number">${formatCvr(member.cvr)}</td><td>${formatIsoDay(member.joinedOn, language)}</td></tr>`)}</tbody></table>`
}`;
}
