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

export function isBankProfileName(text: string): text is BankProfileName {
  return (bankProfileNames as readonly string[]).includes(text);
}
