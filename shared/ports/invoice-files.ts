/** An invoice or a credit note on paper and as the XML that is carried. */
export interface InvoiceFiles {
  pdf: Uint8Array;
  xml: string;
}

/** Where the documents of invoices are kept: `invoices/<number>.pdf` and `.xml`. */
export interface InvoiceStore {
  /** Keeps both; what is there already stays, for the same number gives the same bytes. */
  keep(number: number, files: InvoiceFiles): Promise<void>;
  /** Nothing where none is kept yet. */
  readPdf(number: number): Promise<Uint8Array | undefined>;
  readXml(number: number): Promise<string | undefined>;
}
