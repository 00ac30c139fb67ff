import { readFile } from "node:fs/promises";
import { templateMark } from "../../domain/judgement/templates/agreement-template.ts";
import type { AgreementPrinter } from "../../ports/agreement-printer.ts";
import {
  applicantParty,
  applicantSignature,
  chairSignature,
  clausePart,
  howToSign,
  os2Party,
  titlePart,
} from "./printing/agreement-parts.ts";
import { agreementWords } from "./printing/agreement-words.ts";
import { panelPadding, partHeading, sideBySide } from "./printing/layout.ts";
import { TaggedDocument } from "./printing/tagged-document.ts";

/**
 * Sets agreements on A4, tagged for screen readers, with embedded letters: to sign by any tool or by hand.
 * The same agreement gives the same bytes.
 */
export class PdfAgreementPrinter implements AgreementPrinter {
  readonly #fontFolder: URL;

  /** @param options `fontFolder` ends in "/" and holds IBMPlexSans-Regular.ttf and IBMPlexSans-SemiBold.ttf */
  constructor(options: { fontFolder: URL }) {
    this.#fontFolder = options.fontFolder;
  }

  async print(
    ...[template, details, caseNumber]: Parameters<AgreementPrinter["print"]>
  ): Promise<Uint8Array> {
    const words = agreementWords[template.language];
    const mark = templateMark(template);
    const document = await TaggedDocument.create({
      title: `${template.title} – ${details.organisation.name}`,
      language: words.locale,
      author: details.sender.name,
      keywords: [mark, caseNumber],
      regular: await this.#font("IBMPlexSans-Regular.ttf"),
      semiBold: await this.#font("IBMPlexSans-SemiBold.ttf"),
      footer: `${mark} · ${words.caseNumber} ${caseNumber}`,
      pageNumber: words.page,
    });
    document.letterhead("OS2", `${words.caseNumber} ${caseNumber}`);
    document.place(titlePart(template, words));
    document.placeColumns({
      above: [partHeading(words.parties)],
      gap: 8,
      columns: sideBySide(applicantParty(template, details, words), os2Party(details.sender, words)),
      panel: panelPadding,
    });
    // A clause is never broken over two pages: the footer would stand in the middle of its words.
    const clauses = template.clauses.map((clause, index) => clausePart(clause, index + 1));
    const lastClause = clauses.pop() ?? [];
    const [firstClause = [], ...otherClauses] = clauses;
    document.place([partHeading(words.terms), ...firstClause]);
    for (const clause of otherClauses) document.place(clause);
    // With the last clause, so that nobody signs a page on which nothing is agreed.
    document.placeColumns({
      above: [...lastClause, partHeading(words.signatures), howToSign(words)],
      gap: 0,
      columns: sideBySide(applicantSignature(template, details, words), chairSignature(words)),
    });
    return document.save();
  }

  #font(name: string): Promise<Buffer> {
    return readFile(new URL(name, this.#fontFolder));
  }
}
