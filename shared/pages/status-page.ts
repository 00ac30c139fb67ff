import type { PublicStatus } from "../domain/agreement/agreement-case.ts";
import type { AgreementKind, Language } from "../domain/agreement/kind.ts";
import type { Stage } from "../domain/filing/round.ts";
import type { Finding } from "../domain/judgement/judgement.ts";
import { bilingual } from "../words/bilingual.ts";
import { findingText } from "../words/finding-texts/finding-texts.ts";
import { formatBytes, formatCvr, formatDate, formatWeekday } from "../words/formats.ts";
import { kindWords } from "../words/kind-words.ts";
import { type Html, html } from "./kit/html.ts";
import { icon } from "./kit/icon.ts";
import { facts, fold, headingName, notice, quote, type Tone } from "./kit/page-parts.ts";
import { type Chrome, localHref, page } from "./kit/shell.ts";
import { type Milestones, timeline } from "./parts/status-timeline.ts";

export interface StatusView {
  /** `/agreements/{key}`: everything the submitter may do lies under it. */
  statusPath: string;
  caseNumber: string;
  kind: AgreementKind;
  organisation: { name: string; cvr: string };
  signer: { name: string; title: string };
  contact: { name: string };
  status: PublicStatus;
  /** Epoch ms of the last change of status. */
  since: number;
  /** When the case lapses if no file comes; only while one is awaited. */
  lapsesAt?: number | undefined;
  milestones: Milestones;
  /** Whether the chair is asked after the secretariat. */
  asksChair: boolean;
  /** Why the file was rejected. */
  findings: readonly Finding[];
  /** What the secretariat or the chair wrote when they sent back or declined. */
  reason?: { stage: Stage; text: string } | undefined;
  file?: { bytes: number; pages?: number | undefined; mayBeServed: boolean } | undefined;
  mayUpload: boolean;
  mayWithdraw: boolean;
  /** The case ended without admission: its details may be used for a new one. */
  mayApplyAgain: boolean;
}

