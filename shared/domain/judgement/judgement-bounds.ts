/** Bounds that keep a stored judgement far below DynamoDB's 400 KB an item, whatever the file holds. */
export const judgementBounds = {
  findings: 80,
  signatures: 40,
  changesPerSignature: 8,
  detailLength: 120,
  nameLength: 120,
} as const;
