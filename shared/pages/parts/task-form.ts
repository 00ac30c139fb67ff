import type { Language } from "../../domain/agreement/kind.ts";
import type { TaskResolution } from "../../domain/filing/task.ts";
import { bilingual } from "../../words/bilingual.ts";
import { formatDate } from "../../words/formats.ts";
import { resolutionWords } from "../../words/task-words.ts";
import { radioGroup, textArea } from "../kit/form-field.ts";
import { type Html, html } from "../kit/html.ts";
import { type Chrome, localHref } from "../kit/shell.ts";
import { type CodedProblem, caseCodeField, codedError } from "./coded-form.ts";

/** Why the last attempt was refused; the form comes back with what was chosen and written. */
export type TaskProblem = { code: "CHOICE_MISSING" } | CodedProblem;

export interface TaskFormView {
  /** `/tasks/{token}` */
  taskPath: string;
  /** The address the link was mailed to. */
  reader: string;
  expiresAt: number;
  /** What is legal now; nothing else is offered. */
  resolutions: readonly TaskResolution[];
  problems: readonly TaskProblem[];
  typed?: { resolution?: TaskResolution | undefined; reason?: string | undefined } | undefined;
}

const texts = bilingual({
  da: {
    card: "Løs opgaven",
    as: "Du løser opgaven som sekretær",
    question: "Hvad gør du?",
    missing: "Vælg, hvad du gør",
    reason: "Bemærkning",
    reasonHint: "Bliver stående i sagen.",
    reasonHintMailed: "Bliver stående i sagen. Beder du om en ny fil, får ansøgeren teksten på mail.",
    submit: "Løs opgaven",
    valid: (date: string) => `Linket gælder til ${date}.`,
  },
  en: {
    card: "Solve the task",
    as: "You solve the task as a secretary",
    question: "What do you do?",
    missing: "Choose what you do",
    reason: "Note",
    reasonHint: "It is kept with the case.",
    reasonHintMailed:
      "It is kept with the case. If you ask for a new file, the applicant gets the text by email.",
    submit: "Solve the task",
    valid: (date: string) => `The link is valid until ${date}.`,
  },
});

/** The refusals as the error summary lists them. */
export function taskErrors(
  problems: readonly TaskProblem[],
  language: Language,
): { field: string; message: string }[] {
  return problems.map((problem) =>
    problem.code === "CHOICE_MISSING"
      ? { field: "resolution", message: texts[language].missing }
      : codedError(problem, language),
  );
}

/** Only what is legal, none of it chosen; a note for whoever wants to leave one; the mail's code. */
export function taskForm(view: TaskFormView, chrome: Chrome): Html {
  const { language } = chrome;
  const text = texts[language];
  const errors = taskErrors(view.problems, language);
  const errorOf = (field: string) => errors.find((error) => error.field === field)?.message;
  return html`<section class="o-card o-card--decide" aria-labelledby="task-title"><h2 class="o-panel-title" id="task-title">${text.card}</h2>
<p class="o-card-hint">${text.as}<br><span class="o-address">(${view.reader})</span></p>
<form method="post" action="${localHref(view.taskPath, chrome)}" novalidate autocomplete="off">
${radioGroup(
  {
    name: "resolution",
    label: text.question,
    value: view.typed?.resolution ?? "",
    error: errorOf("resolution"),
    choices: view.resolutions.map((resolution) => ({
      value: resolution,
      ...resolutionWords(resolution, language),
    })),
    boxed: true,
  },
  language,
)}
${textArea(
  {
    name: "reason",
    label: text.reason,
    hint: view.resolutions.includes("ask-for-new-file") ? text.reasonHintMailed : text.reasonHint,
    value: view.typed?.reason ?? "",
    error: errorOf("reason"),
    optional: true,
    rows: 3,
  },
  language,
)}
${caseCodeField(errorOf("caseCode"), language)}
<button class="button button-primary o-submit" type="submit">${text.submit}</button>
</form>
<p class="o-small">${text.valid(formatDate(view.expiresAt, language))}</p></section>`;
}
