import type { PublicStatus } from "../../domain/agreement/agreement-case.ts";
import type { AgreementKind } from "../../domain/agreement/kind.ts";
import { bilingual } from "../../words/bilingual.ts";
import { formatDateTime } from "../../words/formats.ts";
import { kindWords } from "../../words/kind-words.ts";
import { type Html, html } from "../kit/html.ts";
import { icon } from "../kit/icon.ts";
import type { Chrome } from "../kit/shell.ts";

/** Epoch ms of what has happened to the file that the case is about now. */
export interface Milestones {
  received?: number | undefined;
  checked?: number | undefined;
  /** The secretariat's approval. */
  endorsed?: number | undefined;
  /** The last approval. */
  approved?: number | undefined;
  admitted?: number | undefined;
}

type StepName = "send" | "check" | "confirm" | "secretariat" | "chair" | "welcome";

const texts = bilingual({
  da: {
    done: {
      send: "Aftalen er modtaget",
      check: "Filen er kontrolleret",
      confirm: "Mailadressen er bekræftet",
      secretariat: "Sekretariatet har godkendt",
      chair: "Formanden har godkendt for OS2",
      welcome: "Velkommen i OS2",
    },
    ahead: {
      send: "Send den underskrevne aftale",
      check: "Filen kontrolleres",
      confirm: "Kontaktpersonen bekræfter mailadressen",
      secretariat: "Sekretariatet læser aftalen",
      chair: "Formanden godkender for OS2",
      welcome: "Velkommen i OS2",
    },
    now: {
      send: "Det er jeres tur",
      confirm: "Brug linket i mailen",
      check: "I gang. Det tager normalt under et minut",
      secretariat: "I gang. Vi svarer normalt inden for tre arbejdsdage",
      chair: "I gang. Formanden svarer normalt inden for tre arbejdsdage",
      welcome: "I gang. I får en mail om lidt",
    },
    held: "Et menneske ser på sagen",
    endings: {
      declined: "Ansøgningen er afvist",
      expired: "Sagen er udløbet",
      withdrawn: "I har trukket aftalen tilbage",
      closed: "Sagen er lukket",
    },
  },
  en: {
    done: {
      send: "The agreement is received",
      check: "The file is checked",
      confirm: "The email address is confirmed",
      secretariat: "The secretariat has approved",
      chair: "The chair has approved for OS2",
      welcome: "Welcome to OS2",
    },
    ahead: {
      send: "Send the signed agreement",
      check: "The file is checked",
      confirm: "The contact confirms the email address",
      secretariat: "The secretariat reads the agreement",
      chair: "The chair approves for OS2",
      welcome: "Welcome to OS2",
    },
    now: {
      send: "It is your turn",
      confirm: "Use the link in the email",
      check: "Under way. It usually takes less than a minute",
      secretariat: "Under way. We usually answer within three working days",
      chair: "Under way. The chair usually answers within three working days",
      welcome: "Under way. You get an email shortly",
    },
    held: "A person is looking at the case",
    endings: {
      declined: "The application is declined",
      expired: "The case has expired",
      withdrawn: "You have withdrawn the agreement",
      closed: "The case is closed",
    },
  },
});

interface Step {
  name: StepName;
  at: number | undefined;
}

function stepsOf(view: TimelineView): Step[] {
  const asksForFile = view.status === "awaiting-upload" || view.status === "rejected";
  // What was said of a file that was refused or sent back no longer stands.
  const { received, checked, endorsed, approved, admitted }: Milestones = asksForFile ? {} : view.milestones;
  const chair: Step[] = view.asksChair ? [{ name: "chair", at: approved }] : [];
  return [
    { name: "send", at: received },
    { name: "check", at: checked },
    ...(view.unconfirmed ? [{ name: "confirm" as const, at: undefined }] : []),
    { name: "secretariat", at: endorsed ?? (view.asksChair ? undefined : approved) },
    ...chair,
    { name: "welcome", at: admitted },
  ];
}

export interface TimelineView {
  kind: AgreementKind;
  status: PublicStatus;
  since: number;
  milestones: Milestones;
  asksChair: boolean;
  /** Present until the contact's address has answered. */
  unconfirmed?: object | undefined;
}

/** What has happened, where the case stands, and what is to come. A closed case ends where it ended. */
export function timeline(view: TimelineView, chrome: Chrome): Html {
  const { language, assets } = chrome;
  const text = texts[language];
  const ending =
    view.status === "declined" ||
    view.status === "expired" ||
    view.status === "withdrawn" ||
    view.status === "closed"
      ? view.status
      : undefined;
  const all = stepsOf(view);
  const firstOpen = all.findIndex((step) => step.at === undefined);
  const done = firstOpen < 0 ? all : all.slice(0, firstOpen);
  const ahead = firstOpen < 0 || ending ? [] : all.slice(firstOpen);
  return html`<ol class="step-indicator o-timeline" role="list">
${done.map(
  ({
    name,
    at,
  }) => html`<li class="disabled o-done"><div class="step"><div class="step-icon">${icon("check", assets)}</div>
<div><span class="step-title">${text.done[name]}</span>${at !== undefined && html`<span class="step-information">${formatDateTime(at, language)}</span>`}</div></div></li>`,
)}
${ahead.map(
  (
    { name },
    position,
  ) => html`<li class="disabled${position === 0 && " current"}"${position === 0 && html` aria-current="step"`}><div class="step"><div class="step-number"><span>${done.length + position + 1}</span></div>
<div><span class="step-title">${text.ahead[name]}</span>${stepNote(view, name, position === 0, chrome)}</div></div></li>`,
)}
${
  ending &&
  html`<li class="disabled current o-ended" aria-current="step"><div class="step"><div class="step-icon">${icon("info", assets)}</div>
<div><span class="step-title">${text.endings[ending]}</span><span class="step-information">${formatDateTime(view.since, language)}</span></div></div></li>`
}
</ol>`;
}

function stepNote(view: TimelineView, name: StepName, isNow: boolean, chrome: Chrome): Html | false {
  const text = texts[chrome.language];
  if (isNow)
    return html`<span class="step-information">${view.status === "held" ? text.held : text.now[name]}</span>`;
  return (
    name === "welcome" &&
    html`<span class="step-information">${kindWords(view.kind, chrome.language).welcomeHint}</span>`
  );
}
