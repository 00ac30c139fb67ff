import type { Language } from "../domain/agreement/kind.ts";
import type { PlanSummary } from "../domain/dues/dues-plan.ts";
import type { PlanLine } from "../domain/dues/plan-line.ts";
import type { PlanDecision } from "../domain/run-changes/plan-is-decided.ts";
import { bilingual } from "../words/bilingual.ts";
import { formatCvr, formatKroner } from "../words/formats.ts";
import { lineResultText, missingText, noteText, obstacleText, planFigures } from "../words/plan-words.ts";
import { errorSummary, radioGroup, textArea, textField } from "./kit/form-field.ts";
import { type Html, html } from "./kit/html.ts";
import { facts, notice } from "./kit/page-parts.ts";
import { type Chrome, localHref, page } from "./kit/shell.ts";
import { bars } from "./parts/bars.ts";

export const planProblems = [
  "CHOICE_MISSING",
  "REASON_MISSING",
  "HOLD_REASON_MISSING",
  "CODE_MALFORMED",
  "CODE_WRONG",
  "NOT_CONFIRMABLE",
] as const;
export type PlanProblem = (typeof planProblems)[number];

export interface PlanView {
  /** `/decisions/{token}` */
  decisionPath: string;
  year: number;
  /** The address the link was mailed to. */
  approver: string;
  summary: PlanSummary;
  lines: readonly PlanLine[];
  typed?: {
    decision?: PlanDecision | undefined;
    reason: string;
    holdReason: string;
    hold: readonly string[];
  };
  problems: readonly PlanProblem[];
  attemptsLeft?: number | undefined;
}

const texts = bilingual({
  da: {
    above: (year: number) => `Kontingent ${year} · prøvekørsel`,
    title: (lines: number, total: string) => `${lines} opkrævninger på i alt ${total}`,
    nothingSent: "Intet er sendt",
    nothingSentBody:
      "Se planen igennem. Det, du bekræfter, venter en time og bliver så til fakturaer; indtil da kan det stoppes.",
    obstacles: "Kan ikke bekræftes endnu",
    figures: "Tallene",
    compared: "Sammenlignet med sidste år",
    thisYear: "I år",
    lastYear: "Sidste år",
    exceptions: "Se på disse først",
    noExceptions: "Ingen linjer stikker ud.",
    all: "Alle linjer",
    download: "Hent planen som CSV",
    column: { member: "Medlem", what: "Opkræves", last: "Sidste år", hold: "Hold" },
    hold: (name: string) => `Hold ${name} tilbage`,
    card: "Din afgørelse",
    as: "Du afgør som sekretær",
    question: "Hvad gør du?",
    choices: {
      approve: {
        label: "Bekræft",
        hint: "Linjerne bliver til fakturaer om en time. Dem, du holder, er ikke med.",
      },
      return: { label: "Lav planen igen", hint: "Når noget er rettet. I får en ny plan." },
      decline: { label: "Kør ikke", hint: "Intet bliver sendt, og linket lukker." },
    },
    reason: "Begrundelse",
    reasonHint: "Skal udfyldes, når kørslen aflyses.",
    holdReason: "Hvorfor holdes linjer tilbage?",
    holdReasonHint: "Skal udfyldes, når du holder linjer.",
    caseCode: "Sagskode",
    caseCodeHint: "De fire cifre fra mailen",
    submit: "Send afgørelsen",
    problems: {
      CHOICE_MISSING: "Vælg, hvad du gør",
      REASON_MISSING: "Skriv, hvorfor kørslen aflyses",
      HOLD_REASON_MISSING: "Skriv, hvorfor linjer holdes tilbage",
      CODE_MALFORMED: "Skriv sagskoden med fire cifre. Den står i mailen med linket",
      CODE_WRONG: "Sagskoden passer ikke. Se mailen med netop dette link",
      NOT_CONFIRMABLE: "Planen kan ikke bekræftes, før det nævnte er på plads og den er lavet igen",
    },
  },
  en: {
    above: (year: number) => `Dues ${year} · dry run`,
    title: (lines: number, total: string) => `${lines} demands of ${total} in all`,
    nothingSent: "Nothing is sent",
    nothingSentBody:
      "Read the plan. What you confirm waits for an hour and then becomes invoices; until then it can be stopped.",
    obstacles: "Cannot be confirmed yet",
    figures: "The figures",
    compared: "Compared with last year",
    thisYear: "This year",
    lastYear: "Last year",
    exceptions: "Look at these first",
    noExceptions: "No line stands out.",
    all: "All lines",
    download: "Download the plan as CSV",
    column: { member: "Member", what: "Demanded", last: "Last year", hold: "Hold" },
    hold: (name: string) => `Hold ${name} back`,
    card: "Your decision",
    as: "You decide as a secretary",
    question: "What do you do?",
    choices: {
      approve: { label: "Confirm", hint: "The lines become invoices in an hour, without those you hold." },
      return: { label: "Plan again", hint: "Once something is corrected. You get a new plan." },
      decline: { label: "Do not run", hint: "Nothing is sent, and the link closes." },
    },
    reason: "Reason",
    reasonHint: "Required when the run is cancelled.",
    holdReason: "Why are lines held back?",
    holdReasonHint: "Required when you hold lines.",
    caseCode: "Case code",
    caseCodeHint: "The four digits from the email",
    submit: "Send the decision",
    problems: {
      CHOICE_MISSING: "Choose what you do",
      REASON_MISSING: "Write why the run is cancelled",
      HOLD_REASON_MISSING: "Write why lines are held back",
      CODE_MALFORMED: "Enter the case code with four digits. It is in the email with the link",
      CODE_WRONG: "The case code does not match. See the email with this very link",
      NOT_CONFIRMABLE: "The plan cannot be confirmed until what is named is in place and it is made again",
    },
  },
});

