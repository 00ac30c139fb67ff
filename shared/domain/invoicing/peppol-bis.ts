import { buyerReferenceOf, type InvoiceDocument, type InvoicePayment } from "./invoice-document.ts";
import type { InvoiceVat } from "./invoice-vat.ts";
import { type XmlElement, xmlDocument } from "./xml-element.ts";

/** What an invoice and a credit note are called, each in its own schema. Type codes: UNCL1001. */
const forms = {
  invoice: { root: "Invoice", typeCode: "380", line: "InvoiceLine", quantity: "InvoicedQuantity" },
  "credit-note": {
    root: "CreditNote",
    typeCode: "381",
    line: "CreditNoteLine",
    quantity: "CreditedQuantity",
  },
} as const satisfies Record<InvoiceDocument["kind"], Record<string, string>>;

/** Codes of the list of electronic addresses (EAS): GLN and the Danish business register. */
const scheme = { gln: { schemeID: "0088" }, cvr: { schemeID: "0184" } } as const;

/**
 * The document in UBL 2.1 by Peppol BIS Billing 3.0 with the Danish rules: what has legal effect. Nothing is added up
 * here: the amounts are the document's own. The order of the elements is the schema's.
 * Source: docs.peppol.eu/poacc/billing/3.0 and the rule set that `ruleSets` names.
 * @returns XML, to be stored as UTF-8; the same document gives the same text
 */
export function peppolBis(document: InvoiceDocument): string {
  const form = forms[document.kind];
  const invoice = document.kind === "invoice" ? document : undefined;
  const credits = document.kind === "credit-note" ? document.credits : undefined;
  const { netOere, vatOere, totalOere, vat, references, period } = document;
  return xmlDocument([
    form.root,
    {
      xmlns: `urn:oasis:names:specification:ubl:schema:xsd:${form.root}-2`,
      "xmlns:cac": "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
      "xmlns:cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
    },
    [
      ["cbc:CustomizationID", "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"],
      ["cbc:ProfileID", "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"],
      ["cbc:ID", String(document.number)],
      ["cbc:IssueDate", document.issuedOn],
      ["cbc:DueDate", invoice?.dueOn],
      [`cbc:${form.root}TypeCode`, form.typeCode],
      ["cbc:Note", document.note],
      ["cbc:DocumentCurrencyCode", "DKK"],
      ["cbc:AccountingCost", references.account],
      ["cbc:BuyerReference", buyerReferenceOf(document)],
      [
        "cac:InvoicePeriod",
        [
          ["cbc:StartDate", period.start],
          ["cbc:EndDate", period.end],
        ],
      ],
      ["cac:OrderReference", [["cbc:ID", references.order]]],
      credits && [
        "cac:BillingReference",
        [
          [
            "cac:InvoiceDocumentReference",
            [
              ["cbc:ID", String(credits.number)],
              ["cbc:IssueDate", credits.issuedOn],
            ],
          ],
        ],
      ],
      ["cac:AccountingSupplierParty", [seller(document)]],
      ["cac:AccountingCustomerParty", [buyer(document)]],
      invoice && paymentMeans(invoice.payment, document),
      [
        "cac:TaxTotal",
        [
          amount("cbc:TaxAmount", vatOere),
          [
            "cac:TaxSubtotal",
            [
              amount("cbc:TaxableAmount", netOere),
              amount("cbc:TaxAmount", vatOere),
              ["cac:TaxCategory", taxCategory(vat, "with its reason")],
            ],
          ],
        ],
      ],
      [
        "cac:LegalMonetaryTotal",
        [
          amount("cbc:LineExtensionAmount", netOere),
          amount("cbc:TaxExclusiveAmount", netOere),
          amount("cbc:TaxInclusiveAmount", totalOere),
          amount("cbc:PayableAmount", totalOere),
        ],
      ],
      [
        `cac:${form.line}`,
        [
          ["cbc:ID", "1"],
          // UN/ECE Recommendation 20: C62 is one, of anything.
          [`cbc:${form.quantity}`, { unitCode: "C62" }, "1"],
          amount("cbc:LineExtensionAmount", netOere),
          [
            "cac:Item",
            [
              ["cbc:Name", document.lineText.da],
              ["cac:ClassifiedTaxCategory", taxCategory(vat)],
            ],
          ],
          ["cac:Price", [amount("cbc:PriceAmount", netOere)]],
        ],
      ],
    ],
  ]);
}

