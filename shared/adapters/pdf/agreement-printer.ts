import { readFile } from "node:fs/promises";
import { type AgreementTemplate, templateMark } from "../../domain/judgement/templates/agreement-template.ts";
import type { AgreementPrinter } from "../../ports/agreement-printer.ts";
import { TaggedDocument } from "./printing/tagged-document.ts";

type Details = Parameters<AgreementPrinter["print"]>[1];

const words = {
  da: {
    between: "Mellem",
    and: "og",
    os2: "OS2 – Offentligt digitaliseringsfællesskab, CVR-nr. 55133018",
    cvr: "CVR-nr.",
    contact: "Kontaktperson",
    signature: "Underskrift",
    signedFor: "For",
    lines: ["Dato", "Underskrift"],
  },
  en: {
    between: "Between",
    and: "and",
    os2: "OS2 – Public digitisation community, CVR no. 55133018",
    cvr: "CVR no.",
    contact: "Contact person",
    signature: "Signature",
    signedFor: "For",
    lines: ["Date", "Signature"],
  },
} as const;

/** Sets agreements on A4, tagged for screen readers, with embedded letters: to sign by any tool or by hand. */
export class PdfAgreementPrinter implements AgreementPrinter {
  readonly #fontFolder: URL;

  constructor(options: { fontFolder: URL }) {
    this.#fontFolder = options.fontFolder;
  }

  async print(
    ...[template, details, caseNumber]: Parameters<AgreementPrinter["print"]>
  ): Promise<Uint8Array> {
    const document = await TaggedDocument.create({
      title: `${template.title} – ${details.organisation.name}`,
      language: template.language === "da" ? "da-DK" : "en-GB",
      regular: await this.#font("IBMPlexSans-Regular.ttf"),
      semiBold: await this.#font("IBMPlexSans-SemiBold.ttf"),
      footer: `${templateMark(template)} · ${caseNumber}`,
    });
    writeParties(document, template, details);
    for (const [index, clause] of template.clauses.entries()) {
      document.write("H2", `${index + 1}. ${clause.heading}`);
      document.write("P", clause.text);
    }
    writeSignature(document, template, details);
    return document.save();
  }

  #font(name: string): Promise<Buffer> {
    return readFile(new URL(name, this.#fontFolder));
  }
}

function writeParties(document: TaggedDocument, template: AgreementTemplate, details: Details): void {
  const { organisation, contact } = details;
  const text = words[template.language];
  const { address } = organisation;
  const place = address === undefined ? "" : `, ${address.street}, ${address.postalCode} ${address.city}`;
  document.write("H1", template.title);
  document.write("P", `${text.between} ${text.os2}`);
  document.write("P", `${text.and} ${organisation.name}, ${text.cvr} ${organisation.cvr}${place}`);
  const reach = [contact.name, contact.email, contact.phone].filter(
    (part) => part !== undefined && part !== "",
  );
  document.write("P", `${text.contact}: ${reach.join(", ")}`);
}

function writeSignature(document: TaggedDocument, template: AgreementTemplate, details: Details): void {
  const { organisation, signer } = details;
  const text = words[template.language];
  document.write("H2", text.signature);
  document.write("P", `${text.signedFor} ${organisation.name}: ${signer.name}, ${signer.title}`);
  document.signatureLines(text.lines);
}
