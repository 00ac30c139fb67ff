import type { CvrNumber } from "../organisation/cvr-number.ts";
import type { PersonId } from "../owner.ts";

/** Who did it, why, and when it was entered: the reason is a person record. */
interface Entered {
  enteredAt: number;
  byId: PersonId;
  reasonId: PersonId;
}

/**
 * How somebody stands to the association. Whoever has left owes what it owed, and is never charged again.
 * Sources: bylaws §4.4 (leaving), §4.5 (not paying), §4.6 (exclusion); domain.md, *Leaving*.
 */
export type Standing =
  | { status: "current" }
  /** By written notice: effective on the day on which it was received, and nothing is refunded. */
  | ({ status: "left"; on: string; successor?: CvrNumber | undefined } & Entered)
  /** Bankrupt or dissolved: no mails, and what is open is listed for claim or write-off. */
  | ({ status: "ceased"; on: string } & Entered)
  /** Did not pay despite a demand; proposed by the system or a secretary, and only persons confirm it. */
  | ({ status: "proposed-as-resigned"; on: string } & Entered)
  | ({ status: "resigned"; on: string } & Entered)
  /** A reasoned decision of the board, to be approved by the next assembly. */
  | ({ status: "excluded"; on: string } & Entered);
export type StandingStatus = Standing["status"];

/** The days on which somebody stops being one of those who are charged; nothing while it is. */
export function goneSince(standing: Standing): string | undefined {
  return standing.status === "current" || standing.status === "proposed-as-resigned"
    ? undefined
    : standing.on;
}
