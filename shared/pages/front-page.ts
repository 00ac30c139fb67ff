import { agreementKinds } from "../domain/agreement/kind.ts";
import { bilingual } from "../words/bilingual.ts";
import { formatKroner } from "../words/formats.ts";
import { kindWords } from "../words/kind-words.ts";
import { html } from "./kit/html.ts";
import { icon } from "./kit/icon.ts";
import { type Chrome, localHref, page } from "./kit/shell.ts";

export interface FrontView {
  /** A whole year's dues of a member without VAT, from the rate table. */
  memberDuesOere: number;
}

const texts = bilingual({
  da: {
    title: "Bliv en del af OS2",
    lead: "OS2 er danske myndigheders fællesskab om open source. Sammen ejer og udvikler vi digitale løsninger, som alle kan bruge. Her sender I jeres underskrevne aftale. Det tager cirka fem minutter.",
    how: "Sådan foregår det",
    steps: [
      [
        "Skriv, hvem I er",
        "Vi udfylder aftalen med jeres oplysninger. I kan også bruge en aftale, I allerede har.",
      ],
      [
        "Skriv under",
        "En leder eller direktør skriver under, digitalt eller på papir. I vælger selv værktøjet.",
      ],
      [
        "Send aftalen",
        "Send den som PDF på højst 25 MB. I får straks en kvittering med et link til jeres sag.",
      ],
      [
        "Få svar",
        "Sekretariatet kontrollerer aftalen, og formanden godkender for OS2. I kan følge sagen hele vejen.",
      ],
    ],
    ready: "Det skal I have klar",
    readyItems: [
      "Jeres CVR-nummer, og for myndigheder også EAN-nummer til fakturaen",
      "Navn og titel på den, der skriver under",
      "En fast kontaktperson med e-mail",
    ],
    already: "Har I allerede sendt en aftale? Brug linket i kvitteringen for at se, hvor langt sagen er.",
  },
  en: {
    title: "Become a part of OS2",
    lead: "OS2 is the Danish public authorities’ community for open source. Together we own and develop digital solutions that everybody can use. Here you send your signed agreement. It takes about five minutes.",
    how: "How it works",
    steps: [
      [
        "Tell us who you are",
        "We fill in the agreement with your details. You can also use one you already have.",
      ],
      ["Sign", "A head or director signs, digitally or on paper. You choose the tool."],
      [
        "Send the agreement",
        "Send it as a PDF of 25 MB at most. You get a receipt with a link to your case at once.",
      ],
      [
        "Get an answer",
        "The secretariat checks the agreement, and the chair approves for OS2. You can follow the case all the way.",
      ],
    ],
    ready: "What to have ready",
    readyItems: [
      "Your CVR number, and for authorities the EAN number for the invoice",
      "Name and title of the person who signs",
      "A fixed contact person with an email address",
    ],
    already: "Have you already sent an agreement? Use the link in the receipt to see how far the case is.",
  },
});

/** A door for each kind, four steps, and what to have at hand. */
export function frontPage(view: FrontView, chrome: Chrome): string {
  const text = texts[chrome.language];
  const dues = formatKroner(view.memberDuesOere, chrome.language);
  return page(
    {
      title: text.title,
      main: html`<div class="o-hero"><h1>${text.title}</h1>
<p class="font-lead">${text.lead}</p></div>
<ul class="row card-row o-doors" role="list">${agreementKinds.map((kind) => {
        const { door } = kindWords(kind, chrome.language);
        return html`<li class="col-12 col-md-6"><a class="card" href="${localHref(`/agreements/new?kind=${kind}`, chrome)}"><div class="card-content"><span class="card-subheading">${door.above}</span><h2 class="card-heading">${door.heading}</h2><p>${door.text(dues)}</p></div>${icon("arrow-forward", chrome.assets, "card-icon")}</a></li>`;
      })}</ul>
<h2>${text.how}</h2>
<ol class="o-steps" role="list">${text.steps.map(
        ([heading, words], position) =>
          html`<li><span class="o-step-number" aria-hidden="true">${position + 1}</span><h3>${heading}</h3><p>${words}</p></li>`,
      )}</ol>
<section class="o-panel o-ready"><h2 class="o-panel-title">${text.ready}</h2>
<ul>${text.readyItems.map((item) => html`<li>${item}</li>`)}</ul>
<p>${text.already}</p></section>`,
    },
    chrome,
  );
}
