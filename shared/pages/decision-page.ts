import { type AgreementKind, kindRules, type Language } from "../domain/agreement/kind.ts";
import type { Rival } from "../domain/agreement/rival.ts";
import type { Judgement } from "../domain/judgement/judgement.ts";
import type { Signer } from "../domain/organisation/organisation.ts";
import { bilingual } from "../words/bilingual.ts";
import { type CourseEntry, courseLine, courseTitle } from "../words/course-words.ts";
import { formatCvr, formatDate, formatDateTime, formatKroner, formatPhone } from "../words/formats.ts";
import { kindWords } from "../words/kind-words.ts";
import { caseStatusWords } from "../words/status-words.ts";
import { type Verdict, verdictOf } from "../words/verdict.ts";
import { errorSummary } from "./kit/form-field.ts";
import { type Html, html } from "./kit/html.ts";
import { icon } from "./kit/icon.ts";
import { facts, fold, headingName, mailLink, notice } from "./kit/page-parts.ts";
import { type Chrome, localHref, page } from "./kit/shell.ts";
import { type DecisionFormView, decisionErrors, decisionForm } from "./parts/decision-form.ts";
import { checksFold, fileFold, findingsSection, signersSection } from "./parts/judgement-report.ts";

export interface DecisionView extends Omit<DecisionFormView, "light"> {
  kind: AgreementKind;
  caseNumber: string;
  /** Epoch ms when the file came. */
  receivedAt: number;
  organisation: { name: string; cvr: string; gln?: string | undefined };
  /** Who the applicant says signs, and with which title. */
  signer: Signer;
  contact: { name: string; email: string; phone?: string | undefined };
  /** The first dues if it is approved today, without VAT; undefined where nothing is owed. */
  dues?:
    | { year: number; period: "full-year" | "half-year"; amountOere: number; fullYearOere: number }
    | undefined;
  judgement: Judgement;
  sha256: string;
  hasPageImage: boolean;
  /** The secretary who approved before the chair was asked. */
  endorsedBy?: { name: string; at: number } | undefined;
  /** Admitting this one closes them. */
  rivals: readonly Rival[];
  course: readonly CourseEntry[];
}

const texts = bilingual({
  da: {
    above: (agreement: string, caseNumber: string, received: string) =>
      `${agreement} · sag ${caseNumber} · modtaget ${received}`,
    toDecision: "Gå til din afgørelse",
    light: "Lys: ",
    pageOne: "Side 1 af dokumentet",
    noImage: "Side 1 kan ikke vises her. Åbn aftalen i stedet.",
    open: (pages: number) => `Åbn hele aftalen (PDF, ${pages === 1 ? "1 side" : `${pages} sider`})`,
    who: "Hvem søger?",
    gln: "EAN-nummer",
    signer: "Underskriver ifølge ansøgeren",
    contact: "Kontaktperson",
    dues: "Kontingent",
    duesText: (now: string, year: number, period: "full-year" | "half-year", full: string) =>
      period === "half-year"
        ? `${now} uden moms i ${year} (halvt år), derefter ${full}`
        : `${now} uden moms om året`,
    noDues: "Intet",
    endorsed: "Godkendt af",
    endorsedText: (name: string, at: string) => `${name}, ${at}`,
    rivals: "Andre har søgt for samme CVR-nummer",
    rivalsMeaning:
      "Bliver denne optaget, lukker vi de andre og siger det til dem. Er du i tvivl, så ring først.",
    rival: (number: string, date: string, status: string) => `Sag ${number}, ${date}: ${status}. `,
    missingGln: "Mangler. Fakturaen venter, til det er skrevet ind",
  },
  en: {
    above: (agreement: string, caseNumber: string, received: string) =>
      `${agreement} · case ${caseNumber} · received ${received}`,
    toDecision: "Go to your decision",
    light: "Light: ",
    pageOne: "Page 1 of the document",
    noImage: "Page 1 can’t be shown here. Open the agreement instead.",
    open: (pages: number) => `Open the whole agreement (PDF, ${pages === 1 ? "1 page" : `${pages} pages`})`,
    who: "Who applies?",
    gln: "EAN number",
    signer: "Signer according to the applicant",
    contact: "Contact",
    dues: "Dues",
    duesText: (now: string, year: number, period: "full-year" | "half-year", full: string) =>
      period === "half-year"
        ? `${now} without VAT in ${year} (half a year), then ${full}`
        : `${now} a year without VAT`,
    noDues: "None",
    endorsed: "Approved by",
    endorsedText: (name: string, at: string) => `${name}, ${at}`,
    rivals: "Others have applied for the same CVR number",
    rivalsMeaning:
      "If this one is admitted, we close the others and tell them so. If you are in doubt, call first.",
    rival: (number: string, date: string, status: string) => `Case ${number}, ${date}: ${status}. `,
    missingGln: "Missing. The invoice waits until it is given",
  },
});

