const day = 24 * 60 * 60 * 1000;

/** A mailed decision link is good for 14 days, and never longer than its round; a new one goes to the same address only. */
export function decisionLinkExpiry(now: number, roundExpiresAt: number): number {
  return Math.min(now + 14 * day, roundExpiresAt);
}

/** A task can wait longer than a round; its link follows the round's 30 days. */
export function taskLinkExpiry(now: number): number {
  return now + 30 * day;
}
