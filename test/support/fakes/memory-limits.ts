import type { LimitName, Limits, LimitVerdict } from "../../../shared/ports/limits.ts";

/** Counters in memory; every window is an hour or a day of UTC, as in the table. */
export class MemoryLimits implements Limits {
  private readonly hits = new Map<string, number>();
  private readonly ceilings: Partial<Record<LimitName, number>>;

  /** What isn't named has no ceiling. */
  constructor(ceilings: Partial<Record<LimitName, number>> = {}) {
    this.ceilings = ceilings;
  }

  async hit(limit: LimitName, subject: string, now: number): Promise<LimitVerdict> {
    const { counter, endsAt } = counterOf(limit, subject, now);
    const soFar = this.hits.get(counter) ?? 0;
    if (soFar >= (this.ceilings[limit] ?? Number.POSITIVE_INFINITY))
      return { allowed: false, retryAfterSeconds: Math.ceil((endsAt - now) / 1000) };
    this.hits.set(counter, soFar + 1);
    return { allowed: true };
  }

  async giveBack(limit: LimitName, subject: string, now: number): Promise<void> {
    const { counter } = counterOf(limit, subject, now);
    this.hits.set(counter, Math.max(0, (this.hits.get(counter) ?? 0) - 1));
  }
}

function counterOf(limit: LimitName, subject: string, now: number) {
  const hourly = limit.endsWith("-address") || limit === "mails-per-recipient";
  const windowMs = (hourly ? 1 : 24) * 60 * 60 * 1000;
  const window = Math.floor(now / windowMs);
  return { counter: `${limit} ${subject} ${window}`, endsAt: (window + 1) * windowMs };
}
