/** The banks and bank centrals whose CSV files we know, as a person names them. */
export const bankProfileNames = [
  "nordea",
  "danske-bank",
  "jyske-bank",
  "sydbank",
  "bec",
  "portalbank",
] as const;
export type BankProfileName = (typeof bankProfileNames)[number];