const problemFields = {
  CHOICE_MISSING: "decision",
  REASON_MISSING: "reason",
  HOLD_REASON_MISSING: "holdReason",
  CODE_MALFORMED: "caseCode",
  CODE_WRONG: "caseCode",
  NOT_CONFIRMABLE: "decision",
} as const satisfies Record<PlanProblem, string>;

/** The dry run of a year: totals, differences, what stands out first, every line; and the one form that decides on it. */
export function planPage(view: PlanView, chrome: Chrome): string {
  const { language, assets } = chrome;
  const text = texts[language];
  const { summary, year } = view;
  const total = formatKroner(summary.totalOere, language);
  const errors = view.problems.map((code) => ({ field: problemFields[code], message: text.problems[code] }));
  const standOut = view.lines.filter(standsOut);
  return page(
    {
      title: text.title(summary.charged, total),
      hasErrors: errors.length > 0,
      main: html`<p class="subheading o-above">${text.above(year)}</p>
<h1>${text.title(summary.charged, total)}</h1>
${errorSummary(errors, language, assets)}
${
  summary.obstacles.length > 0
    ? notice("warning", text.obstacles, obstacles(view, language), assets)
    : notice("info", text.nothingSent, html`<p>${text.nothingSentBody}</p>`, assets)
}
<h2 class="o-h2">${text.figures}</h2>
${facts(planFigures(summary, language))}
<h2 class="o-h2">${text.compared}</h2>
${bars(
  [
    { label: text.thisYear, value: summary.totalOere, shown: total },
    {
      label: text.lastYear,
      value: summary.lastYearOere,
      shown: formatKroner(summary.lastYearOere, language),
    },
  ],
  text.compared,
)}
<form method="post" action="${localHref(view.decisionPath, chrome)}" novalidate autocomplete="off">
<h2 class="o-h2">${text.exceptions}</h2>
${standOut.length === 0 ? html`<p>${text.noExceptions}</p>` : lineTable(standOut, view, text.exceptions, language)}
<h2 class="o-h2">${text.all}</h2>
<p><a href="${view.decisionPath}/plan.csv">${text.download}</a></p>
${lineTable(
  view.lines.filter((line) => !standsOut(line)),
  view,
  text.all,
  language,
)}
${decisionCard(view, errors, language)}
</form>`,
    },
    chrome,
  );
}

