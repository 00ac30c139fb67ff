import type { EmailAddress } from "../organisation/email-address.ts";

/** What one person has entered and nobody has confirmed yet. */
export interface Entered {
  enteredBy: EmailAddress;
}

export type ConfirmRefusal = "nothing-entered" | "same-person";

/** Why somebody can't confirm what was entered: there is nothing, or it is their own. Letter case tells nobody apart. */
export function confirmRefusal(entered: Entered | undefined, by: EmailAddress): ConfirmRefusal | undefined {
  if (!entered) return "nothing-entered";
  return entered.enteredBy.toLowerCase() === by.toLowerCase() ? "same-person" : undefined;
}
