import type { AgreementKind } from "../domain/agreement/kind.ts";
import { bilingual } from "../words/bilingual.ts";
import { kindWords } from "../words/kind-words.ts";
import { html } from "./kit/html.ts";
import { mailLink, type Tone } from "./kit/page-parts.ts";
import { plainPage } from "./kit/plain-page.ts";
import { type Chrome, localHref } from "./kit/shell.ts";

/** Why a well-filled form opens no case. */
export type RefusedApplication = "open-case-exists" | "already-member" | "another-body" | "too-many";

export interface RefusedApplicationView {
  why: RefusedApplication;
  kind: AgreementKind;
}

const texts = bilingual({
  da: {
    title: {
      "open-case-exists": "I har allerede en åben sag",
      "another-body": "Formularen er sendt før",
      "too-many": "Der er søgt for mange gange",
    },
    heading: {
      "open-case-exists": "Find linket til sagen i jeres mail",
      "already-member": "I skal ikke søge igen",
      "another-body": "Begynd en ny, hvis noget skal rettes",
      "too-many": "Vent lidt, og prøv igen",
    },
    body: {
      "open-case-exists":
        "Der er en åben sag for dette CVR-nummer. Vi har sendt linket igen til sagens kontaktperson, dog højst én gang om dagen. Der er ikke oprettet en ny sag.",
      "already-member":
        "Dette CVR-nummer er allerede optaget. Skriv til os, hvis jeres oplysninger skal rettes.",
      "another-body":
        "Vi har allerede fået denne formular med andre oplysninger, og den sag findes. Der er ikke oprettet en ny. Bekræfter I ikke den første, forsvinder den af sig selv.",
      "too-many":
        "Vi har fået mange ansøgninger herfra eller for dette CVR-nummer på kort tid. Der er ikke oprettet en sag. Haster det, så skriv til os.",
    },
    contact: "Skriv til ",
    front: "Gå til forsiden",
    back: "Tilbage til formularen",
  },
  en: {
    title: {
      "open-case-exists": "You already have an open case",
      "another-body": "The form was sent before",
      "too-many": "There were too many applications",
    },
    heading: {
      "open-case-exists": "Find the link to the case in your email",
      "already-member": "You need not apply again",
      "another-body": "Begin a new one if something is to be changed",
      "too-many": "Wait a little and try again",
    },
    body: {
      "open-case-exists":
        "There is an open case for this CVR number. We have sent the link again to the contact of that case, though once a day at most. No new case was opened.",
      "already-member":
        "This CVR number is already admitted. Write to us if your details need to be changed.",
      "another-body":
        "We have had this form with other details already, and that case exists. No new case was opened. If you do not confirm the first one, it disappears by itself.",
      "too-many":
        "We have had many applications from here or for this CVR number in a short time. No case was opened. If it is urgent, write to us.",
    },
    contact: "Write to ",
    front: "Go to the front page",
    back: "Back to the form",
  },
});

const tones = {
  "open-case-exists": "info",
  "already-member": "success",
  "another-body": "warning",
  "too-many": "warning",
} as const satisfies Record<RefusedApplication, Tone>;

/** What the form's answer says when no case is opened: never whose case it is. */
export function refusedApplicationPage(view: RefusedApplicationView, chrome: Chrome): string {
  const text = texts[chrome.language];
  const title =
    view.why === "already-member" ? kindWords(view.kind, chrome.language).alreadyIs : text.title[view.why];
  const [href, label] =
    view.why === "too-many" || view.why === "another-body"
      ? [`/agreements/new?kind=${view.kind}`, text.back]
      : ["/", text.front];
  return plainPage(
    {
      title,
      hasErrors: view.why === "too-many",
      tone: tones[view.why],
      heading: text.heading[view.why],
      body: html`<p>${text.body[view.why]}</p>`,
      action: html`<a class="button button-primary" href="${localHref(href, chrome)}">${label}</a>`,
      more: html`<p>${text.contact}${mailLink(chrome.sender.email)}</p>`,
    },
    chrome,
  );
}