function obstacles({ summary, year }: PlanView, language: Language): Html {
  return html`<ul>${summary.obstacles.map((obstacle) => {
    const { title, text } = obstacleText(obstacle, year, language);
    return html`<li><strong>${title}.</strong> ${text}</li>`;
  })}</ul>`;
}

/** What a person should look at before the hundred lines that are as always. */
function standsOut({ verdict, notes }: PlanLine): boolean {
  return verdict.kind === "not-ready" || notes.length > 0;
}

function lineTable(
  lines: readonly PlanLine[],
  view: PlanView,
  caption: string,
  language: Language,
): Html | false {
  const { column } = texts[language];
  return (
    lines.length > 0 &&
    html`<div class="o-scroll" role="region" aria-label="${caption}" tabindex="0"><table class="table o-lines"><caption class="sr-only">${caption}</caption>
<thead><tr><th scope="col">${column.member}</th><th scope="col">${column.what}</th><th scope="col">${column.last}</th><th scope="col">${column.hold}</th></tr></thead>
<tbody>${lines.map((line) => lineRow(line, view, language))}</tbody></table></div>`
  );
}

function lineRow(line: PlanLine, { typed }: PlanView, language: Language): Html {
  const { verdict, memberNumber, name, notes } = line;
  const id = `hold-${memberNumber}`;
  const remarks = [
    ...(verdict.kind === "not-ready" ? [missingText(verdict.missing, language)] : []),
    ...notes.map((note) => noteText(note, language)),
  ];
  return html`<tr><th scope="row">${name}<br><span class="o-small">${memberNumber} · CVR ${formatCvr(line.cvr)}</span>${
    remarks.length > 0 && html`<br><span class="o-small">${remarks.join(" · ")}</span>`
  }</th>
<td>${lineResultText(verdict, language)}</td>
<td>${line.lastYearOere > 0 ? formatKroner(line.lastYearOere, language) : "–"}</td>
<td>${
    verdict.kind === "charge" &&
    html`<div class="form-group-checkbox"><input type="checkbox" class="form-checkbox" id="${id}" name="hold" value="${memberNumber}"${
      typed?.hold.includes(memberNumber) && html` checked`
    }><label for="${id}"><span class="sr-only">${texts[language].hold(name)}</span></label></div>`
  }</td></tr>`;
}

function decisionCard(
  view: PlanView,
  errors: readonly { field: string; message: string }[],
  language: Language,
): Html {
  const text = texts[language];
  const errorOf = (field: string) => errors.find((error) => error.field === field)?.message;
  const choice = (value: PlanDecision) => ({ value, ...text.choices[value] });
  return html`<section class="o-card o-card--decide" aria-labelledby="plan-card-title">
<h2 class="o-panel-title" id="plan-card-title">${text.card}</h2>
<p class="o-card-hint">${text.as}<br><span class="o-address">(${view.approver})</span></p>
${radioGroup(
  {
    name: "decision",
    label: text.question,
    value: view.typed?.decision ?? "",
    error: errorOf("decision"),
    choices: [choice("approve"), choice("return"), choice("decline")],
    boxed: true,
  },
  language,
)}
${textArea(
  {
    name: "holdReason",
    label: text.holdReason,
    hint: text.holdReasonHint,
    value: view.typed?.holdReason ?? "",
    error: errorOf("holdReason"),
    rows: 2,
  },
  language,
)}
${textArea(
  {
    name: "reason",
    label: text.reason,
    hint: text.reasonHint,
    value: view.typed?.reason ?? "",
    error: errorOf("reason"),
    rows: 3,
  },
  language,
)}
${textField(
  {
    name: "caseCode",
    label: text.caseCode,
    hint: text.caseCodeHint,
    value: "",
    error: errorOf("caseCode"),
    width: "xs",
    inputmode: "numeric",
    autocomplete: "off",
  },
  language,
)}
<button class="button button-primary o-submit" type="submit">${text.submit}</button>
</section>`;
}
