/** One thing that is different in the document now from what was signed. */
export type RevisionChange =
  | { readonly kind: "content"; readonly where: string }
  | { readonly kind: "annotation"; readonly where: string }
  | { readonly kind: "tags"; readonly where: string }
  | { readonly kind: "form"; readonly where: string; readonly field: string }
  | {
      readonly kind: "signature";
      readonly where: string;
      readonly field: string;
      /** Where the added signature's dictionary begins in the file: its identity. */
      readonly dictionaryStart: number;
      readonly documentTimeStamp: boolean;
      /** Drawn where the signed document had no place for it. */
      readonly newlyVisible: boolean;
    }
  | { readonly kind: "empty-signature-field"; readonly where: string }
  | { readonly kind: "validation-data"; readonly where: string; readonly removed: boolean };
