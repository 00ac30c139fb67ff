import type { PersonId } from "../owner.ts";

/** Who decides in a round. */
export const stages = ["secretariat", "chair"] as const;
export type Stage = (typeof stages)[number];

/** One stage's look at one thing, known by its hash: an object version, a plan. */
export interface Round {
  /** 1, 2, … over the whole file, so that an old link never fits a new round. */
  number: number;
  stage: Stage;
  openedAt: number;
  expiresAt: number;
}

export const roundOutcomes = [
  "approved",
  "sent-back",
  "declined",
  "closed",
  "superseded",
  "withdrawn",
  "expired",
] as const;
export type RoundOutcome = (typeof roundOutcomes)[number];

/** A round as it is remembered: what it was about, and how it ended. */
export interface RoundRecord extends Round {
  /** Of the document or the plan that is decided on, lower-case hex. */
  sha256: string;
  ended?:
    | { outcome: RoundOutcome; at: number; byId?: PersonId | undefined; reasonId?: PersonId | undefined }
    | undefined;
}
