import fc from "fast-check";
import { XMLParser } from "fast-xml-parser";
import { describe, expect, it, test } from "vitest";
import type { InvoiceDocument } from "../../shared/domain/invoicing/invoice-document.ts";
import { invoiceFaults } from "../../shared/domain/invoicing/invoice-faults.ts";
import { peppolBis } from "../../shared/domain/invoicing/peppol-bis.ts";
import { xmlText } from "../../shared/domain/invoicing/xml-element.ts";
import { aBuyer, aCreditNote, anInvoice, byFik, vats } from "../support/builders/an-invoice.ts";
import { kinds } from "./kinds.ts";
import { en16931, peppol, peppolIsHere, ublSchemas } from "./public-rules.ts";

const schemas = ublSchemas();

describe("the e-invoice", () => {
  it.each(Object.entries(kinds))(
    "of %s stands in the schema's order and has no fault of its own",
    (_, document) => {
      expect(schemas(peppolBis(document))).toEqual([]);
      expect(invoiceFaults(document)).toEqual([]);
    },
  );

  // Seconds a document: the two that differ most here, every kind in npm run soak.
  const hardest = [
    anInvoice({ vat: vats.E, payment: byFik, references: { person: "aae", order: "REK-7781" } }),
    aCreditNote({ vat: vats.O, references: { account: "4711-00-123" } }),
  ];

  it("keeps every rule of EN 16931", { timeout: 60_000 }, () => {
    const rules = en16931();
    for (const document of hardest) expect(rules(peppolBis(document))).toEqual([]);
  });

  it.skipIf(!peppolIsHere)(
    "keeps every rule of Peppol and of Denmark (skipped where rules/README.md's third file isn't here)",
    { timeout: 60_000 },
    () => {
      const rules = peppol();
      for (const document of hardest) expect(rules(peppolBis(document))).toEqual([]);
    },
  );

  it("is refused by those very rules when it is spoilt, so they were heard", { timeout: 60_000 }, () => {
    const spoilt = peppolBis(hardest[0] ?? anInvoice()).replace(/<cbc:TaxExemptionReason.*\n/g, "");
    expect(en16931()(spoilt).join()).toContain("BR-E-10");
    if (peppolIsHere) {
      const means30 = peppolBis(anInvoice()).replace('name="Bankoverførsel">42<', ">30<");
      expect(peppol()(means30).join()).toContain("DK-R-005");
    }
    const inOtherOrder = peppolBis(anInvoice({ note: "først" })).replace(/( *<cbc:Note>.*\n)(.*\n)/, "$2$1");
    expect(schemas(inOtherOrder).join()).toContain("Note");
    const dueCredit = peppolBis(aCreditNote()).replace(
      "<cbc:CreditNoteType",
      "<cbc:DueDate>2027-04-01</cbc:DueDate>$&",
    );
    expect(schemas(dueCredit).join()).toContain("DueDate");
  });

  it("is the same file whenever it is written", () => {
    for (const document of Object.values(kinds))
      expect(peppolBis(document)).toBe(peppolBis(structuredClone(document)));
  });
});

const parser = new XMLParser({
  ignoreAttributes: false,
  removeNSPrefix: true,
  parseTagValue: false,
  trimValues: false,
  processEntities: true,
});

/** What stands in one element, by its path. */
function textAt(document: InvoiceDocument, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>(
      (place, name) => (place as Record<string, unknown> | undefined)?.[name],
      parser.parse(peppolBis(document)),
    );
}

