import type { Language } from "../../domain/agreement/kind.ts";
import type { Decision } from "../../domain/approval/decision.ts";
import type { Stage } from "../../domain/filing/round.ts";
import { bilingual } from "../../words/bilingual.ts";
import { formatDate } from "../../words/formats.ts";
import { type ChoiceParts, radioGroup, textArea } from "../kit/form-field.ts";
import { type Html, html } from "../kit/html.ts";
import { type Chrome, localHref } from "../kit/shell.ts";
import { type CodedProblem, caseCodeField, codedError } from "./coded-form.ts";

/** Why the last attempt was refused; the form comes back with what was chosen and written. */
export type DecisionProblem = { code: "CHOICE_MISSING" } | { code: "REASON_MISSING" } | CodedProblem;

export interface DecisionFormView {
  /** `/decisions/{token}` */
  decisionPath: string;
  stage: Stage;
  /** The address the link was mailed to. */
  approver: string;
  /** Whether the chair is asked after a secretary's approval. */
  asksChair: boolean;
  expiresAt: number;
  /** Red: sending back is the advice, and a reason is owed whatever is chosen. */
  light: "green" | "yellow" | "red";
  typed?: { decision?: Decision | undefined; reason?: string | undefined } | undefined;
  problems: readonly DecisionProblem[];
}

const texts = bilingual({
  da: {
    title: "Din afgørelse",
    as: { secretariat: "Du afgør som sekretær", chair: "Du afgør som formand" },
    question: "Hvad afgør du?",
    approve: {
      secretariat: { label: "Godkend", hint: "Sagen går til formanden, der godkender for OS2." },
      chair: {
        label: "Godkend",
        hint: "Du godkender for OS2. Aftalen gælder, og ansøgeren bliver optaget.",
      },
      last: { label: "Godkend", hint: "Aftalen gælder, og ansøgeren bliver optaget." },
    },
    return: { label: "Send tilbage", hint: "Ansøgeren får din begrundelse og sender en anden fil." },
    decline: { label: "Afvis", hint: "Sagen slutter her. Ansøgeren får din begrundelse og kan søge igen." },
    close: {
      label: "Luk uden afgørelse",
      hint: "Fx når der er søgt to gange. Ansøgeren får din begrundelse.",
    },
    advised: "Det råder vi til. ",
    reason: "Begrundelse",
    reasonHint: "Skal udfyldes, når du ikke godkender. Ansøgeren får teksten på mail.",
    reasonHintRed:
      "Skal udfyldes, hvad du end vælger: filen kan ikke stoles på. Ansøgeren får teksten, hvis du ikke godkender.",
    submit: "Send afgørelsen",
    valid: (date: string) => `Linket gælder til ${date}.`,
    otherTold: {
      secretariat: "Den anden sekretær får besked med det samme.",
      chair: "Sekretariatet får besked med det samme.",
    },
    problems: {
      CHOICE_MISSING: "Vælg, om du godkender, sender tilbage eller afviser",
      REASON_MISSING: "Skriv en begrundelse",
    },
  },
  en: {
    title: "Your decision",
    as: { secretariat: "You decide as a secretary", chair: "You decide as the chair" },
    question: "What do you decide?",
    approve: {
      secretariat: { label: "Approve", hint: "The case goes to the chair, who approves for OS2." },
      chair: {
        label: "Approve",
        hint: "You approve for OS2. The agreement is in force and the applicant is admitted.",
      },
      last: { label: "Approve", hint: "The agreement is in force and the applicant is admitted." },
    },
    return: { label: "Send back", hint: "The applicant gets your reason and sends another file." },
    decline: {
      label: "Decline",
      hint: "The case ends here. The applicant gets your reason and may apply again.",
    },
    close: {
      label: "Close without a decision",
      hint: "As when somebody applied twice. The applicant gets your reason.",
    },
    advised: "This is our advice. ",
    reason: "Reason",
    reasonHint: "Required unless you approve. The applicant gets the text by email.",
    reasonHintRed:
      "Required whatever you choose: the file can’t be trusted. The applicant gets the text unless you approve.",
    submit: "Send the decision",
    valid: (date: string) => `The link is valid until ${date}.`,
    otherTold: {
      secretariat: "The other secretary is told at once.",
      chair: "The secretariat is told at once.",
    },
    problems: {
      CHOICE_MISSING: "Choose whether you approve, send back or decline",
      REASON_MISSING: "Write a reason",
    },
  },
});

/** The refusals as the error summary lists them. */
export function decisionErrors(
  problems: readonly DecisionProblem[],
  language: Language,
): { field: string; message: string }[] {
  const { problems: words } = texts[language];
  return problems.map((problem) => {
    switch (problem.code) {
      case "CHOICE_MISSING":
        return { field: "decision", message: words.CHOICE_MISSING };
      case "REASON_MISSING":
        return { field: "reason", message: words.REASON_MISSING };
      default:
        return codedError(problem, language);
    }
  });
}

function choices(view: DecisionFormView, language: Language): ChoiceParts[] {
  const text = texts[language];
  const approve =
    view.stage === "chair"
      ? text.approve.chair
      : view.asksChair
        ? text.approve.secretariat
        : text.approve.last;
  const advised = view.light === "red" ? text.advised : "";
  return [
    { value: "approve", ...approve },
    { value: "return", label: text.return.label, hint: advised + text.return.hint },
    { value: "decline", ...text.decline },
    ...(view.stage === "secretariat" ? [{ value: "close", ...text.close }] : []),
  ];
}

/** Three choices, and the secretariat's fourth, none of them chosen; the reason shows when it is owed; the code proves that a person read the mail. */
export function decisionForm(view: DecisionFormView, chrome: Chrome): Html {
  const { language } = chrome;
  const text = texts[language];
  const errors = decisionErrors(view.problems, language);
  const errorOf = (field: string) => errors.find((error) => error.field === field)?.message;
  const reasonAlways = view.light === "red" || errorOf("reason") !== undefined;
  return html`<section class="o-card o-card--decide" id="decision-card" aria-labelledby="decision-card-title" tabindex="-1">
<h2 class="o-panel-title" id="decision-card-title">${text.title}</h2>
<p class="o-card-hint">${text.as[view.stage]}<br><span class="o-address">(${view.approver})</span></p>
<form method="post" action="${localHref(view.decisionPath, chrome)}" novalidate autocomplete="off">
${radioGroup(
  {
    name: "decision",
    label: text.question,
    value: view.typed?.decision ?? "",
    error: errorOf("decision"),
    choices: choices(view, language),
    boxed: true,
  },
  language,
)}
<div class="o-reason${reasonAlways && " o-reason--always"}">${textArea(
    {
      name: "reason",
      label: text.reason,
      hint: view.light === "red" ? text.reasonHintRed : text.reasonHint,
      value: view.typed?.reason ?? "",
      error: errorOf("reason"),
      rows: 5,
    },
    language,
  )}</div>
${caseCodeField(errorOf("caseCode"), language)}
<button class="button button-primary o-submit" type="submit">${text.submit}</button>
</form>
<p class="o-small">${text.valid(formatDate(view.expiresAt, language))} ${text.otherTold[view.stage]}</p>
</section>`;
}