const lightIcons = { green: "success", yellow: "warning", red: "error" } as const;

/** What a secretary or the chair decides on: the verdict first, the form beside it, every finding with what to do. */
export function decisionPage(view: DecisionView, chrome: Chrome): string {
  const { language, assets } = chrome;
  const text = texts[language];
  const { judgement } = view;
  const words = kindWords(view.kind, language);
  const title = `${headingName(view.organisation.name)} ${words.wants}`;
  const checks = checksFold(judgement, language);
  const file = fileFold(judgement, view.sha256, language);
  return page(
    {
      title,
      hasErrors: view.problems.length > 0,
      main: html`<p class="subheading o-above">${text.above(words.agreementTitle, view.caseNumber, formatDateTime(view.receivedAt, language))}</p>
<h1 class="o-name">${title}</h1>
${errorSummary(decisionErrors(view.problems, language), language, assets)}
${verdictBox(verdictOf(judgement, language), chrome)}
<div class="o-columns">
<div class="o-report">
<div class="o-document">
${documentBox(view, chrome)}
${applicant(view, language)}
</div>
${rivalsSection(view.rivals, chrome)}
${signersSection(judgement, language)}
${findingsSection(judgement, language, assets)}
<div class="o-folds">
${fold(checks.title, checks.body)}
${fold(courseTitle(language), courseList(view.course, language))}
${fold(file.title, file.body)}
</div>
</div>
<div class="o-aside o-aside--sticky">
${decisionForm({ ...view, light: judgement.light }, chrome)}
</div>
</div>`,
    },
    chrome,
  );
}

function rivalsSection(rivals: readonly Rival[], chrome: Chrome): Html | false {
  const { language } = chrome;
  const text = texts[language];
  return (
    rivals.length > 0 &&
    notice(
      "warning",
      text.rivals,
      html`<p>${text.rivalsMeaning}</p>
<ul>${rivals.map(
        ({ caseNumber, contact, openedAt, status }) =>
          html`<li class="o-wrap">${text.rival(caseNumber, formatDate(openedAt, language), caseStatusWords[language][status])}${contact.name}, ${mailLink(contact.email)}</li>`,
      )}</ul>`,
      chrome.assets,
    )
  );
}

/** Oldest first, as it happened. */
function courseList(course: readonly CourseEntry[], language: Language): Html {
  return html`<ol class="o-plain-list o-compact" role="list">${course.map((entry) => html`<li>${courseLine(entry, language)}</li>`)}</ol>`;
}

function verdictBox(verdict: Verdict, chrome: Chrome): Html {
  const text = texts[chrome.language];
  return html`<section class="o-verdict o-verdict--${verdict.light}" aria-labelledby="verdict">
${icon(lightIcons[verdict.light], chrome.assets)}
<div><h2 id="verdict"><span class="sr-only">${text.light}${verdict.word}. </span>${verdict.headline}</h2>
<p>${verdict.meaning}</p>
<p><strong>${verdict.advice}</strong></p>
<p class="o-phone-only"><a href="#decision-card">${text.toDecision}</a></p></div>
</section>`;
}

function documentBox(view: DecisionView, chrome: Chrome): Html {
  const text = texts[chrome.language];
  return html`<div class="o-page-image">
${
  view.hasPageImage
    ? html`<img src="${view.decisionPath}/page-1.png" alt="${text.pageOne}" width="220" height="311">`
    : html`<p class="o-no-image">${text.noImage}</p>`
}
<p class="o-tight"><a href="${localHref(`${view.decisionPath}/document`, chrome)}">${text.open(view.judgement.pages)}</a></p>
</div>`;
}

function applicant(view: DecisionView, language: Language): Html {
  const text = texts[language];
  const { organisation, contact, dues, endorsedBy } = view;
  const duesText =
    dues === undefined
      ? text.noDues
      : text.duesText(
          formatKroner(dues.amountOere, language),
          dues.year,
          dues.period,
          formatKroner(dues.fullYearOere, language),
        );
  const missingGln = kindRules[view.kind].form.asksGln && dues !== undefined && text.missingGln;
  return html`<section><h2 class="o-h2">${text.who}</h2>
${facts([
  [kindWords(view.kind, language).organisation, html`<strong>${organisation.name}</strong>`],
  ["CVR", formatCvr(organisation.cvr)],
  [text.gln, organisation.gln ?? missingGln],
  [text.signer, `${view.signer.name}, ${view.signer.title}`],
  [
    text.contact,
    html`${contact.name}, ${mailLink(contact.email)}${contact.phone !== undefined && `, ${formatPhone(contact.phone)}`}`,
  ],
  [text.dues, duesText],
  [text.endorsed, endorsedBy && text.endorsedText(endorsedBy.name, formatDateTime(endorsedBy.at, language))],
])}
</section>`;
}