const texts = bilingual({
  da: {
    case: (number: string) => `Sag ${number}`,
    title: (agreement: string, name: string) => `${agreement} for ${name}`,
    statuses: {
      "awaiting-upload": {
        heading: "Send den underskrevne aftale",
        body: (_since: string, deadline: string) =>
          `Hent aftalen, få den underskrevet, og send den som PDF${deadline && ` senest ${deadline}`}.`,
      },
      "under-review": {
        heading: "Vi kontrollerer filen nu. I skal ikke gøre noget",
        body: () => "Det tager normalt under et minut. I får en mail, når der er nyt.",
      },
      rejected: {
        heading: "Vi kan ikke bruge filen. Send en ny",
        body: (_since: string, deadline: string) =>
          `Se hvorfor nedenfor, og hvad I kan gøre${deadline && `. Send den nye fil senest ${deadline}`}.`,
      },
      "awaiting-secretariat": {
        heading: "Vi læser jeres aftale nu. I skal ikke gøre noget",
        body: (since: string) =>
          `Sekretariatet har haft sagen siden ${since}. I får en mail, når der er nyt.`,
      },
      "awaiting-chair": {
        heading: "Formanden skal godkende for OS2. I skal ikke gøre noget",
        body: (since: string) =>
          `Sagen har ligget hos formanden siden ${since}. I får en mail, når der er nyt.`,
      },
      approved: {
        heading: "Aftalen er godkendt. I skal ikke gøre noget",
        body: () => "Vi gemmer aftalen og opretter jer nu. I får en velkomstmail om lidt.",
      },
      admitted: {
        heading: "Velkommen i OS2",
        body: (since: string) => `Aftalen er på plads. I har været med siden ${since}.`,
      },
      declined: {
        heading: "Ansøgningen er afvist",
        body: () => "Begrundelsen står nedenfor. I kan søge igen, når I er klar.",
      },
      expired: {
        heading: "Sagen er udløbet",
        body: (since: string) => `Fristen løb ud, og sagen blev lukket ${since}. I kan søge igen.`,
      },
      withdrawn: {
        heading: "I har trukket aftalen tilbage",
        body: (since: string) => `Sagen blev lukket ${since}. I kan søge igen, når I vil.`,
      },
      held: {
        heading: "Et menneske ser på sagen. I skal ikke gøre noget",
        body: (since: string) =>
          `Systemet kunne ikke komme videre alene. Sekretariatet har fået besked ${since}.`,
      },
    },
    returned: {
      heading: "Send aftalen igen",
      body: (_since: string, deadline: string) =>
        `Vi har læst den og bedt om en ny fil. Begrundelsen står nedenfor${deadline && `. Send den nye fil senest ${deadline}`}.`,
    },
    reasonFrom: {
      secretariat: "Sekretariatet skriver",
      chair: "Formanden skriver",
    },
    whyRejected: "Derfor kan vi ikke bruge filen",
    send: "Send aftalen",
    sendAgain: "Send en ny fil",
    applyAgain: "Søg igen med de samme oplysninger",
    progress: "Hvor langt er sagen?",
    sent: "Det har I sendt",
    signer: "Skriver under",
    contact: "Kontaktperson",
    file: "Fil",
    fileText: (size: string, pages: number | undefined) =>
      `PDF, ${size}${!pages ? "" : pages === 1 ? ", 1 side" : `, ${pages} sider`}`,
    wrong: "Er der noget galt?",
    withdraw: "Træk aftalen tilbage",
    withdrawMeaning: "Så lukker vi sagen og læser ikke aftalen. I kan altid søge igen.",
    withdrawButton: "Ja, træk aftalen tilbage",
    write: (address: string) => `Skriv til ${address}`,
    keepLink: "Gem linket til denne side. Det står også i kvitteringen.",
  },
  en: {
    case: (number: string) => `Case ${number}`,
    title: (agreement: string, name: string) => `${agreement} for ${name}`,
    statuses: {
      "awaiting-upload": {
        heading: "Send the signed agreement",
        body: (_since: string, deadline: string) =>
          `Download the agreement, have it signed, and send it as a PDF${deadline && ` by ${deadline}`}.`,
      },
      "under-review": {
        heading: "We are checking the file. You need not do anything",
        body: () => "It usually takes less than a minute. You get an email when there is news.",
      },
      rejected: {
        heading: "We can’t use the file. Send a new one",
        body: (_since: string, deadline: string) =>
          `See why below, and what you can do${deadline && `. Send the new file by ${deadline}`}.`,
      },
      "awaiting-secretariat": {
        heading: "We are reading your agreement. You need not do anything",
        body: (since: string) =>
          `The secretariat has had the case since ${since}. You get an email when there is news.`,
      },
      "awaiting-chair": {
        heading: "The chair is to approve for OS2. You need not do anything",
        body: (since: string) =>
          `The case has been with the chair since ${since}. You get an email when there is news.`,
      },
      approved: {
        heading: "The agreement is approved. You need not do anything",
        body: () => "We are filing the agreement and registering you. A welcome email follows shortly.",
      },
      admitted: {
        heading: "Welcome to OS2",
        body: (since: string) => `The agreement is in place. You have been with us since ${since}.`,
      },
      declined: {
        heading: "The application is declined",
        body: () => "The reason stands below. You may apply again when you are ready.",
      },
      expired: {
        heading: "The case has expired",
        body: (since: string) =>
          `The deadline passed, and the case was closed on ${since}. You may apply again.`,
      },
      withdrawn: {
        heading: "You have withdrawn the agreement",
        body: (since: string) => `The case was closed on ${since}. You may apply again whenever you like.`,
      },
      held: {
        heading: "A person is looking at the case. You need not do anything",
        body: (since: string) =>
          `The system could not go on by itself. The secretariat was told on ${since}.`,
      },
    },
    returned: {
      heading: "Send the agreement again",
      body: (_since: string, deadline: string) =>
        `We have read it and ask for a new file. The reason stands below${deadline && `. Send the new file by ${deadline}`}.`,
    },
    reasonFrom: { secretariat: "The secretariat writes", chair: "The chair writes" },
    whyRejected: "Why we can’t use the file",
    send: "Send the agreement",
    sendAgain: "Send a new file",
    applyAgain: "Apply again with the same details",
    progress: "How far is the case?",
    sent: "What you sent",
    signer: "Signs",
    contact: "Contact",
    file: "File",
    fileText: (size: string, pages: number | undefined) =>
      `PDF, ${size}${!pages ? "" : pages === 1 ? ", 1 page" : `, ${pages} pages`}`,
    wrong: "Is something wrong?",
    withdraw: "Withdraw the agreement",
    withdrawMeaning: "We then close the case and don’t read the agreement. You can always apply again.",
    withdrawButton: "Yes, withdraw the agreement",
    write: (address: string) => `Write to ${address}`,
    keepLink: "Keep the link to this page. It is in the receipt too.",
  },
});

const tones: Record<PublicStatus, Tone> = {
  "awaiting-upload": "warning",
  "under-review": "info",
  rejected: "error",
  "awaiting-secretariat": "info",
  "awaiting-chair": "info",
  approved: "success",
  admitted: "success",
  declined: "error",
  expired: "warning",
  withdrawn: "info",
  held: "info",
};

