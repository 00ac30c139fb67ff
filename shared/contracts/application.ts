import * as z from "zod/mini";
import {
  type Application,
  type FieldError,
  type FieldErrorCode,
  fieldErrorCodes,
} from "../domain/agreement/application.ts";
import { agreementKinds, languages } from "../domain/agreement/kind.ts";
import { type CvrNumber, parseCvr } from "../domain/organisation/cvr-number.ts";
import { type EmailAddress, parseEmailAddress } from "../domain/organisation/email-address.ts";
import { type Gln, parseGln } from "../domain/organisation/gln.ts";
import { authorityTypes } from "../domain/organisation/organisation.ts";
import { parsePhone } from "../domain/organisation/phone.ts";
import { parsePopulation } from "../domain/organisation/population.ts";
import { parsePostalCode } from "../domain/organisation/postal-code.ts";
import { looksEmpty, readLine, readName } from "../domain/organisation/typed-text.ts";

function fail(context: z.core.ParsePayload, code: FieldErrorCode): never {
  context.issues.push({ code: "custom", message: code, input: undefined });
  return z.NEVER;
}

/** Smooths what forms and programs write differently, before the field's own schema reads it. */
function smoothed<Field extends z.ZodMiniType>(smooth: (typed: unknown) => unknown, field: Field) {
  return z.pipe(z.transform(smooth), field);
}

/** A line of text, or of a name, or the code of what is wrong with it. Nothing typed is an empty line. */
function lineReadBy(read: typeof readLine, maximumLength: number) {
  return smoothed(
    (value) => (value === undefined || value === null ? "" : value),
    z.pipe(
      z.string("NOT_TEXT"),
      z.transform((typed, context) => {
        const result = read(typed, maximumLength);
        return "error" in result ? fail(context, result.error) : result.line;
      }),
    ),
  );
}

const name = (maximumLength: number) => lineReadBy(readName, maximumLength);

/** A form sends every field; an empty one is one that nobody filled in. */
function optional<Field extends z.ZodMiniType>(field: Field) {
  return smoothed(
    (value) => (typeof value === "string" && looksEmpty(value) ? undefined : (value ?? undefined)),
    z.optional(field),
  );
}

function choice<const Choices extends readonly [string, ...string[]]>(choices: Choices) {
  return smoothed(
    (value) => (value === undefined || value === null ? "" : value),
    z.pipe(
      z.string("NOT_TEXT"),
      z.transform((text, context): Choices[number] => {
        if (text === "") return fail(context, "REQUIRED");
        return choices.includes(text) ? text : fail(context, "NOT_A_CHOICE");
      }),
    ),
  );
}

/** A line that one of the domain's readers understands, or the code of what is wrong with it. */
function readBy<Value extends string>(
  maximumLength: number,
  read: (text: string) => Value | FieldErrorCode,
  codes: readonly FieldErrorCode[],
) {
  return z.pipe(
    lineReadBy(readLine, maximumLength),
    z.transform((text, context): Value => {
      const value = read(text);
      return codes.some((code) => code === value) ? fail(context, value as FieldErrorCode) : (value as Value);
    }),
  );
}

const cvr = readBy<CvrNumber>(60, parseCvr, ["CVR_FORMAT", "CVR_CHECK_DIGIT", "CVR_IS_P_NUMBER"]);
const gln = readBy<Gln>(60, parseGln, ["GLN_FORMAT", "GLN_CHECK_DIGIT"]);
const email = readBy<EmailAddress>(254, parseEmailAddress, ["EMAIL_FORMAT"]);
const phone = readBy<string>(60, parsePhone, ["PHONE_FORMAT", "WEB_ADDRESS"]);
const postalCode = readBy<string>(20, parsePostalCode, ["POSTAL_CODE_FORMAT"]);

/** Typed "59.000" or "59 000" by people, 59000 by programs. */
const population = z.pipe(
  z.union([z.number(), z.string().check(z.maxLength(60))], "POPULATION_FORMAT"),
  z.transform((typed, context) => {
    const count = parsePopulation(typed);
    return count === "POPULATION_FORMAT" ? fail(context, count) : count;
  }),
);

/** JSON says true; a form's ticked box says "on" or whatever its value is, an unticked one nothing. */
const attestation = smoothed(
  (value) => value === true || value === "true" || value === "on" || value === "yes",
  z.literal(true, "ATTESTATION_REQUIRED"),
);

const address = z.optional(z.object({ street: name(200), postalCode, city: name(100) }, "NOT_TEXT"));

/** An address is all of it or none of it. */
const addressOrNone = smoothed((value) => {
  const filled =
    typeof value === "object" &&
    value !== null &&
    Object.values(value).some((part) => typeof part !== "string" || !looksEmpty(part));
  return filled ? value : undefined;
}, address);

const section = <Shape extends z.core.$ZodShape>(shape: Shape) =>
  smoothed((value) => (isRecord(value) ? value : {}), z.object(shape));

const application = z.object({
  kind: choice(agreementKinds),
  organisation: section({
    name: name(300),
    cvr,
    gln: optional(gln),
    authorityType: optional(choice(authorityTypes)),
    population: optional(population),
    address: addressOrNone,
  }),
  signer: section({ name: name(300), title: name(300), hasAuthority: attestation }),
  contact: section({ name: name(300), email, phone: optional(phone) }),
  language: smoothed((value) => value ?? "da", choice(languages)),
});

/** What JSON calls an object. A list or a bare text has no fields, so all of them are missing. */
function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Reads an application from JSON or from {@link unflatten}ed form fields: the application, or all that is wrong at once. */
export function parseApplication(input: unknown): { application: Application } | { errors: FieldError[] } {
  const parsed = application.safeParse(isRecord(input) ? input : {});
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
function errorsOf(error: z.core.$ZodError): FieldError[] {
  const byField = new Map<string, FieldError>();
  for (const issue of error.issues) {
    const field = issue.path.join(".");
    if (!byField.has(field)) byField.set(field, { field, code: codeOf(issue.message) });
  }
  return [...byField.values()];
}

/** A message that is no code of ours is zod's own: the value was of another type than any field's. */
function codeOf(message: string): FieldErrorCode {
  return fieldErrorCodes.find((code) => code === message) ?? "NOT_TEXT";
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
