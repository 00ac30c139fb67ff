import { addDays } from "../calendar/copenhagen-date.ts";

/**
 * What a public body may demand on an invoice, and may withhold payment without.
 * Source: bekendtgørelse 206/2011 §§ 3–4 and 6.
 */
export const referenceKinds = ["person", "order", "account"] as const;
export type ReferenceKind = (typeof referenceKinds)[number];

export interface Reference {
  value: string;
  /** Copenhagen date on which it was said last. */
  since: string;
}

export type References = { readonly [Kind in ReferenceKind]?: Reference | undefined };

/** As they stand on an invoice. */
export type PrintedReferences = { readonly [Kind in ReferenceKind]?: string | undefined };

export function printedReferences(references: References): PrintedReferences {
  return Object.fromEntries(
    referenceKinds.flatMap((kind) => {
      const reference = references[kind];
      return reference ? [[kind, reference.value]] : [];
    }),
  );
}

/** Who changes jobs, changes references: after a year and a month nobody has said that they still hold. */
const OLD_AFTER_DAYS = 395;

export type ReferenceNote = "REFERENCE_MISSING" | "REFERENCE_OLD";

/** What a plan says of a public body's references: it may not pay without a person reference or an order. */
export function referenceNotes(references: References, today: string): ReferenceNote[] {
  const told = [references.person, references.order].flatMap((reference) => reference ?? []);
  if (told.length === 0) return ["REFERENCE_MISSING"];
  const oldest = addDays(today, -OLD_AFTER_DAYS);
  return told.every(({ since }) => since < oldest) ? ["REFERENCE_OLD"] : [];
}
