import type { AgreementKind } from "../domain/agreement/kind.ts";
import type { Decision } from "../domain/approval/decision.ts";
import type { Stage } from "../domain/filing/round.ts";
import { bilingual } from "../words/bilingual.ts";
import { formatDateTime } from "../words/formats.ts";
import { html } from "./kit/html.ts";
import { facts, headingName, quote, type Tone } from "./kit/page-parts.ts";
import { plainPage } from "./kit/plain-page.ts";
import type { Chrome } from "./kit/shell.ts";

export interface DecidedView {
  kind: AgreementKind;
  caseNumber: string;
  organisationName: string;
  stage: Stage;
  decision: Decision;
  /** Address or name of who decided, and whether that is the reader. */
  decidedBy: string;
  isReader: boolean;
  decidedAt: number;
  reason?: string | undefined;
  /** Whether an approval of the secretariat goes on to the chair. */
  asksChair: boolean;
  /** The reader tried to decide and somebody else was first. */
  cameTooLate?: boolean | undefined;
}

const texts = bilingual({
  da: {
    above: (caseNumber: string) => `Sag ${caseNumber}`,
    title: {
      approve: (name: string) => `${name} er godkendt`,
      return: (name: string) => `${name} er bedt om en ny fil`,
      decline: (name: string) => `${name} er afvist`,
      close: (name: string) => `Sagen for ${name} er lukket`,
    },
    thanks: "Tak. Din afgørelse er gemt",
    decided: "Sagen er afgjort. Du skal ikke gøre noget",
    tooLate: "En anden afgjorde sagen, før din afgørelse nåede frem",
    tooLateBody: "Din afgørelse tæller ikke og er ikke gemt. Er du uenig, så tal med den, der afgjorde.",
    next: {
      approve: {
        secretariat: "Formanden bliver spurgt nu.",
        chair: "Ansøgeren bliver optaget nu og får en velkomst.",
      },
      return: {
        secretariat: "Ansøgeren får begrundelsen og kan sende en ny fil. Så får I en ny mail.",
        chair: "Ansøgeren får begrundelsen og kan sende en ny fil. Sekretariatet ser på den først.",
      },
      decline: {
        secretariat: "Ansøgeren får begrundelsen. Sagen er slut.",
        chair: "Ansøgeren får begrundelsen. Sagen er slut.",
      },
      close: {
        secretariat: "Ansøgeren får begrundelsen. Sagen er lukket uden afgørelse.",
        chair: "Ansøgeren får begrundelsen. Sagen er lukket uden afgørelse.",
      },
    },
    by: "Afgjort af",
    you: " (dig)",
    at: "Tidspunkt",
    decision: "Afgørelse",
    decisions: {
      approve: "Godkendt",
      return: "Sendt tilbage",
      decline: "Afvist",
      close: "Lukket uden afgørelse",
    },
    reason: "Begrundelse",
  },
  en: {
    above: (caseNumber: string) => `Case ${caseNumber}`,
    title: {
      approve: (name: string) => `${name} is approved`,
      return: (name: string) => `${name} is asked for a new file`,
      decline: (name: string) => `${name} is declined`,
      close: (name: string) => `The case for ${name} is closed`,
    },
    thanks: "Thank you. Your decision is stored",
    decided: "The case is decided. You need not do anything",
    tooLate: "Somebody else decided before your decision arrived",
    tooLateBody:
      "Your decision does not count and is not stored. If you disagree, talk to the one who decided.",
    next: {
      approve: {
        secretariat: "The chair is asked now.",
        chair: "The applicant is admitted now and gets a welcome.",
      },
      return: {
        secretariat: "The applicant gets the reason and can send a new file. Then you get a new email.",
        chair: "The applicant gets the reason and can send a new file. The secretariat looks at it first.",
      },
      decline: {
        secretariat: "The applicant gets the reason. The case is over.",
        chair: "The applicant gets the reason. The case is over.",
      },
      close: {
        secretariat: "The applicant gets the reason. The case is closed without a decision.",
        chair: "The applicant gets the reason. The case is closed without a decision.",
      },
    },
    by: "Decided by",
    you: " (you)",
    at: "Time",
    decision: "Decision",
    decisions: {
      approve: "Approved",
      return: "Sent back",
      decline: "Declined",
      close: "Closed without a decision",
    },
    reason: "Reason",
  },
});

const tones = {
  approve: "success",
  return: "warning",
  decline: "error",
  close: "info",
} as const satisfies Record<Decision, Tone>;

/** What a decision link shows once the round is decided, whoever decided and however often it is opened. */
export function decidedPage(view: DecidedView, chrome: Chrome): string {
  const { language } = chrome;
  const text = texts[language];
  const { decision } = view;
  // Without a chair in the path a secretary's approval is the last one.
  const stage = decision === "approve" && !view.asksChair ? "chair" : view.stage;
  const tooLate = view.cameTooLate === true && !view.isReader;
  const heading = tooLate ? text.tooLate : view.isReader ? text.thanks : text.decided;
  return plainPage(
    {
      above: text.above(view.caseNumber),
      title: text.title[decision](headingName(view.organisationName)),
      tone: tooLate ? "warning" : tones[decision],
      heading,
      body: html`${tooLate && html`<p>${text.tooLateBody}</p>`}<p>${text.next[decision][stage]}</p>`,
      more: html`${facts([
        [text.decision, html`<strong>${text.decisions[decision]}</strong>`],
        [text.by, `${view.decidedBy}${view.isReader ? text.you : ""}`],
        [text.at, formatDateTime(view.decidedAt, language)],
      ])}
${view.reason && html`<h2 class="o-h2">${text.reason}</h2>${quote(view.reason)}`}`,
    },
    chrome,
  );
}
