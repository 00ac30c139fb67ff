import type { AgreementKind } from "../domain/agreement/kind.ts";
import type { TaskReason, TaskResolution } from "../domain/filing/task.ts";
import type { ContactPerson } from "../domain/organisation/organisation.ts";
import { bilingual } from "../words/bilingual.ts";
import { formatDateTime, formatPhone } from "../words/formats.ts";
import { kindWords } from "../words/kind-words.ts";
import { resolutionWords, taskWords } from "../words/task-words.ts";
import { errorSummary } from "./kit/form-field.ts";
import { html } from "./kit/html.ts";
import { facts, mailLink, notice } from "./kit/page-parts.ts";
import { type Chrome, page } from "./kit/shell.ts";
import { type TaskFormView, taskErrors, taskForm } from "./parts/task-form.ts";

export interface TaskView extends TaskFormView {
  reason: TaskReason;
  /** A code or an id, as the task has it. */
  detail?: string | undefined;
  openedAt: number;
  /** How people know the file it stands on: A-2026-0117, M-0042. */
  reference: string;
  /** The organisation, or what the run is for. */
  name: string;
  kind?: AgreementKind | undefined;
  contact?: ContactPerson | undefined;
  /** What was done, once the task is resolved; nothing is offered then. */
  resolved?:
    | { resolution: TaskResolution; at: number; isReader: boolean; reason?: string | undefined }
    | undefined;
}

const texts = bilingual({
  da: {
    above: (caseNumber: string) => `Opgave i sag ${caseNumber}`,
    resolved: (what: string, at: string) => `Opgaven er løst: ${what}, ${at}.`,
    resolvedHeading: "Du skal ikke gøre noget",
    thanks: "Tak. Opgaven er løst",
    facts: "Det handler om",
    other: "Sag",
    contact: "Kontaktperson",
    since: "Siden",
    detail: "Teknisk",
    note: "Bemærkning",
  },
  en: {
    above: (caseNumber: string) => `Task in case ${caseNumber}`,
    resolved: (what: string, at: string) => `The task is solved: ${what}, ${at}.`,
    resolvedHeading: "You need not do anything",
    thanks: "Thank you. The task is solved",
    facts: "What it is about",
    other: "File",
    contact: "Contact",
    since: "Since",
    detail: "Technical",
    note: "Note",
  },
});

/** A secretary's way out of what the system can't settle by itself: what happened, and only what is legal. */
export function taskPage(view: TaskView, chrome: Chrome): string {
  const { language, assets } = chrome;
  const text = texts[language];
  const words = taskWords(view.reason, language, view.detail);
  const { name, kind, contact, resolved } = view;
  const errors = taskErrors(view.problems, language);
  return page(
    {
      title: words.heading,
      hasErrors: errors.length > 0,
      main: html`<p class="subheading o-above">${text.above(view.reference)}</p>
<h1>${words.heading}</h1>
<div class="o-columns">
<div>
${errorSummary(errors, language, assets)}
${
  resolved
    ? notice(
        "success",
        resolved.isReader ? text.thanks : text.resolvedHeading,
        html`<p>${text.resolved(resolutionWords(resolved.resolution, language).label, formatDateTime(resolved.at, language))}</p>`,
        assets,
      )
    : notice("warning", words.advice, html`<p>${words.meaning}</p>`, assets)
}
<h2 class="o-h2">${text.facts}</h2>
${facts([
  [kind ? kindWords(kind, language).organisation : text.other, html`<strong>${name}</strong>`],
  [
    text.contact,
    contact &&
      html`${contact.name}, ${mailLink(contact.email)}${contact.phone !== undefined && `, ${formatPhone(contact.phone)}`}`,
  ],
  [text.since, formatDateTime(view.openedAt, language)],
  [text.detail, view.detail],
  [text.note, resolved?.reason],
])}
</div>
<div class="o-aside">${!resolved && view.resolutions.length > 0 && taskForm(view, chrome)}</div>
</div>`,
    },
    chrome,
  );
}
