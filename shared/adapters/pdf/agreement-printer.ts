import { readFile } from "node:fs/promises";
import fontkit from "@cantoo/fontkit";
import { PDFDocument } from "@cantoo/pdf-lib";
import { templateMark } from "../../domain/judgement/templates/agreement-template.ts";
import type { AgreementPrinter } from "../../ports/agreement-printer.ts";

/** Sets agreements on A4 with pdf-lib. */
export class PdfAgreementPrinter implements AgreementPrinter {
  readonly #fontFolder: URL;

  constructor(options: { fontFolder: URL }) {
    this.#fontFolder = options.fontFolder;
  }

  async print(
    ...[template, { organisation, signer }, caseNumber]: Parameters<AgreementPrinter["print"]>
  ): Promise<Uint8Array> {
    const pdf = await PDFDocument.create();
    pdf.registerFontkit(fontkit);
    const font = await pdf.embedFont(await readFile(new URL("IBMPlexSans-Regular.ttf", this.#fontFolder)), {
      subset: true,
    });
    const page = pdf.addPage([595, 842]);
    const lines = [
      template.title,
      `${organisation.name}, CVR ${organisation.cvr}`,
      ...template.clauses.flatMap((clause, index) => [`${index + 1}. ${clause.heading}`, clause.text]),
      `${signer.name}, ${signer.title}`,
      `${templateMark(template)} ${caseNumber}`,
    ];
    page.drawText(lines.join("\n\n"), { x: 60, y: 780, size: 10, font, maxWidth: 475, lineHeight: 14 });
    return pdf.save();
  }
}