describe("what an e-invoice says", () => {
  it("is to be paid to the account with the invoice's number", () => {
    expect(textAt(anInvoice(), "Invoice.PaymentMeans")).toMatchObject({
      PaymentMeansCode: { "#text": "42" },
      PaymentID: "20270042",
      PayeeFinancialAccount: { ID: "0012345678", FinancialInstitutionBranch: { ID: "1234" } },
    });
  });

  it("is to be paid by FIK with a true check digit", () => {
    expect(textAt(anInvoice({ payment: byFik }), "Invoice.PaymentMeans")).toMatchObject({
      PaymentMeansCode: { "#text": "93" },
      PaymentID: "71#000000202700423",
      PayeeFinancialAccount: { ID: "81234567" },
    });
  });

  it("goes to the EAN number, and to the CVR number of who has none", () => {
    const party = "Invoice.AccountingCustomerParty.Party.EndpointID";
    expect(textAt(anInvoice(), party)).toEqual({ "#text": "5798009811578", "@_schemeID": "0088" });
    const without = anInvoice({ buyer: { ...aBuyer, gln: undefined } });
    expect(textAt(without, party)).toEqual({ "#text": "10150817", "@_schemeID": "0184" });
  });

  it("names the CVR number as it is, and the VAT number with DK, which stands nowhere outside the scope of VAT", () => {
    const seller = "Invoice.AccountingSupplierParty.Party";
    const legal = { "#text": "55133018", "@_schemeID": "0184" };
    expect(textAt(anInvoice(), `${seller}.PartyLegalEntity.CompanyID`)).toEqual(legal);
    expect(textAt(anInvoice(), `${seller}.PartyTaxScheme.CompanyID`)).toBe("DK55133018");
    expect(peppolBis(anInvoice({ vat: vats.O }))).not.toContain("PartyTaxScheme");
  });

  it.each(["E", "O"] as const)("says by code and text why there is no VAT (%s)", (category) => {
    const total = textAt(anInvoice({ vat: vats[category] }), "Invoice.TaxTotal.TaxSubtotal.TaxCategory");
    const { reasonCode, reasonText } = vats[category];
    expect(total).toMatchObject({ TaxExemptionReasonCode: reasonCode, TaxExemptionReason: reasonText });
    expect(reasonCode).toBe({ E: "VATEX-EU-132-1L", O: "VATEX-EU-O" }[category]);
  });

  it("carries person, order and account string where the buyer looks for them", () => {
    const document = anInvoice({ references: { person: "aae", order: "REK-7781", account: "4711-00" } });
    expect(textAt(document, "Invoice.BuyerReference")).toBe("aae");
    expect(textAt(document, "Invoice.OrderReference.ID")).toBe("REK-7781");
    expect(textAt(document, "Invoice.AccountingCost")).toBe("4711-00");
    expect(textAt(anInvoice({ references: {} }), "Invoice.BuyerReference")).toBe("Åse Ærlig");
  });

  it("gives back what an invoice demanded, and names it", () => {
    expect(textAt(aCreditNote(), "CreditNote.BillingReference.InvoiceDocumentReference")).toMatchObject({
      ID: "20270042",
      IssueDate: "2027-01-04",
    });
    expect(textAt(aCreditNote(), "CreditNote.LegalMonetaryTotal.PayableAmount")).toMatchObject({
      "#text": "31250.00",
    });
    expect(peppolBis(aCreditNote())).not.toMatch(/PaymentMeans|DueDate/);
  });
});

test("whatever a person types comes out of the e-invoice as it went in, and breaks nothing", () => {
  const letters = fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc.string({ unit: "binary" }),
    fc.stringMatching(/^[&<>"'\][;#!\-a-zæøå \t\r\n]{0,30}$/),
    fc.constantFrom(
      "]]>",
      "<!--",
      "&amp;",
      "&#x0;",
      "<!DOCTYPE a>",
      "\ud800",
      "\u0000",
      "\u0085",
      "\u2028",
      "\ufffe",
    ),
  );
  fc.assert(
    fc.property(letters, letters, letters, letters, (name, note, order, line) => {
      const document = anInvoice({
        buyer: { ...aBuyer, name: `K ${name}` },
        note,
        references: { order: `1${order}` },
        lineText: { da: `D${line}`, en: "Dues" },
      });
      expect(schemas(peppolBis(document))).toEqual([]);
      const party = "Invoice.AccountingCustomerParty.Party.PartyName.Name";
      expect(textAt(document, party)).toBe(xmlText(`K ${name}`));
      expect(textAt(document, "Invoice.Note") ?? "").toBe(xmlText(note));
      expect(textAt(document, "Invoice.OrderReference.ID")).toBe(xmlText(`1${order}`));
      expect(textAt(document, "Invoice.InvoiceLine.Item.Name")).toBe(xmlText(`D${line}`));
    }),
    { numRuns: 300 },
  );
});

test("text without controls is written as it was typed, but for the space around it", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (typed) => {
      fc.pre(!/\p{Cc}/u.test(typed));
      expect(xmlText(typed)).toBe(typed.trim());
    }),
  );
});
