import {
  contextTag,
  type Element,
  inside,
  members,
  primitiveContextTag,
  readElement,
  sequenceOf,
} from "./der.ts";
import { type Certificate, EXTENSION } from "./x509-certificate.ts";
import { ATTRIBUTE, type DistinguishedName, isWithin, readName } from "./x509-names.ts";

/** The forms of name RFC 5280 lets a constraint speak of, by their number in GeneralName. */
type NameForm = "other" | "email" | "dns" | "x400" | "directory" | "edi" | "uri" | "ip" | "registered";
const FORMS: readonly NameForm[] = [
  "other",
  "email",
  "dns",
  "x400",
  "directory",
  "edi",
  "uri",
  "ip",
  "registered",
];

interface GeneralName {
  readonly form: NameForm;
  readonly text: string;
  readonly bytes: Uint8Array;
  readonly directory?: DistinguishedName;
}

/** May this authority's certificate vouch for the names in that one (RFC 5280, clause 4.2.1.10)? */
export function nameConstraintsAllow(authority: Certificate, certificate: Certificate): boolean {
  const extension = authority.extensions.get(EXTENSION.nameConstraints);
  if (extension === undefined) return true;
  const fields = sequenceOf(readElement(extension.value));
  const permitted = readSubtrees(fields.optional(contextTag(0)));
  const excluded = readSubtrees(fields.optional(contextTag(1)));
  return namesOf(certificate).every((name) => {
    const sameForm = permitted.filter((base) => base.form === name.form);
    if (excluded.some((base) => base.form === name.form && covers(base, name) !== false)) return false;
    return sameForm.length === 0 || sameForm.some((base) => covers(base, name) === true);
  });
}

function readSubtrees(trees: Element | undefined): GeneralName[] {
  return trees ? [...members(trees)].map((tree) => readGeneralName(sequenceOf(tree).next())) : [];
}

function readGeneralName(element: Element): GeneralName {
  const form = FORMS[element.tag & 0x1f] ?? "other";
  const text = Buffer.from(element.content).toString("latin1").toLowerCase();
  if (form !== "directory") return { form, text, bytes: element.content };
  return { form, text, bytes: element.content, directory: readName(inside(element)) };
}

/** The subject, an e-mail address in it, and every alternative name. */
function namesOf(certificate: Certificate): GeneralName[] {
  const { subject } = certificate;
  const names: GeneralName[] = [];
  if (subject.attributes.length > 0)
    names.push({ form: "directory", text: "", bytes: subject.bytes, directory: subject });
  for (const { type, text } of subject.attributes) {
    if (type === ATTRIBUTE.email)
      names.push({ form: "email", text: text.toLowerCase(), bytes: subject.bytes });
  }
  const alternative = certificate.extensions.get(EXTENSION.subjectAltName);
  return alternative ? [...names, ...alternativeNames(alternative.value)] : names;
}

function alternativeNames(value: Uint8Array): GeneralName[] {
  return [...members(readElement(value))].map(readGeneralName);
}

/** The e-mail addresses among a certificate's alternative names. */
export function alternativeEmails(certificate: Certificate): string[] {
  const alternative = certificate.extensions.get(EXTENSION.subjectAltName);
  if (alternative === undefined) return [];
  return [...members(readElement(alternative.value))]
    .filter((element) => element.tag === primitiveContextTag(1))
    .map((element) => Buffer.from(element.content).toString("latin1"));
}

/** undefined: a form of name we can't compare, so neither permitted nor known to be outside. */
function covers(base: GeneralName, name: GeneralName): boolean | undefined {
  const rule = coverage[base.form];
  return rule?.(base, name);
}

const coverage: Partial<Record<NameForm, (base: GeneralName, name: GeneralName) => boolean | undefined>> = {
  directory: (base, name) => base.directory && name.directory && isWithin(name.directory, base.directory),
  dns: (base, name) => isHostWithin(name.text, base.text),
  email: (base, name) => {
    if (base.text.includes("@")) return base.text === name.text;
    const host = name.text.slice(name.text.lastIndexOf("@") + 1);
    return base.text.startsWith(".") ? host.endsWith(base.text) : host === base.text;
  },
  uri: (base, name) => {
    const host = /^[a-z][a-z0-9+.-]*:\/\/(?:[^@/]*@)?([^:/?#]+)/.exec(name.text)?.[1];
    if (host === undefined) return undefined;
    return base.text.startsWith(".") ? host.endsWith(base.text) : host === base.text;
  },
  ip: (base, name) => {
    if (base.bytes.length !== name.bytes.length * 2) return false;
    return name.bytes.every((byte, index) => {
      const mask = base.bytes[name.bytes.length + index] ?? 0xff;
      return (byte & mask) === ((base.bytes[index] ?? 0) & mask);
    });
  },
};

function isHostWithin(host: string, base: string): boolean {
  return base === "" || host === base || host.endsWith(base.startsWith(".") ? base : `.${base}`);
}
