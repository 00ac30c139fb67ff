import type { FieldError } from "../domain/agreement/application.ts";
import type { AgreementKind } from "../domain/agreement/kind.ts";
import { authorityTypes } from "../domain/organisation/organisation.ts";
import { bilingual } from "../words/bilingual.ts";
import { fieldErrorMessage } from "../words/field-errors.ts";
import { checkbox, errorSummary, radioGroup, type TextFieldParts, textField } from "./kit/form-field.ts";
import { type Html, html } from "./kit/html.ts";
import { type Chrome, localHref, page } from "./kit/shell.ts";

export interface ApplicationFormView {
  kind: AgreementKind;
  /** What was typed, by the dotted names of the form; anything unknown is ignored. */
  values: Readonly<Record<string, string>>;
  errors: readonly FieldError[];
}

const memberOnly = ["organisation.gln", "organisation.authorityType", "organisation.population"] as const;
const formFields: readonly string[] = [
  "organisation.name",
  "organisation.cvr",
  ...memberOnly,
  "organisation.address.street",
  "organisation.address.postalCode",
  "organisation.address.city",
  "signer.name",
  "signer.title",
  "signer.hasAuthority",
  "contact.name",
  "contact.email",
  "contact.phone",
];

const texts = bilingual({
  da: {
    title: { member: "Bliv medlem af OS2", partner: "Bliv leverandørpartner i OS2" },
    step: "Trin 1 af 3",
    lead: {
      member: "Skriv, hvem I er. Bagefter får I aftalen med jeres oplysninger i, klar til underskrift.",
      partner:
        "Skriv, hvem I er. Bagefter får I partneraftalen med jeres oplysninger i, klar til underskrift.",
    },
    other: {
      member: "Er I en privat virksomhed? Bliv leverandørpartner",
      partner: "Er I en offentlig myndighed? Bliv medlem",
    },
    organisation: "Hvem er I?",
    name: { member: "Myndighedens navn", partner: "Virksomhedens navn" },
    cvr: "CVR-nummer",
    cvrHint: "Otte cifre",
    gln: "EAN-nummer",
    glnHint: "13 cifre. Vi sender fakturaen til det nummer. I kan også give os det senere.",
    authorityType: "Hvad er I for en myndighed?",
    authorityTypes: {
      municipality: "Kommune",
      region: "Region",
      state: "Statslig myndighed",
      other: "Anden offentlig myndighed",
    },
    population: "Antal borgere",
    populationHint: "Kun for kommuner og regioner. Tallet fra sidste år.",
    street: "Vej og nummer",
    postalCode: "Postnummer",
    city: "By",
    addressLegend: "Adresse",
    addressHint: "Adressen kommer til at stå i aftalen. I kan udelade den.",
    signer: "Hvem skriver under?",
    signerHint: "En leder eller direktør, der har ret til at skrive under for jer.",
    signerName: "Navn",
    signerTitle: "Titel",
    signerTitleHint: "For eksempel digitaliseringsdirektør",
    hasAuthority: {
      member: "Underskriveren har ret til at skrive under for myndigheden",
      partner: "Underskriveren har ret til at skrive under for virksomheden",
    },
    contact: "Hvem skriver vi til?",
    contactHint: "Jeres faste kontaktperson. Vi sender kvitteringen og svaret hertil.",
    contactName: "Navn",
    email: "E-mail",
    phone: "Telefon",
    submit: "Fortsæt til aftalen",
    help: "Hvad sker der bagefter?",
    helpSteps: {
      member: [
        "I henter aftalen, og jeres leder skriver under.",
        "I sender den som PDF. Vi kvitterer med et link til sagen.",
        "Sekretariatet læser den, og formanden skriver under for OS2.",
        "I bliver medlem, og vi sender den første opkrævning.",
      ],
      partner: [
        "I henter aftalen, og jeres leder skriver under.",
        "I sender den som PDF. Vi kvitterer med et link til sagen.",
        "Sekretariatet læser den, og formanden skriver under for OS2.",
        "I bliver partner. Det koster ikke noget.",
      ],
    },
    questions: "Spørgsmål?",
    privacy: "Sådan bruger vi jeres oplysninger",
  },
  en: {
    title: { member: "Become a member of OS2", partner: "Become a supplier partner of OS2" },
    step: "Step 1 of 3",
    lead: {
      member: "Tell us who you are. You then get the agreement with your details in it, ready to sign.",
      partner:
        "Tell us who you are. You then get the partner agreement with your details in it, ready to sign.",
    },
    other: {
      member: "Are you a private company? Become a supplier partner",
      partner: "Are you a public authority? Become a member",
    },
    organisation: "Who are you?",
    name: { member: "Name of the authority", partner: "Name of the company" },
    cvr: "CVR number",
    cvrHint: "Eight digits, from the Danish business register",
    gln: "EAN number",
    glnHint: "13 digits. We send the invoice to this number. You can also give it to us later.",
    authorityType: "What kind of authority are you?",
    authorityTypes: {
      municipality: "Municipality",
      region: "Region",
      state: "State authority",
      other: "Other public authority",
    },
    population: "Number of citizens",
    populationHint: "Only for municipalities and regions. Last year’s figure.",
    street: "Street and number",
    postalCode: "Postal code",
    city: "City",
    addressLegend: "Address",
    addressHint: "The address will stand in the agreement. You may leave it out.",
    signer: "Who signs?",
    signerHint: "A head or director who has authority to sign for you.",
    signerName: "Name",
    signerTitle: "Title",
    signerTitleHint: "For example chief digital officer",
    hasAuthority: {
      member: "The signer has authority to sign for the authority",
      partner: "The signer has authority to sign for the company",
    },
    contact: "Who do we write to?",
    contactHint: "Your fixed contact person. We send the receipt and the answer here.",
    contactName: "Name",
    email: "Email",
    phone: "Phone",
    submit: "Continue to the agreement",
    help: "What happens next?",
    helpSteps: {
      member: [
        "You download the agreement, and your head signs it.",
        "You send it as a PDF. We answer with a link to your case.",
        "The secretariat reads it, and the chair signs for OS2.",
        "You become a member, and we send the first demand for dues.",
      ],
      partner: [
        "You download the agreement, and your head signs it.",
        "You send it as a PDF. We answer with a link to your case.",
        "The secretariat reads it, and the chair signs for OS2.",
        "You become a partner. It costs nothing.",
      ],
    },
    questions: "Questions?",
    privacy: "How we use your information",
  },
});

