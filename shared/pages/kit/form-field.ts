import type { Language } from "../../domain/agreement/kind.ts";
import { bilingual } from "../../words/bilingual.ts";
import type { AssetUrls } from "./assets.ts";
import { type Html, html } from "./html.ts";
import { icon } from "./icon.ts";

/** What every field has. `name` is also the id, so that the error summary can point at it. */
export interface FieldParts {
  name: string;
  label: string;
  hint?: string | undefined;
  /** The sentence under the label when the value has to be mended. */
  error?: string | undefined;
  optional?: boolean;
}

export interface TextFieldParts extends FieldParts {
  value: string;
  type?: "text" | "email" | "tel";
  width?: "xxs" | "xs" | "s" | "m" | "l" | "xl" | "full";
  inputmode?: "numeric" | "email" | "tel";
  autocomplete?: string;
}

export interface ChoiceParts {
  value: string;
  label: string;
  hint?: string;
}

/** An error as the summary lists it; without a field in the form it has nothing to point at. */
export interface SummaryError {
  field?: string | undefined;
  message: string;
}

const texts = bilingual({
  da: {
    error: "Fejl: ",
    optional: " (kan udelades)",
    mendOne: "Ret denne fejl",
    mend: (count: number) => `Ret disse ${count} fejl`,
  },
  en: {
    error: "Error: ",
    optional: " (optional)",
    mendOne: "Correct this error",
    mend: (count: number) => `Correct these ${count} errors`,
  },
});

function describedBy(field: FieldParts): Html | false {
  const ids = [field.hint && `${field.name}-hint`, field.error && `${field.name}-error`]
    .filter(Boolean)
    .join(" ");
  return ids !== "" && html` aria-describedby="${ids}"`;
}

function hintOf(field: FieldParts): Html | false {
  return (
    field.hint !== undefined && html`<span class="form-hint" id="${field.name}-hint">${field.hint}</span>`
  );
}

function errorOf(field: FieldParts, language: Language): Html | false {
  return (
    field.error !== undefined &&
    html`<span class="form-error-message" id="${field.name}-error"><span class="sr-only">${texts[language].error}</span>${field.error}</span>`
  );
}

function optionalMark(field: FieldParts, language: Language): Html | false {
  return field.optional === true && html`<span class="o-optional">${texts[language].optional}</span>`;
}

export function textField(field: TextFieldParts, language: Language): Html {
  return html`<div class="form-group${field.error && " form-error"}">
<label class="form-label" for="${field.name}">${field.label}${optionalMark(field, language)}</label>
${hintOf(field)}${errorOf(field, language)}
<input class="form-input input-width-${field.width ?? "l"}" id="${field.name}" name="${field.name}" type="${field.type ?? "text"}" value="${field.value}"${
    field.inputmode && html` inputmode="${field.inputmode}"`
  }${field.autocomplete && html` autocomplete="${field.autocomplete}"`}${describedBy(field)}${!field.optional && html` required`}${
    field.error !== undefined && html` aria-invalid="true"`
  }>
</div>`;
}

export function textArea(field: FieldParts & { value: string; rows: number }, language: Language): Html {
  return html`<div class="form-group${field.error && " form-error"}">
<label class="form-label" for="${field.name}">${field.label}${optionalMark(field, language)}</label>
${hintOf(field)}${errorOf(field, language)}
<textarea class="form-input input-width-full" id="${field.name}" name="${field.name}" rows="${field.rows}"${describedBy(field)}${
    field.error !== undefined && html` aria-invalid="true"`
  }>
${field.value}</textarea>
</div>`;
}

/** Radio buttons. The first one bears the field's own name as its id: the error summary leads there. Nothing is chosen for anybody. */
export function radioGroup(
  field: FieldParts & { value: string; choices: readonly ChoiceParts[]; boxed?: boolean },
  language: Language,
): Html {
  return html`<div class="form-group${field.error && " form-error"}">
<fieldset${describedBy(field)}>
<legend class="form-label">${field.label}${optionalMark(field, language)}</legend>
${hintOf(field)}${errorOf(field, language)}
${field.choices.map((choice, position) => {
  const id = position === 0 ? field.name : `${field.name}-${choice.value}`;
  return html`<div class="o-choice${field.boxed && " o-choice--boxed"}"><div class="form-group-radio">
<input type="radio" class="form-radio" id="${id}" name="${field.name}" value="${choice.value}"${choice.value === field.value && html` checked`}${
    !field.optional && html` required`
  }${choice.hint && html` aria-describedby="${id}-hint-${choice.value}"`}><label for="${id}">${choice.label}</label>${
    choice.hint && html`<span class="form-hint" id="${id}-hint-${choice.value}">${choice.hint}</span>`
  }
</div></div>`;
})}
</fieldset>
</div>`;
}

export function checkbox(field: FieldParts & { value: string; checked: boolean }, language: Language): Html {
  return html`<div class="form-group${field.error && " form-error"}">
${errorOf(field, language)}
<div class="form-group-checkbox"><input type="checkbox" class="form-checkbox" id="${field.name}" name="${field.name}" value="${field.value}"${
    field.checked && html` checked`
  }${describedBy(field)} required${field.error !== undefined && html` aria-invalid="true"`}><label for="${field.name}">${field.label}</label>${hintOf(field)}</div>
</div>`;
}

/** Everything to mend, first on the page and each a link to its field. The script moves the focus here. */
export function errorSummary(
  errors: readonly SummaryError[],
  language: Language,
  assets: AssetUrls,
): Html | false {
  const text = texts[language];
  return (
    errors.length > 0 &&
    html`<div class="alert alert-error o-summary" role="alert" tabindex="-1" aria-labelledby="error-summary-title" data-error-summary>
${icon("error", assets, "alert-icon")}
<h2 class="alert-heading" id="error-summary-title">${errors.length === 1 ? text.mendOne : text.mend(errors.length)}</h2>
<ul class="o-summary-list" role="list">${errors.map(
      (error) =>
        html`<li>${error.field === undefined ? error.message : html`<a href="#${error.field}">${error.message}</a>`}</li>`,
    )}</ul>
</div>`
  );
}
