import type { DuesRun, RunStatus } from "../domain/dues/dues-run.ts";
import { bilingual } from "../words/bilingual.ts";
import { formatDateTime, formatKroner, formatNumber } from "../words/formats.ts";
import { planFigures } from "../words/plan-words.ts";
import { errorSummary, textField } from "./kit/form-field.ts";
import { type Html, html } from "./kit/html.ts";
import { facts, notice, type Tone } from "./kit/page-parts.ts";
import { type Chrome, localHref, page } from "./kit/shell.ts";

/** What a person can do to a run that is decided. */
export const runActions = ["stop", "handed-over"] as const;
export type RunAction = (typeof runActions)[number];

export interface RunView {
  /** `/decisions/{token}` */
  decisionPath: string;
  run: DuesRun;
  /** E-invoices of the run that nobody has said are handed over. */
  toHandOver: number;
  /** What is legal now; never two at once. */
  action?: RunAction | undefined;
  problem?: "CODE_MALFORMED" | "CODE_WRONG" | undefined;
}

const texts = bilingual({
  da: {
    above: (year: number) => `Kontingent ${year}`,
    title: {
      planning: "Planen bliver lavet",
      "awaiting-confirmation": "En plan venter på bekræftelse",
      waiting: "Bekræftet, og venter",
      charging: "Fakturaerne bliver lavet",
      reported: "Fakturaerne er lavet",
      stopped: "Kørslen er stoppet",
      cancelled: "Kørslen er aflyst",
    },
    body: {
      planning: "I får en mail, når den er klar.",
      "awaiting-confirmation": "Den nyeste mail har linket til den.",
      waiting: "Intet er sendt endnu. Du kan stoppe det.",
      charging: "Det tager nogle minutter. Du kan stoppe resten.",
      reported: "De skal afleveres som e-fakturaer. Kopien til kontaktpersonen går, når det er meldt.",
      stopped: "Det, der var sendt, står. Resten venter på en ny plan.",
      cancelled: "Intet er sendt.",
    },
    sendsAt: "Sendes",
    sent: "Lavet",
    sum: "I alt",
    held: "Holdt tilbage",
    changed: "Ændret siden planen",
    failed: "Prøves igen",
    toHandOver: "Mangler at blive afleveret",
    actions: { stop: "Stop kørslen", "handed-over": "Alle e-fakturaer er afleveret" },
    hints: {
      stop: "Virker med det samme, også mens der sendes.",
      "handed-over": "Så får hver kontaktperson sin kopi.",
    },
    caseCode: "Sagskode",
    caseCodeHint: "De fire cifre fra mailen",
    problems: {
      CODE_MALFORMED: "Skriv sagskoden med fire cifre. Den står i mailen med linket",
      CODE_WRONG: "Sagskoden passer ikke. Se mailen med netop dette link",
    },
  },
  en: {
    above: (year: number) => `Dues ${year}`,
    title: {
      planning: "The plan is being made",
      "awaiting-confirmation": "A plan waits to be confirmed",
      waiting: "Confirmed, and waiting",
      charging: "The invoices are being made",
      reported: "The invoices are made",
      stopped: "The run is stopped",
      cancelled: "The run is cancelled",
    },
    body: {
      planning: "You get an email when it is ready.",
      "awaiting-confirmation": "The newest email has the link to it.",
      waiting: "Nothing is sent yet. You can stop it.",
      charging: "It takes some minutes. You can stop the rest.",
      reported: "They are to be handed over as e-invoices. The contact's copy goes when that is said.",
      stopped: "What was sent stands. The rest waits for a new plan.",
      cancelled: "Nothing is sent.",
    },
    sendsAt: "Goes out",
    sent: "Made",
    sum: "In all",
    held: "Held back",
    changed: "Changed since the plan",
    failed: "To be tried again",
    toHandOver: "Still to be handed over",
    actions: { stop: "Stop the run", "handed-over": "All e-invoices are handed over" },
    hints: {
      stop: "Works at once, also while it sends.",
      "handed-over": "Then each contact gets its copy.",
    },
    caseCode: "Case code",
    caseCodeHint: "The four digits from the email",
    problems: {
      CODE_MALFORMED: "Enter the case code with four digits. It is in the email with the link",
      CODE_WRONG: "The case code does not match. See the email with this very link",
    },
  },
});

const tones = {
  planning: "info",
  "awaiting-confirmation": "info",
  waiting: "warning",
  charging: "info",
  reported: "success",
  stopped: "warning",
  cancelled: "info",
} as const satisfies Record<RunStatus, Tone>;

/** A run behind the link by which it was decided: where it stands, its figures, and what can be done to it still. */
export function runPage(view: RunView, chrome: Chrome): string {
  const { language, assets } = chrome;
  const text = texts[language];
  const { run } = view;
  const errors = view.problem ? [{ field: "caseCode", message: text.problems[view.problem] }] : [];
  return page(
    {
      title: `${text.above(run.year)}: ${text.title[run.status]}`,
      hasErrors: errors.length > 0,
      main: html`<p class="subheading o-above">${text.above(run.year)}</p>
<h1>${text.title[run.status]}</h1>
${errorSummary(errors, language, assets)}
${notice(tones[run.status], text.title[run.status], html`<p>${text.body[run.status]}</p>`, assets)}
${facts(figures(view, chrome))}
${view.action && actionForm(view.action, view, chrome)}`,
    },
    chrome,
  );
}

function figures({ run, toHandOver }: RunView, { language }: Chrome): (readonly [string, string])[] {
  const text = texts[language];
  const number = (count: number) => formatNumber(count, language);
  const waiting = run.status === "waiting" ? [[text.sendsAt, formatDateTime(run.sendsAt, language)]] : [];
  const reported =
    run.status === "reported"
      ? [
          [text.sent, number(run.report.sent)],
          [text.sum, formatKroner(run.report.sentOere, language)],
          [text.held, number(run.report.held)],
          [text.changed, number(run.report.changed)],
          [text.failed, number(run.report.failed)],
        ]
      : [];
  const planned = "plan" in run && run.status !== "reported" ? planFigures(run.plan.summary, language) : [];
  const left = toHandOver > 0 ? [[text.toHandOver, number(toHandOver)]] : [];
  return [...waiting, ...planned, ...reported, ...left] as [string, string][];
}

function actionForm(action: RunAction, view: RunView, chrome: Chrome): Html {
  const { language } = chrome;
  const text = texts[language];
  const { problem } = view;
  return html`<section class="o-card o-card--decide" aria-labelledby="title-${action}">
<h2 class="o-panel-title" id="title-${action}">${text.actions[action]}</h2>
<p class="o-card-hint">${text.hints[action]}</p>
<form method="post" action="${localHref(`${view.decisionPath}/${action}`, chrome)}" novalidate autocomplete="off">
${textField(
  {
    name: "caseCode",
    label: text.caseCode,
    hint: text.caseCodeHint,
    value: "",
    error: problem === undefined ? undefined : text.problems[problem],
    width: "xs",
    inputmode: "numeric",
    autocomplete: "off",
  },
  language,
)}
<button class="button button-primary o-submit" type="submit">${text.actions[action]}</button>
</form></section>`;
}