/** The form for a member or a partner; after a refusal with every error at once and all that was typed. */
export function applicationFormPage(view: ApplicationFormView, chrome: Chrome): string {
  const { kind, errors } = view;
  const { language, assets, sender } = chrome;
  const text = texts[language];
  const other = kind === "member" ? "partner" : "member";
  const shown = (field: string) =>
    formFields.includes(field) && (kind === "member" || !(memberOnly as readonly string[]).includes(field));
  const summary = errors.map((error) => ({
    field: shown(error.field) ? error.field : undefined,
    message: fieldErrorMessage(error, language),
  }));
  return page(
    {
      title: text.title[kind],
      hasErrors: errors.length > 0,
      main: html`<p class="subheading">${text.step}</p>
<h1>${text.title[kind]}</h1>
<div class="o-columns">
<div>
${errorSummary(summary, language, assets)}
<p class="font-lead o-lead">${text.lead[kind]}</p>
<p><a href="${localHref(`/agreements/new?kind=${other}`, chrome)}">${text.other[kind]}</a></p>
<form method="post" action="${localHref("/agreements", chrome)}" novalidate class="o-form">
<input type="hidden" name="kind" value="${kind}">
<input type="hidden" name="language" value="${language}">
${organisationGroup(view, chrome)}
${signerGroup(view, chrome)}
${contactGroup(view, chrome)}
<button class="button button-primary o-submit" type="submit">${text.submit}</button>
</form>
</div>
<aside class="o-aside" aria-labelledby="help-title">
<div class="o-panel">
<h2 class="o-panel-title" id="help-title">${text.help}</h2>
<ol class="o-numbered">${text.helpSteps[kind].map((step) => html`<li>${step}</li>`)}</ol>
<p class="o-tight"><strong>${text.questions}</strong><br><a href="mailto:${sender.email}">${sender.email}</a></p>
<p class="o-tight"><a href="${localHref("/privacy", chrome)}">${text.privacy}</a></p>
</div>
</aside>
</div>`,
    },
    chrome,
  );
}

