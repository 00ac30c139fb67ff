import { addDays } from "../calendar/copenhagen-date.ts";

export interface RuleSet {
  name: string;
  /** Copenhagen date from which receivers judge by it, yyyy-mm-dd. */
  inForceFrom: string;
}

/**
 * The rule sets of Peppol BIS Billing 3 that we know of, in order. A set is mandatory for sender and receiver alike
 * from its date: what is written for an older one is refused.
 * Source: the release notes on docs.peppol.eu/poacc/billing/3.0. The EN 16931 rules (1.3.16) are the same in all three.
 */
export const ruleSets: readonly RuleSet[] = [
  { name: "3.0.20", inForceFrom: "2026-02-23" },
  { name: "3.0.21", inForceFrom: "2026-08-17" },
  { name: "3.0.22", inForceFrom: "2027-02-24" },
];

/** The set that our tests hold the documents against. Moved when the next has been tried. */
export const writtenFor = "3.0.21";

/** Room to try the next one, and for a person to be found who does. */
const noticeDays = 60;

export type RuleSetOutlook =
  | { kind: "in-force" }
  /** The next is known, and its day is near. */
  | { kind: "ends-soon"; next: RuleSet }
  | { kind: "outdated"; next: RuleSet };

/** Whether e-invoices are written for the rule set in force. @param today Copenhagen date, yyyy-mm-dd */
export function ruleSetOutlook(today: string): RuleSetOutlook {
  const next = ruleSets[ruleSets.findIndex(({ name }) => name === writtenFor) + 1];
  if (next === undefined || addDays(today, noticeDays) < next.inForceFrom) return { kind: "in-force" };
  return { kind: today < next.inForceFrom ? "ends-soon" : "outdated", next };
}
