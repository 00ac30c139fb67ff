import type { FieldError } from "../domain/agreement/application.ts";
import { type AgreementKind, agreementKinds, type FormRules, kindRules } from "../domain/agreement/kind.ts";
import { authorityTypes } from "../domain/organisation/organisation.ts";
import { bilingual } from "../words/bilingual.ts";
import { fieldErrorMessage } from "../words/field-errors.ts";
import { kindWords } from "../words/kind-words.ts";
import { checkbox, errorSummary, radioGroup, type TextFieldParts, textField } from "./kit/form-field.ts";
import { type Html, html } from "./kit/html.ts";
import { type Chrome, localHref, page } from "./kit/shell.ts";

export interface ApplicationFormView {
  kind: AgreementKind;
  /** What was typed, by the dotted names of the form; anything unknown is ignored. */
  values: Readonly<Record<string, string>>;
  errors: readonly FieldError[];
  /** Of this form alone, so that one sent twice is one application. */
  nonce?: string | undefined;
}

/** The fields that some kinds are asked for and others not. */
const askedOfSome = {
  asksGln: "organisation.gln",
  asksAuthorityType: "organisation.authorityType",
  asksPopulation: "organisation.population",
  asksProduct: "product",
} as const satisfies Record<keyof FormRules, string>;

const askedOfAll: readonly string[] = [
  "organisation.name",
  "organisation.cvr",
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
    step: "Trin 1 af 3",
    organisation: "Hvem er I?",
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
    contact: "Hvem skriver vi til?",
    contactHint: "Jeres faste kontaktperson. Vi sender kvitteringen og svaret hertil.",
    contactName: "Navn",
    email: "E-mail",
    phone: "Telefon",
    submit: "Fortsæt til aftalen",
    help: "Hvad sker der bagefter?",
    helpSteps: [
      "I henter aftalen, og jeres leder skriver under.",
      "I sender den som PDF. Vi kvitterer med et link til sagen.",
      "Sekretariatet læser den, og formanden godkender for OS2.",
    ],
    questions: "Spørgsmål?",
    privacy: "Sådan bruger vi jeres oplysninger",
  },
  en: {
    step: "Step 1 of 3",
    organisation: "Who are you?",
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
    contact: "Who do we write to?",
    contactHint: "Your fixed contact person. We send the receipt and the answer here.",
    contactName: "Name",
    email: "Email",
    phone: "Phone",
    submit: "Continue to the agreement",
    help: "What happens next?",
    helpSteps: [
      "You download the agreement, and your head signs it.",
      "You send it as a PDF. We answer with a link to your case.",
      "The secretariat reads it, and the chair approves for OS2.",
    ],
    questions: "Questions?",
    privacy: "How we use your information",
  },
});

/** The form has no field for a product: a kind that asks for its product does not compile here until it has one. */
const rules = kindRules satisfies Record<AgreementKind, { form: FormRules & { asksProduct: false } }>;

function fieldsAskedOf(kind: AgreementKind): readonly string[] {
  const questions = Object.keys(askedOfSome) as (keyof FormRules)[];
  return [
    ...askedOfAll,
    ...questions.filter((question) => rules[kind].form[question]).map((question) => askedOfSome[question]),
  ];
}

/** The form for one kind of applicant; after a refusal with every error at once and all that was typed. */
export function applicationFormPage(view: ApplicationFormView, chrome: Chrome): string {
  const { kind, errors } = view;
  const { language, assets, sender } = chrome;
  const text = texts[language];
  const words = kindWords(kind, language);
  const others = agreementKinds.filter((other) => other !== kind);
  const asked = fieldsAskedOf(kind);
  const summary = errors.map((error) => ({
    field: asked.includes(error.field) ? error.field : undefined,
    message: fieldErrorMessage(error, language),
  }));
  return page(
    {
      title: words.form.title,
      hasErrors: errors.length > 0,
      main: html`<p class="subheading">${text.step}</p>
<h1>${words.form.title}</h1>
<div class="o-columns">
<div>
${errorSummary(summary, language, assets)}
<p class="font-lead o-lead">${words.form.lead}</p>
${others.map((other) => html`<p><a href="${localHref(`/agreements/new?kind=${other}`, chrome)}">${kindWords(other, language).invitation}</a></p>`)}
<form method="post" action="${localHref("/agreements", chrome)}" novalidate class="o-form">
<input type="hidden" name="kind" value="${kind}">
${view.nonce && html`<input type="hidden" name="nonce" value="${view.nonce}">`}
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
<ol class="o-numbered">${[...text.helpSteps, words.lastStep].map((step) => html`<li>${step}</li>`)}</ol>
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
  const { asksGln, asksAuthorityType, asksPopulation } = rules[view.kind].form;
  const gln = () =>
    input({
      name: askedOfSome.asksGln,
      label: text.gln,
      hint: text.glnHint,
      width: "m",
      inputmode: "numeric",
      optional: true,
    });
  const authorityType = () =>
    radioGroup(
      {
        name: askedOfSome.asksAuthorityType,
        label: text.authorityType,
        value: typed(askedOfSome.asksAuthorityType),
        error: errorOf(askedOfSome.asksAuthorityType),
        choices: authorityTypes.map((value) => ({ value, label: text.authorityTypes[value] })),
        optional: true,
      },
      language,
    );
  const population = () =>
    input({
      name: askedOfSome.asksPopulation,
      label: text.population,
      hint: text.populationHint,
      width: "s",
      inputmode: "numeric",
      optional: true,
    });
  return group(
    "organisation",
    text.organisation,
    undefined,
    html`${input({ name: "organisation.name", label: kindWords(view.kind, language).organisationName, width: "full", autocomplete: "organization" })}
${input({ name: "organisation.cvr", label: text.cvr, hint: text.cvrHint, width: "s", inputmode: "numeric" })}
${asksGln && gln()}
${asksAuthorityType && authorityType()}
${asksPopulation && population()}
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
    label: kindWords(view.kind, language).hasAuthority,
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