/** Binds a field to what was typed into it and to its error. */
function fieldsOf(view: ApplicationFormView, chrome: Chrome) {
  const typed = (name: string) => (Object.hasOwn(view.values, name) ? (view.values[name] ?? "") : "");
  const errorOf = (name: string) => {
    const error = view.errors.find((candidate) => candidate.field === name);
    return error && fieldErrorMessage(error, chrome.language);
  };
  const input = (parts: Omit<TextFieldParts, "value" | "error">) =>
    textField({ ...parts, value: typed(parts.name), error: errorOf(parts.name) }, chrome.language);
  return { typed, errorOf, input };
}

function group(id: string, title: string, hint: string | undefined, fields: Html): Html {
  return html`<fieldset class="o-group" id="${id}">
<legend><h2 class="o-group-title">${title}</h2></legend>
${hint && html`<p class="o-group-hint">${hint}</p>`}
${fields}
</fieldset>`;
}

function organisationGroup(view: ApplicationFormView, chrome: Chrome): Html {
  const { language } = chrome;
  const text = texts[language];
  const { input, typed, errorOf } = fieldsOf(view, chrome);
  const authority = html`${input({ name: "organisation.gln", label: text.gln, hint: text.glnHint, width: "m", inputmode: "numeric", optional: true })}
${radioGroup(
  {
    name: "organisation.authorityType",
    label: text.authorityType,
    value: typed("organisation.authorityType"),
    error: errorOf("organisation.authorityType"),
    choices: authorityTypes.map((value) => ({ value, label: text.authorityTypes[value] })),
    optional: true,
  },
  language,
)}
${input({ name: "organisation.population", label: text.population, hint: text.populationHint, width: "s", inputmode: "numeric", optional: true })}`;
  return group(
    "organisation",
    text.organisation,
    undefined,
    html`${input({ name: "organisation.name", label: text.name[view.kind], width: "full", autocomplete: "organization" })}
${input({ name: "organisation.cvr", label: text.cvr, hint: text.cvrHint, width: "s", inputmode: "numeric" })}
${view.kind === "member" && authority}
<fieldset class="o-subgroup"><legend class="form-label">${text.addressLegend}</legend>
<p class="form-hint o-tight">${text.addressHint}</p>
${input({ name: "organisation.address.street", label: text.street, width: "full", autocomplete: "street-address", optional: true })}
<div class="o-pair">${input({ name: "organisation.address.postalCode", label: text.postalCode, width: "xs", inputmode: "numeric", autocomplete: "postal-code", optional: true })}
${input({ name: "organisation.address.city", label: text.city, width: "full", autocomplete: "address-level2", optional: true })}</div>
</fieldset>`,
  );
}

function signerGroup(view: ApplicationFormView, chrome: Chrome): Html {
  const { language } = chrome;
  const text = texts[language];
  const { input, typed, errorOf } = fieldsOf(view, chrome);
  return group(
    "signer",
    text.signer,
    text.signerHint,
    html`${input({ name: "signer.name", label: text.signerName, width: "full" })}
${input({ name: "signer.title", label: text.signerTitle, hint: text.signerTitleHint, width: "full" })}
${checkbox(
  {
    name: "signer.hasAuthority",
    label: text.hasAuthority[view.kind],
    value: "true",
    checked: typed("signer.hasAuthority") === "true",
    error: errorOf("signer.hasAuthority"),
  },
  language,
)}`,
  );
}

function contactGroup(view: ApplicationFormView, chrome: Chrome): Html {
  const text = texts[chrome.language];
  const { input } = fieldsOf(view, chrome);
  return group(
    "contact",
    text.contact,
    text.contactHint,
    html`${input({ name: "contact.name", label: text.contactName, width: "full", autocomplete: "name" })}
${input({ name: "contact.email", label: text.email, type: "email", width: "full", inputmode: "email", autocomplete: "email" })}
${input({ name: "contact.phone", label: text.phone, type: "tel", width: "s", inputmode: "tel", autocomplete: "tel", optional: true })}`,
  );
}
