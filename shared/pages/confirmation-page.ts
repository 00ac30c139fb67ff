import { bilingual } from "../words/bilingual.ts";
import { html } from "./kit/html.ts";
import { mailLink, type Tone } from "./kit/page-parts.ts";
import { plainPage } from "./kit/plain-page.ts";
import { type Chrome, localHref } from "./kit/shell.ts";

/**
 * How a confirmation link stands: asked, confirmed before, or moot: the application was taken back, the same contact
 * has another open case, or the body is in already.
 */
export type ConfirmationStanding = "asked" | "confirmed" | "closed" | "open-case-exists" | "already-member";

export interface ConfirmationView {
  /** `/confirmations/{token}` */
  confirmationPath: string;
  standing: ConfirmationStanding;
}

const texts = bilingual({
  da: {
    title: "Bekræft mailadressen",
    heading: {
      asked: "Er det jer, der har søgt om optagelse i OS2?",
      confirmed: "Mailadressen er bekræftet",
      closed: "Ansøgningen er trukket tilbage",
      "open-case-exists": "I har allerede en åben sag",
      "already-member": "I skal ikke gøre noget",
    },
    body: {
      asked:
        "Når I bekræfter, viser vi sagen, og sekretariatet kan se på den. I får også en kvittering på mail.",
      confirmed: "I kan gå til sagen herfra.",
      closed: "Der er ikke noget at bekræfte. I kan søge igen, når I vil.",
      "open-case-exists":
        "I har bekræftet en anden ansøgning om det samme. Vi har sendt linket til den sag igen, dog højst én gang om dagen.",
      "already-member": "CVR-nummeret i ansøgningen er allerede optaget. Skriv til os, hvis det undrer jer.",
    },
    button: { asked: "Ja, bekræft adressen", confirmed: "Gå til sagen" },
    unknown: "Kender I ikke til ansøgningen, så luk siden. Den forsvinder af sig selv.",
    front: "Gå til forsiden",
    help: "Spørgsmål? Skriv til ",
  },
  en: {
    title: "Confirm the email address",
    heading: {
      asked: "Was it you who applied for admission to OS2?",
      confirmed: "The email address is confirmed",
      closed: "The application is withdrawn",
      "open-case-exists": "You already have an open case",
      "already-member": "You need not do anything",
    },
    body: {
      asked:
        "When you confirm, we show the case, and the secretariat can look at it. You also get a receipt by email.",
      confirmed: "You can go to the case from here.",
      closed: "There is nothing to confirm. You may apply again whenever you like.",
      "open-case-exists":
        "You have confirmed another application for the same. We have sent the link to that case again, though once a day at most.",
      "already-member":
        "The CVR number in the application is already admitted. Write to us if that surprises you.",
    },
    button: { asked: "Yes, confirm the address", confirmed: "Go to the case" },
    unknown: "If you know nothing of the application, close this page. It disappears by itself.",
    front: "Go to the front page",
    help: "Questions? Write to ",
  },
});

const tones = {
  asked: "info",
  confirmed: "success",
  closed: "info",
  "open-case-exists": "info",
  "already-member": "success",
} as const satisfies Record<ConfirmationStanding, Tone>;

/** Shows nothing of the case: whoever opens the mail may be a stranger to it. */
export function confirmationPage({ confirmationPath, standing }: ConfirmationView, chrome: Chrome): string {
  const text = texts[chrome.language];
  const label = standing === "asked" || standing === "confirmed" ? text.button[standing] : undefined;
  return plainPage(
    {
      title: text.title,
      tone: tones[standing],
      heading: text.heading[standing],
      body: html`<p>${text.body[standing]}</p>`,
      action:
        label === undefined
          ? html`<a class="button button-primary" href="${localHref("/", chrome)}">${text.front}</a>`
          : html`<form method="post" action="${localHref(confirmationPath, chrome)}"><button class="button button-primary" type="submit">${label}</button></form>`,
      more: html`${standing === "asked" && html`<p>${text.unknown}</p>`}<p>${text.help}${mailLink(chrome.sender.email)}</p>`,
    },
    chrome,
  );
}
