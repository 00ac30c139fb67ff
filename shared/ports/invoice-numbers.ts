/** Invoice numbers are consecutive: one is taken in the transaction that issues the line, or not at all. */
export interface InvoiceNumbers {
  /** The number that would be taken now. */
  next(): Promise<number>;
}