/** Where the submitter sees who acts now and does what is theirs to do. */
export function statusPage(view: StatusView, chrome: Chrome): string {
  const { language } = chrome;
  const text = texts[language];
  const words = kindWords(view.kind, language);
  const title = text.title(words.agreementTitle, headingName(view.organisation.name));
  return page(
    {
      title,
      main: html`<p class="subheading">${text.case(view.caseNumber)}</p>
<h1 class="o-name">${title}</h1>
<div class="o-columns">
<div>
${answer(view, chrome)}
${reasonOf(view, language)}
${rejection(view, language)}
<h2>${text.progress}</h2>
${timeline(view, chrome)}
</div>
<aside class="o-aside" aria-label="${text.sent}">
<section class="o-card">
<h2 class="o-panel-title">${text.sent}</h2>
${facts([
  [words.organisation, view.organisation.name],
  ["CVR", formatCvr(view.organisation.cvr)],
  [text.signer, `${view.signer.name}, ${view.signer.title}`],
  [text.contact, view.contact.name],
  [text.file, view.file && fileLine(view, view.file, language)],
])}
</section>
${otherWays(view, chrome)}
</aside>
</div>`,
    },
    chrome,
  );
}

/** A link only where the file may be handed out; what is unchecked or refused is named and no more. */
function fileLine(view: StatusView, file: NonNullable<StatusView["file"]>, language: Language): Html {
  const words = texts[language].fileText(formatBytes(file.bytes, language), file.pages);
  return file.mayBeServed ? html`<a href="${view.statusPath}/document">${words}</a>` : html`${words}`;
}

/** Sent back for another file: the status is the first one again, the words are not. */
function isReturned(view: StatusView): boolean {
  return view.status === "awaiting-upload" && view.reason !== undefined;
}

function answer(view: StatusView, chrome: Chrome): Html {
  const { language } = chrome;
  const text = texts[language];
  const words = isReturned(view) ? text.returned : text.statuses[view.status];
  // Membership counts from the last approval, however long we took to register it.
  const since =
    view.status === "admitted"
      ? formatDate(view.milestones.approved ?? view.since, language)
      : formatWeekday(view.since, language);
  const deadline = view.lapsesAt === undefined ? "" : formatWeekday(view.lapsesAt, language);
  const sendLabel = view.status === "awaiting-upload" && !isReturned(view) ? text.send : text.sendAgain;
  const waitsForFile = view.mayUpload && (view.status === "awaiting-upload" || view.status === "rejected");
  return html`${notice(tones[view.status], words.heading, html`<p>${words.body(since, deadline)}</p>`, chrome.assets)}
${
  waitsForFile &&
  html`<p class="o-action"><a class="button button-primary" href="${localHref(`${view.statusPath}/upload`, chrome)}">${sendLabel}</a></p>`
}
${view.mayApplyAgain && applyAgainForm(view, chrome)}`;
}

/** A reference to this case, so that the form opens filled in and no address carries what somebody wrote in it. */
function applyAgainForm(view: StatusView, chrome: Chrome): Html {
  return html`<form class="o-action" method="post" action="${localHref(`${view.statusPath}/again`, chrome)}"><button class="button button-primary" type="submit">${texts[chrome.language].applyAgain}</button></form>`;
}

function reasonOf(view: StatusView, language: Language): Html | false {
  const { reason } = view;
  const told = reason !== undefined && (view.status === "declined" || isReturned(view));
  return (
    told &&
    html`<section class="o-block"><h2>${texts[language].reasonFrom[reason.stage]}</h2>
${quote(reason.text)}</section>`
  );
}

function rejection(view: StatusView, language: Language): Html | false {
  return (
    view.status === "rejected" &&
    view.findings.length > 0 &&
    html`<section class="o-block"><h2>${texts[language].whyRejected}</h2>
<ul class="o-plain-list" role="list">${view.findings.map((finding) => {
      const words = findingText(finding.code, language);
      return html`<li><strong>${words.headline}</strong><br>${words.meaning}${words.advice && html` ${words.advice}`}</li>`;
    })}</ul></section>`
  );
}

function otherWays(view: StatusView, chrome: Chrome): Html {
  const text = texts[chrome.language];
  const { assets, sender } = chrome;
  const asksForFile = view.status === "awaiting-upload" || view.status === "rejected";
  return html`<section class="o-panel">
<h2 class="o-panel-title">${text.wrong}</h2>
<ul class="o-icon-list" role="list">
${
  view.mayUpload &&
  !asksForFile &&
  html`<li>${icon("upload", assets)}<a href="${localHref(`${view.statusPath}/upload`, chrome)}">${text.sendAgain}</a></li>`
}
<li>${icon("email", assets)}<a href="mailto:${sender.email}">${text.write(sender.email)}</a></li>
</ul>
${
  view.mayWithdraw &&
  fold(
    text.withdraw,
    html`<p>${text.withdrawMeaning}</p>
<form method="post" action="${localHref(`${view.statusPath}/withdraw`, chrome)}"><button class="button button-secondary" type="submit">${text.withdrawButton}</button></form>`,
    "withdraw",
  )
}
<p class="o-quiet o-tight">${text.keepLink}</p>
</section>`;
}
