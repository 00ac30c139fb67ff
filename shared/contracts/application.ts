import * as z from "zod";
import type { Application, FieldError, FieldErrorCode } from "../domain/agreement/application.ts";
import { agreementKinds, languages } from "../domain/agreement/kind.ts";
import { normalForm } from "../domain/normal-form.ts";
import { type CvrNumber, parseCvr } from "../domain/organisation/cvr-number.ts";
import { type EmailAddress, parseEmailAddress } from "../domain/organisation/email-address.ts";
import { type Gln, parseGln } from "../domain/organisation/gln.ts";
import { authorityTypes } from "../domain/organisation/organisation.ts";

/**
 * What may be typed into a field: no controls, no line or paragraph separators (they forge headers and lines), and
 * no overrides of the writing direction (they make a name read as another).
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to refuse
const invisible = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/;

function fail(context: z.RefinementCtx, code: FieldErrorCode): never {
  context.addIssue({ code: "custom", message: code, input: undefined });
  return z.NEVER;
}

/** One line of text, trimmed and in NFC, so that "å" is one letter however it was typed. */
function line(maximumLength: number) {
  return z.preprocess(
    (value) => (value === undefined || value === null ? "" : value),
    z.string("NOT_TEXT").transform((text, context) => {
      const normal = normalForm(text.trim(), "NFC", maximumLength).trim();
      if (normal === "") return fail(context, "REQUIRED");
      if (invisible.test(normal)) return fail(context, "CONTROL_CHARACTERS");
      return normal.length > maximumLength ? fail(context, "TOO_LONG") : normal;
    }),
  );
}

/** A form sends every field; an empty one is one that nobody filled in. */
function optional<Field extends z.ZodType>(field: Field) {
  return z.preprocess(
    (value) => (typeof value === "string" && value.trim() === "" ? undefined : (value ?? undefined)),
    field.optional(),
  );
}

function choice<const Choices extends readonly [string, ...string[]]>(choices: Choices) {
  return z.preprocess(
    (value) => (value === undefined || value === null ? "" : value),
    z.string("NOT_TEXT").transform((text, context): Choices[number] => {
      if (text === "") return fail(context, "REQUIRED");
      return choices.includes(text) ? text : fail(context, "NOT_A_CHOICE");
    }),
  );
}

/** A line that one of the domain's readers understands, or the code of what is wrong with it. */
function readBy<Value extends string>(
  maximumLength: number,
  read: (text: string) => Value | FieldErrorCode,
  codes: readonly FieldErrorCode[],
) {
  return line(maximumLength).transform((text, context): Value => {
    const value = read(text);
    return codes.some((code) => code === value) ? fail(context, value as FieldErrorCode) : (value as Value);
  });
}

const cvr = readBy<CvrNumber>(20, parseCvr, ["CVR_FORMAT", "CVR_CHECK_DIGIT"]);
const gln = readBy<Gln>(30, parseGln, ["GLN_FORMAT", "GLN_CHECK_DIGIT"]);
const email = readBy<EmailAddress>(254, parseEmailAddress, ["EMAIL_FORMAT"]);
const phone = line(30).transform((text, context) =>
  /^\+?[\d\s()-]{5,}$/.test(text) ? text : fail(context, "PHONE_FORMAT"),
);
const postalCode = line(10).transform((text, context) =>
  /^\d{4}$/.test(text) ? text : fail(context, "POSTAL_CODE_FORMAT"),
);

/** Typed "59.000" or "59 000" by people, 59000 by programs. */
const population = z.union([z.number(), z.string()], "POPULATION_FORMAT").transform((value, context) => {
  const count = typeof value === "number" ? value : Number(value.replace(/[\s.]/g, "") || Number.NaN);
  return Number.isSafeInteger(count) && count >= 0 && count < 100_000_000
    ? count
    : fail(context, "POPULATION_FORMAT");
});

/** JSON says true; a form's ticked box says "on" or whatever its value is, an unticked one nothing. */
const attestation = z.preprocess(
  (value) => value === true || value === "true" || value === "on" || value === "yes",
  z.literal(true, "ATTESTATION_REQUIRED"),
);

const address = z.object({ street: line(200), postalCode, city: line(100) }, "NOT_TEXT").optional();

/** An address is all of it or none of it. */
const addressOrNone = z.preprocess((value) => {
  const filled =
    typeof value === "object" &&
    value !== null &&
    Object.values(value).some((part) => typeof part !== "string" || part.trim() !== "");
  return filled ? value : undefined;
}, address);

const section = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.preprocess(
    (value) => (typeof value === "object" && value !== null && !Array.isArray(value) ? value : {}),
    z.object(shape),
  );

const application = z.object({
  kind: choice(agreementKinds),
  organisation: section({
    name: line(300),
    cvr,
    gln: optional(gln),
    authorityType: optional(choice(authorityTypes)),
    population: optional(population),
    address: addressOrNone,
  }),
  signer: section({ name: line(300), title: line(300), hasAuthority: attestation }),
  contact: section({ name: line(300), email, phone: optional(phone) }),
  language: z.preprocess((value) => value ?? "da", choice(languages)),
});

/** Reads an application from JSON or from {@link unflatten}ed form fields: the application, or all that is wrong at once. */
export function parseApplication(input: unknown): { application: Application } | { errors: FieldError[] } {
  const parsed = application.safeParse(typeof input === "object" && input !== null ? input : {});
  if (!parsed.success) return { errors: errorsOf(parsed.error) };
  const { kind, organisation, signer, contact, language } = parsed.data;
  return {
    application: {
      kind,
      organisation,
      signer: { name: signer.name, title: signer.title },
      contact,
      language,
    },
  };
}

/** One error a field: the first is what to mend first. */
function errorsOf(error: z.ZodError): FieldError[] {
  const byField = new Map<string, FieldError>();
  for (const issue of error.issues) {
    const field = issue.path.join(".");
    if (!byField.has(field)) byField.set(field, { field, code: issue.message as FieldErrorCode });
  }
  return [...byField.values()];
}

/** Form fields with dotted names (`organisation.cvr`) as the object they spell; the first value of a name counts. */
export function unflatten(fields: URLSearchParams): Record<string, unknown> {
  const root: Record<string, unknown> = {};
  for (const [name, value] of fields) {
    const path = name.split(".");
    if (path.length > 4 || path.some((part) => !/^[A-Za-z]{1,40}$/.test(part) || part in Object.prototype))
      continue;
    place(root, path, value);
  }
  return root;
}

function place(
  target: Record<string, unknown>,
  [head = "", ...rest]: readonly string[],
  value: string,
): void {
  if (rest.length === 0) {
    target[head] ??= value;
    return;
  }
  const inner = target[head] ?? {};
  if (typeof inner !== "object" || inner === null) return;
  target[head] = inner;
  place(inner as Record<string, unknown>, rest, value);
}
