import { createHash } from "node:crypto";
import { existsSync, globSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import {
  XmlBufferInputProvider,
  XmlDocument,
  XmlValidateError,
  XsdValidator,
  xmlRegisterInputProvider,
} from "libxml2-wasm";
import { writtenFor } from "../../shared/domain/invoicing/rule-set.ts";

/** What we use of node-schematron: its own types bring a browser's into everything that is compiled with them. */
interface NodeSchematron {
  Schema: {
    fromString(text: string): {
      validateString(xml: string): readonly { assertId: string | null; message?: string }[];
    };
  };
  registerCustomXPathFunction(
    name: { namespaceURI: string; localName: string },
    parameters: string[],
    returns: string,
    answer: (context: unknown, ...values: Atom[]) => boolean,
  ): void;
}
type Atom = string | number;

const require = createRequire(import.meta.url);
const { Schema, registerCustomXPathFunction }: NodeSchematron = require("node-schematron");

const folder = join(import.meta.dirname, "rules");

/** Of the rules in `rules/README.md` that may not lie here. */
const peppolFile = join(
  process.env["PEPPOL_RULES"] ?? ".build/einvoice-rules",
  `PEPPOL-EN16931-UBL-${writtenFor}.sch`,
);
const peppolSha256 = "f8234c0ec97317a5c4b690d414b0daae386031c9ac9a8ea3a5f693f5098a4cd9";

/** Where it is false, what Peppol says wasn't heard. */
export const peppolIsHere = existsSync(peppolFile);

/** Judges a document's XML. @returns what it breaks, by rule and text; nothing where it is right */
export type PublicRules = (xml: string) => string[];

export function en16931(): PublicRules {
  return schematron(readFileSync(join(folder, "EN16931-UBL-1.3.16.sch"), "utf8"));
}

export function peppol(): PublicRules {
  const text = readFileSync(peppolFile);
  const sha256 = createHash("sha256").update(text).digest("hex");
  if (sha256 !== peppolSha256)
    throw new Error(`${peppolFile} is not the file that is known as ${writtenFor}`);
  return schematron(text.toString());
}

/** Warnings count: a receiver's clerk sees them. */
function schematron(text: string): PublicRules {
  registerPeppolFunctions();
  const schema = Schema.fromString(text);
  return (xml) =>
    schema.validateString(xml).map(({ assertId, message = "" }) => `${assertId ?? "?"} ${message.trim()}`);
}

/** By root element. The schemas import each other by relative path, and are read from memory. */
export function ublSchemas(): PublicRules {
  const files = globSync("ubl-2.1/**/*.xsd.gz", { cwd: folder }).map((file): [string, Uint8Array] => [
    file.replaceAll("\\", "/").replace(/\.gz$/, ""),
    gunzipSync(readFileSync(join(folder, file))),
  ]);
  xmlRegisterInputProvider(new XmlBufferInputProvider(Object.fromEntries(files)));
  const validators = new Map(
    ["Invoice", "CreditNote"].map((name) => {
      const url = `ubl-2.1/maindoc/UBL-${name}-2.1.xsd`;
      const text = new Map(files).get(url);
      if (text === undefined) throw new Error(`there is no ${url}`);
      using document = XmlDocument.fromBuffer(text, { url });
      return [name, XsdValidator.fromDoc(document)];
    }),
  );
  return (xml) => {
    using document = XmlDocument.fromString(xml);
    try {
      const validator = validators.get(document.root.name);
      if (validator === undefined) return [`no schema for ${document.root.name}`];
      validator.validate(document);
      return [];
    } catch (error) {
      if (!(error instanceof XmlValidateError)) throw error;
      return error.details.map(({ message }) => message.trim());
    }
  };
}

const anything = "xs:anyAtomicType?";

/**
 * Peppol's rule set brings functions in XSLT, which no reader of plain Schematron runs: those that a Danish document
 * meets stand here, and the others say so when they are called.
 */
function registerPeppolFunctions(): void {
  const define = (localName: string, parameters: string[], answer: (...values: Atom[]) => boolean) =>
    registerCustomXPathFunction(
      { namespaceURI: "utils", localName },
      parameters,
      "xs:boolean",
      (_, ...values) => answer(...values),
    );
  define("gln", [anything], (value) => checkDigitOf(String(value), (place) => (place % 2 === 0 ? 3 : 1), 10));
  define("mod11", [anything], (value) =>
    Number(value) > 0 && checkDigitOf(String(value), (place) => (place % 6) + 2, 11));
  define("slack", [anything, anything, anything], (expected, value, slack) =>
    Math.abs(Number(expected) - Number(value)) <= Number(slack) + 1e-9);
  const foreign = "mod97-0208 checkCodiceIPA checkCF checkPIVAseIT abn TinVerification checkSEOrgnr".split(
    " ",
  );
  for (const name of foreign)
    define(name, [anything], () => {
      throw new Error(`a Danish document has nothing for u:${name}`);
    });
}

/** Whether the last digit closes the weighted sum of the others, counted from the right. */
function checkDigitOf(number: string, weight: (place: number) => number, modulus: number): boolean {
  const [last, ...others] = [...number].reverse().map(Number);
  const sum = others.reduce((total, digit, place) => total + digit * weight(place), 0);
  return (modulus - (sum % modulus)) % modulus === last;
}