function seller({ seller: { name, cvr, gln, email, ...address }, vat }: InvoiceDocument): XmlElement {
  return [
    "cac:Party",
    [
      endpoint(gln, cvr),
      ["cac:PartyIdentification", [["cbc:ID", scheme.gln, gln]]],
      ["cac:PartyName", [["cbc:Name", name]]],
      postalAddress(address),
      // Outside the scope of VAT no VAT number may stand (BR-O-02); else the seller's must (BR-S-02, BR-E-02).
      vat.category === "O" ? undefined : ["cac:PartyTaxScheme", [["cbc:CompanyID", `DK${cvr}`], vatScheme]],
      legalEntity(name, cvr),
      [
        "cac:Contact",
        [
          ["cbc:Name", name],
          ["cbc:ElectronicMail", email],
        ],
      ],
    ],
  ];
}

/** Without a VAT number: not every public body has one, and its CVR number stands as what it is. */
function buyer({ buyer: { name, cvr, gln, address, contactName } }: InvoiceDocument): XmlElement {
  return [
    "cac:Party",
    [
      endpoint(gln, cvr),
      ["cac:PartyIdentification", [["cbc:ID", scheme.gln, gln]]],
      ["cac:PartyName", [["cbc:Name", name]]],
      postalAddress(address),
      legalEntity(name, cvr),
      ["cac:Contact", [["cbc:Name", contactName]]],
    ],
  ];
}

/** Where the network takes it. */
function endpoint(gln: string | undefined, cvr: string): XmlElement {
  return gln === undefined ? ["cbc:EndpointID", scheme.cvr, cvr] : ["cbc:EndpointID", scheme.gln, gln];
}

/** Eight digits without "DK": the prefix belongs to the VAT number (DK-R-014, DK-R-017). */
function legalEntity(name: string, cvr: string): XmlElement {
  return [
    "cac:PartyLegalEntity",
    [
      ["cbc:RegistrationName", name],
      ["cbc:CompanyID", scheme.cvr, cvr],
    ],
  ];
}

function postalAddress(
  address: { street: string; postalCode: string; city: string } | undefined,
): XmlElement {
  return [
    "cac:PostalAddress",
    [
      ["cbc:StreetName", address?.street],
      ["cbc:CityName", address?.city],
      ["cbc:PostalZone", address?.postalCode],
      ["cac:Country", [["cbc:IdentificationCode", "DK"]]],
    ],
  ];
}

/** UNCL4461: 42 to a Danish account (DK-R-006), 93 by FIK (DK-R-010, DK-R-011). */
function paymentMeans(payment: InvoicePayment, { number, seller: { name } }: InvoiceDocument): XmlElement {
  if (payment.kind === "fik")
    return [
      "cac:PaymentMeans",
      [
        ["cbc:PaymentMeansCode", { name: "FIK" }, "93"],
        ["cbc:PaymentID", `71#${payment.reference}`],
        ["cac:PayeeFinancialAccount", [["cbc:ID", payment.creditorNumber]]],
      ],
    ];
  return [
    "cac:PaymentMeans",
    [
      ["cbc:PaymentMeansCode", { name: "Bankoverførsel" }, "42"],
      ["cbc:PaymentID", String(number)],
      [
        "cac:PayeeFinancialAccount",
        [
          ["cbc:ID", payment.accountNumber],
          ["cbc:Name", name],
          ["cac:FinancialInstitutionBranch", [["cbc:ID", payment.registrationNumber]]],
        ],
      ],
    ],
  ];
}

const vatScheme: XmlElement = ["cac:TaxScheme", [["cbc:ID", "VAT"]]];

/** The line says which category, the total says why as well. Outside the scope there is no percentage (BR-O-05). */
function taxCategory(vat: InvoiceVat, reason?: "with its reason"): XmlElement[] {
  return [
    ["cbc:ID", vat.category],
    ["cbc:Percent", vat.category === "O" ? undefined : String(vat.percent)],
    ["cbc:TaxExemptionReasonCode", reason && vat.reasonCode],
    ["cbc:TaxExemptionReason", reason && vat.reasonText],
    vatScheme,
  ];
}

function amount(name: string, oere: number): XmlElement {
  const kroner = Math.floor(oere / 100);
  return [name, { currencyID: "DKK" }, `${kroner}.${String(oere % 100).padStart(2, "0")}`];
}
