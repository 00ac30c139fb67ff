import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PdfAgreementPrinter } from "../../shared/adapters/pdf/agreement-printer.ts";
import { templateMark } from "../../shared/domain/judgement/templates/agreement-template.ts";
import { agreementTemplates } from "../../shared/domain/judgement/templates/recognise-agreement.ts";
import { isCvr } from "../../shared/domain/organisation/cvr-number.ts";
import { parseEmailAddress } from "../../shared/domain/organisation/email-address.ts";
import { isGln } from "../../shared/domain/organisation/gln.ts";
import { defaultSender } from "../../shared/domain/settings/default-sender.ts";

/** Prints every agreement there is into a folder and names the files, one a line. */
const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error("usage: node print-agreements.ts FOLDER");

const cvr = "25313763";
const gln = "5790000423408";
const email = parseEmailAddress("aase@example.dk");
if (!isCvr(cvr) || !isGln(gln) || email === "EMAIL_FORMAT") throw new Error("the example breaks a rule");

const printer = new PdfAgreementPrinter({
  fontFolder: new URL("../../node_modules/dkfds/src/fonts/IBMPlexSans/complete/ttf/", import.meta.url),
});
for (const template of agreementTemplates) {
  const pdf = await printer.print(
    template,
    {
      sender: defaultSender,
      organisation: {
        name: "Ærø & Blåvand Kommune",
        cvr,
        gln,
        address: { street: "Østergade 2", postalCode: "5970", city: "Ærøskøbing" },
      },
      signer: { name: "Søren Łukasz Ågård", title: "Direktør" },
      contact: { name: "Åse Ørsted", email, phone: "63 52 50 00" },
    },
    "A-2026-0117",
  );
  const path = join(folder, `${templateMark(template).replaceAll(/[^\w.-]+/g, "_")}.pdf`);
  await writeFile(path, pdf);
  console.log(path);
}
