import type { AgreementKind } from "../domain/agreement/kind.ts";
import { bilingual } from "../words/bilingual.ts";
import { formatWeekday } from "../words/formats.ts";
import { kindWords } from "../words/kind-words.ts";
import { html } from "./kit/html.ts";
import { icon } from "./kit/icon.ts";
import { mailLink } from "./kit/page-parts.ts";
import { type Chrome, localHref, page } from "./kit/shell.ts";
import { uploadMessages } from "./parts/upload-messages.ts";

export interface UploadView {
  /** `/agreements/{key}`. The script asks for its own policy at `{statusPath}/uploads`. */
  statusPath: string;
  caseNumber: string;
  kind: AgreementKind;
  organisationName: string;
  /** For the form that works without a script: it ends in a redirect back to the status page. */
  policy: { url: string; fields: Readonly<Record<string, string>> };
  /** A first file, one after a refusal, or one instead of a file that is being read. */
  purpose: "first" | "again" | "replace";
  /** By when; only where the case waits for the submitter. */
  lapsesAt?: number | undefined;
  /** Until the contact's address has answered: where the mail went that asks it to. */
  unconfirmed?: { address: string } | undefined;
}

const texts = bilingual({
  da: {
    step: (caseNumber: string) => `Trin 2 af 3 · sag ${caseNumber}`,
    case: (caseNumber: string) => `Sag ${caseNumber}`,
    title: { first: "Hent, skriv under og send aftalen", again: "Send en ny fil", replace: "Send en ny fil" },
    replaces:
      "Den nye fil træder i stedet for den, vi har. Er nogen i gang med at læse den gamle, begynder de forfra.",
    get: "Hent aftalen",
    getText: (name: string) =>
      `Aftalen er udfyldt for ${name}. En leder eller direktør skriver under, digitalt eller på papir. Har I allerede en underskrevet aftale, kan I bruge den.`,
    send: "Vælg den underskrevne fil",
    limits: ["PDF, højst 25 MB", "Uden adgangskode", "Hele aftalen i én fil"],
    file: "Underskrevet aftale",
    button: "Send aftalen",
    newWindow: "Svaret åbner i et nyt vindue.",
    deadline: (date: string) => `Send den senest ${date}. Gem adressen på siden, så I kan komme tilbage.`,
    confirm: "Bekræft mailadressen",
    confirmText: (address: string) =>
      `Vi har sendt en mail til ${address}. Brug linket i den. Sekretariatet ser først på sagen bagefter, men I kan sende filen nu.`,
    help: "Sådan skriver I under",
    helpItems: [
      "Digitalt: brug MitID Erhverv, Penneo, Visma Addo, DocuSign eller et andet værktøj.",
      "På papir: udskriv, skriv under, og scan alle sider til én PDF.",
      "Digital underskrift giver hurtigst svar. Den kan vi kontrollere.",
    ],
    after: "Bagefter",
    afterText: "Vi kontrollerer filen med det samme. På sagens side ser I, om den skal sendes igen.",
    toCase: "Gå til sagen uden at sende noget",
    question: "Spørgsmål? Skriv til ",
  },
  en: {
    step: (caseNumber: string) => `Step 2 of 3 · case ${caseNumber}`,
    case: (caseNumber: string) => `Case ${caseNumber}`,
    title: {
      first: "Download, sign and send the agreement",
      again: "Send a new file",
      replace: "Send a new file",
    },
    replaces:
      "The new file takes the place of the one we have. If somebody is reading the old one, they start again.",
    get: "Download the agreement",
    getText: (name: string) =>
      `The agreement is filled in for ${name}. A head or director signs it, digitally or on paper. If you already have a signed agreement, you can use that.`,
    send: "Choose the signed file",
    limits: ["PDF, 25 MB at most", "Without a password", "The whole agreement in one file"],
    file: "Signed agreement",
    button: "Send the agreement",
    newWindow: "The answer opens in a new window.",
    deadline: (date: string) =>
      `Send it by ${date}. Keep the address of this page so that you can come back.`,
    confirm: "Confirm the email address",
    confirmText: (address: string) =>
      `We have sent an email to ${address}. Use the link in it. The secretariat looks at the case only after that, but you can send the file now.`,
    help: "How to sign",
    helpItems: [
      "Digitally: use MitID Erhverv, Penneo, Visma Addo, DocuSign or another tool.",
      "On paper: print, sign, and scan all pages to one PDF.",
      "A digital signature gets the quickest answer. We can check it.",
    ],
    after: "Afterwards",
    afterText: "We check the file at once. The page of the case says whether it has to be sent again.",
    toCase: "Go to the case without sending anything",
    question: "Questions? Write to ",
  },
});

/**
 * 1 get, 2 choose. The form posts straight to S3 and opens its answer in a second window, for what S3 says of a
 * refused file is XML; with the script the file is sent from here, with a bar and our own words.
 */
export function uploadPage(view: UploadView, chrome: Chrome): string {
  const { language, assets, sender } = chrome;
  const text = texts[language];
  const statusHref = localHref(view.statusPath, chrome);
  return page(
    {
      title: text.title[view.purpose],
      main: html`<p class="subheading">${view.purpose === "first" ? text.step(view.caseNumber) : text.case(view.caseNumber)}</p>
<h1>${text.title[view.purpose]}</h1>
<div class="o-columns">
<div>
${view.purpose === "replace" && html`<p class="o-tight">${text.replaces}</p>`}
<section class="o-task"><h2 class="o-task-title"><span class="o-step-number" aria-hidden="true">1</span>${text.get}</h2>
<p class="o-wrap">${text.getText(view.organisationName)}</p>
<p><a class="button button-secondary" href="${localHref(`${view.statusPath}/agreement.pdf`, chrome)}">${icon("download", assets)}<span>${kindWords(view.kind, language).getAgreement}</span></a></p>
</section>
<section class="o-task"><h2 class="o-task-title"><span class="o-step-number" aria-hidden="true">2</span>${text.send}</h2>
<ul>${text.limits.map((limit) => html`<li>${limit}</li>`)}</ul>
<form method="post" action="${view.policy.url}" enctype="multipart/form-data" target="_blank" class="o-upload" data-upload data-policy="${view.statusPath}/uploads" data-done="${statusHref}">
${Object.entries(view.policy.fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
<div class="form-group">
<label class="form-label" for="file">${text.file}</label>
<input class="o-file" type="file" id="file" name="file" accept="application/pdf,.pdf" required>
</div>
<button class="button button-primary o-submit" type="submit">${text.button}</button>
<p class="o-small" data-plain>${text.newWindow}</p>
${uploadMessages(language)}
</form>
${view.lapsesAt !== undefined && html`<p class="o-small">${text.deadline(formatWeekday(view.lapsesAt, language))}</p>`}
</section>
</div>
<aside class="o-aside" aria-labelledby="help-title"><div class="o-panel">
<h2 class="o-panel-title" id="help-title">${text.help}</h2>
<ul>${text.helpItems.map((item) => html`<li>${item}</li>`)}</ul>
${view.unconfirmed && html`<p class="o-wrap"><strong>${text.confirm}</strong><br>${text.confirmText(view.unconfirmed.address)}</p>`}
<p><strong>${text.after}</strong><br>${text.afterText}</p>
<p><a href="${statusHref}">${text.toCase}</a></p>
<p>${text.question}${mailLink(sender.email)}</p>
</div></aside>
</div>`,
    },
    chrome,
  );
}
