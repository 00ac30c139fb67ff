import { rateOn } from "../../shared/domain/dues/dues-rate.ts";
import { invoicedLine } from "../../shared/domain/membership/member-file.ts";
import { ownerOf } from "../../shared/domain/owner.ts";
import type { CaseMail } from "../../shared/emails/case-mail.ts";
import { invoiceCopyMail } from "../../shared/emails/invoice-copy-mail.ts";
import { welcomeMail } from "../../shared/emails/welcome-mail.ts";
import { anyonesMails } from "./anyones-mails.ts";
import type { Composers, From } from "./composing.ts";

/** A copy is owed of what was never made: it goes when it is. */
export class InvoiceIsNotFiled extends Error {
  override readonly name = "InvoiceIsNotFiled";
}

/** What a member is owed. The case that led to it is named, for that is the number people know. */
export const memberMails: Composers<"member"> = {
  ...anyonesMails,
  welcome: async (from) => {
    const { member, dues } = from.file;
    const [line] = dues;
    const statusLink = await casePage(from);
    // Whoever came with the spreadsheet was welcomed long ago.
    if (statusLink === undefined) return undefined;
    return welcomeMail(
      {
        ...about(from),
        joinedOn: member.joinedOn,
        statusLink,
        dues: !line ? "none" : member.organisation.gln === undefined ? "awaits-gln" : "mailed",
      },
      from.language,
    );
  },
  "invoice-copy": async (from) => {
    const { member } = from.file;
    const { invoiceNumber } = from.subject;
    const line = invoicedLine(from.file, invoiceNumber);
    if (!line) return undefined;
    const bytes = await from.invoices.readPdf(invoiceNumber);
    if (!bytes) throw new InvoiceIsNotFiled(`invoice ${invoiceNumber}`);
    return invoiceCopyMail(
      {
        ...about(from),
        line,
        joinedOn: member.joinedOn,
        fullYearOere: rateOn(from.settings.rates, member.kind, member.joinedOn).amountOere,
        pdf: { fileName: `OS2-${invoiceNumber}.pdf`, contentType: "application/pdf", bytes },
      },
      from.language,
    );
  },
};

function about({ file: { member }, settings }: From<"member", unknown>): CaseMail {
  return {
    sender: settings.sender,
    caseNumber: member.origin.kind === "case" ? member.origin.caseNumber : member.memberNumber,
    kind: member.kind,
    organisationName: member.organisation.name,
  };
}

/** The page of the case that the member came by: there lies the archived agreement. */
async function casePage({ file, issue }: From<"member", unknown>): Promise<string | undefined> {
  const { origin } = file.member;
  return origin.kind === "case" ? issue.statusLink(ownerOf("case", origin.caseId)) : undefined;
}
