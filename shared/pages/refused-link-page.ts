import { bilingual } from "../words/bilingual.ts";
import { type Html, html } from "./kit/html.ts";
import { mailLink, type Tone } from "./kit/page-parts.ts";
import { plainPage } from "./kit/plain-page.ts";
import { type Chrome, localHref } from "./kit/shell.ts";

/** Why a mailed link (to decide or to a task) does not do what it was mailed for. */
export type RefusedLink =
  | "unknown"
  | "foreign-origin"
  | "expired"
  | "superseded"
  | "withdrawn"
  | "locked"
  | "too-many"
  | "renewed"
  | "retired";

export interface RefusedLinkView {
  why: RefusedLink;
  /** `/decisions/{token}/renew` or `/tasks/{token}/renew`, where a new link may be asked for. It only ever goes to the registered address. */
  renewPath?: string | undefined;
}

const texts = bilingual({
  da: {
    title: {
      unknown: "Linket virker ikke",
      "foreign-origin": "Svaret kom ikke fra vores side",
      expired: "Linket er udløbet",
      superseded: "Linket gælder en gammel fil",
      withdrawn: "Aftalen er trukket tilbage",
      locked: "Linket er låst",
      "too-many": "For mange forsøg",
      renewed: "Et nyt link er på vej",
      retired: "Linket virker ikke længere",
    },
    heading: {
      unknown: "Åbn linket igen fra mailen",
      "foreign-origin": "Åbn linket fra mailen, og afgør der",
      expired: "Få et nyt link på mail",
      superseded: "Brug linket i den nyeste mail",
      withdrawn: "Du skal ikke gøre noget",
      locked: "Få et nyt link og en ny kode på mail",
      "too-many": "Vent en time, og prøv igen",
      renewed: "Se i din indbakke om et øjeblik",
      retired: "Du skal ikke gøre noget",
    },
    body: {
      unknown:
        "Adressen er ikke hel, eller linket findes ikke. Det sker, når en mail deler en lang adresse over flere linjer.",
      "foreign-origin": "Svaret blev sendt fra en anden hjemmeside. Det tager vi ikke imod.",
      expired:
        "Fristen for dette link er løbet ud. Det nye link går kun til den adresse, der er registreret.",
      superseded:
        "Ansøgeren har sendt en ny fil, eller runden er slut. Skal du afgøre noget, har du fået en nyere mail.",
      withdrawn: "Ansøgeren har trukket aftalen tilbage, og sagen er lukket.",
      locked:
        "Der blev tastet en forkert sagskode fem gange. Sekretariatet har fået besked. Det nye link går kun til den adresse, der er registreret.",
      "too-many": "Der er tastet for mange forkerte koder herfra.",
      renewed:
        "Vi har sendt et nyt link med en ny kode til den adresse, der er registreret. Det gamle link virker ikke længere.",
      retired: "Linket gælder kun, så længe den, det er sendt til, har hvervet i OS2.",
    },
    nothing: "Intet er afgjort.",
    renew: "Send et nyt link",
    help: "Virker det stadig ikke? Skriv til ",
    front: "Gå til forsiden",
  },
  en: {
    title: {
      unknown: "The link does not work",
      "foreign-origin": "The answer did not come from our page",
      expired: "The link has expired",
      superseded: "The link is about an old file",
      withdrawn: "The agreement is withdrawn",
      locked: "The link is locked",
      "too-many": "Too many attempts",
      renewed: "A new link is on its way",
      retired: "The link no longer works",
    },
    heading: {
      unknown: "Open the link again from the email",
      "foreign-origin": "Open the link from the email and decide there",
      expired: "Get a new link by email",
      superseded: "Use the link in the newest email",
      withdrawn: "You need not do anything",
      locked: "Get a new link and a new code by email",
      "too-many": "Wait an hour and try again",
      renewed: "Look in your inbox in a moment",
      retired: "You need not do anything",
    },
    body: {
      unknown:
        "The address is not whole, or there is no such link. That happens when an email breaks a long address over several lines.",
      "foreign-origin": "The answer was sent from another website. We don’t accept that.",
      expired: "The time for this link has run out. The new link goes to the registered address only.",
      superseded:
        "The applicant has sent a new file, or the round is over. If you are to decide, you have a newer email.",
      withdrawn: "The applicant has withdrawn the agreement, and the case is closed.",
      locked:
        "A wrong case code was entered five times. The secretariat was told. The new link goes to the registered address only.",
      "too-many": "Too many wrong codes were entered from here.",
      renewed:
        "We have sent a new link with a new code to the registered address. The old link no longer works.",
      retired: "The link is good only while the person it was sent to holds the office in OS2.",
    },
    nothing: "Nothing was decided.",
    renew: "Send a new link",
    help: "Still not working? Write to ",
    front: "Go to the front page",
  },
});

const tones = {
  unknown: "warning",
  "foreign-origin": "error",
  expired: "warning",
  superseded: "info",
  withdrawn: "info",
  locked: "error",
  "too-many": "warning",
  renewed: "success",
  retired: "info",
} as const satisfies Record<RefusedLink, Tone>;

/** After these there is nothing that could have been decided here, so saying so would only confuse. */
const saysNothingWasDecided: readonly RefusedLink[] = ["foreign-origin", "expired", "locked", "too-many"];

/** What happened, that nothing was decided, and the one thing to do. */
export function refusedLinkPage(view: RefusedLinkView, chrome: Chrome): string {
  const text = texts[chrome.language];
  const { why } = view;
  return plainPage(
    {
      title: text.title[why],
      tone: tones[why],
      heading: text.heading[why],
      body: html`<p>${text.body[why]}</p>${saysNothingWasDecided.includes(why) && html`<p><strong>${text.nothing}</strong></p>`}`,
      action: renewForm(view, chrome),
      more: html`<p>${text.help}${mailLink(chrome.sender.email)}</p>`,
    },
    chrome,
  );
}

function renewForm(view: RefusedLinkView, chrome: Chrome): Html | undefined {
  if (view.renewPath === undefined) return undefined;
  return html`<form method="post" action="${localHref(view.renewPath, chrome)}"><button class="button button-primary" type="submit">${texts[chrome.language].renew}</button></form>`;
}
