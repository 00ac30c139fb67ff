import { bilingual } from "../words/bilingual.ts";
import { html } from "./kit/html.ts";
import { mailLink, type Tone } from "./kit/page-parts.ts";
import { plainPage } from "./kit/plain-page.ts";
import { type Chrome, localHref } from "./kit/shell.ts";

export type PageError =
  | "not-found"
  | "too-many"
  | "broken"
  | "foreign-origin"
  | "closed"
  | "file-closed"
  | "no-kind";

const texts = bilingual({
  da: {
    errors: {
      "not-found": {
        title: "Siden findes ikke",
        heading: "Se adressen efter",
        body: "Adressen er ikke hel, eller linket findes ikke. Kom du fra en mail, så åbn linket derfra igen.",
      },
      "too-many": {
        title: "Det gik for stærkt",
        heading: "Vent lidt, og prøv igen",
        body: "Vi har fået for mange svar herfra på kort tid. Intet er gået tabt.",
      },
      broken: {
        title: "Noget gik galt hos os",
        heading: "Prøv igen om lidt",
        body: "Fejlen er vores, og vi har fået besked om den. Det, du har sendt før, er ikke gået tabt.",
      },
      "foreign-origin": {
        title: "Svaret kom ikke fra vores side",
        heading: "Åbn siden igen, og prøv derfra",
        body: "Svaret blev sendt fra en anden hjemmeside. Det tager vi ikke imod. Intet er ændret.",
      },
      closed: {
        title: "Det kan ikke lade sig gøre længere",
        heading: "Se, hvor langt sagen er",
        body: "Sagen er kommet videre, siden du åbnede siden. Intet er ændret.",
      },
      "file-closed": {
        title: "Filen kan ikke hentes her",
        heading: "Brug jeres egen kopi af filen",
        body: "Vi giver kun en fil videre, når den er kontrolleret for skadelig kode og kan læses. Det er denne ikke. Sagens side viser, hvor langt den er.",
      },
      "no-kind": {
        title: "Vi kan ikke se, hvad I søger om",
        heading: "Begynd igen fra forsiden",
        body: "Formularen var ikke hel, da den blev sendt. Der er ikke oprettet en sag.",
      },
    },
    front: "Gå til forsiden",
    help: "Brug for hjælp? Skriv til ",
  },
  en: {
    errors: {
      "not-found": {
        title: "There is no such page",
        heading: "Check the address",
        body: "The address is not whole, or there is no such link. If you came from an email, open the link there again.",
      },
      "too-many": {
        title: "That was too fast",
        heading: "Wait a little and try again",
        body: "We have had too many answers from here in a short time. Nothing is lost.",
      },
      broken: {
        title: "Something went wrong at our end",
        heading: "Try again in a moment",
        body: "The fault is ours, and we have been told of it. What you sent before is not lost.",
      },
      "foreign-origin": {
        title: "The answer did not come from our page",
        heading: "Open the page again and try from there",
        body: "The answer was sent from another website. We don’t accept that. Nothing has changed.",
      },
      closed: {
        title: "That is no longer possible",
        heading: "See how far the case is",
        body: "The case has moved on since you opened the page. Nothing has changed.",
      },
      "file-closed": {
        title: "The file can’t be fetched here",
        heading: "Use your own copy of the file",
        body: "We hand a file on only when it is checked for malware and can be read. This one is not. The page of the case shows how far it is.",
      },
      "no-kind": {
        title: "We can’t see what you apply for",
        heading: "Start again from the front page",
        body: "The form was not whole when it was sent. No case was opened.",
      },
    },
    front: "Go to the front page",
    help: "Need help? Write to ",
  },
});

const tones = {
  "not-found": "warning",
  "too-many": "error",
  broken: "error",
  "foreign-origin": "error",
  closed: "warning",
  "file-closed": "warning",
  "no-kind": "warning",
} as const satisfies Record<PageError, Tone>;

/** What went wrong and what to do, without a word of how it works inside. */
export function errorPage(error: PageError, chrome: Chrome): string {
  const text = texts[chrome.language];
  const words = text.errors[error];
  return plainPage(
    {
      title: words.title,
      hasErrors: true,
      tone: tones[error],
      heading: words.heading,
      body: html`<p>${words.body}</p>`,
      action: html`<a class="button button-secondary" href="${localHref("/", chrome)}">${text.front}</a>`,
      more: html`<p>${text.help}${mailLink(chrome.sender.email)}</p>`,
    },
    chrome,
  );
}
