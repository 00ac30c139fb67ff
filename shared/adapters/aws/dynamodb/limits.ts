import { createHash } from "node:crypto";
import * as z from "zod/mini";
import { type Limits as Ceilings, limits as ceilingsOf } from "../../../contracts/limits.ts";
import type { LimitName, Limits, LimitVerdict } from "../../../ports/limits.ts";
import { provision } from "../lambda/provide.ts";
import { inTable } from "../lambda/table-of.ts";
import { keyOf, TTL_ATTRIBUTE } from "./keys.ts";
import { Table, type TableOptions } from "./table.ts";

const hour = 60 * 60;
const day = 24 * hour;

interface LimitRule {
  windowSeconds: number;
  ceiling: (ceilings: Ceilings) => number;
}

const rules = {
  "forms-per-address": { windowSeconds: hour, ceiling: (c) => c.formsPerHourPerAddress },
  "forms-per-cvr": { windowSeconds: day, ceiling: (c) => c.formsPerDayPerCvr },
  "uploads-per-case": { windowSeconds: day, ceiling: (c) => c.uploadsPerDayPerCase },
  "wrong-codes-per-address": { windowSeconds: hour, ceiling: (c) => c.wrongCodesPerHourPerAddress },
  "decisions-per-address": { windowSeconds: hour, ceiling: (c) => c.decisionPostsPerHourPerAddress },
  "unconfirmed-mails-per-recipient": {
    windowSeconds: day,
    ceiling: (c) => c.mails.unconfirmedPerDayPerRecipient,
  },
  "unconfirmed-mails-per-source": { windowSeconds: day, ceiling: (c) => c.mails.unconfirmedPerDayPerSource },
  "unconfirmed-mails-in-fair-parts": {
    windowSeconds: day,
    ceiling: (c) => c.mails.unconfirmedPerDayInFairParts,
  },
  "unconfirmed-mails-beyond": { windowSeconds: day, ceiling: (c) => c.mails.unconfirmedPerDayBeyond },
  "dues-mails": { windowSeconds: day, ceiling: (c) => c.mails.duesPerDay },
  "other-mails": { windowSeconds: day, ceiling: (c) => c.mails.otherPerDay },
  "mails-per-recipient": { windowSeconds: hour, ceiling: (c) => c.mails.perHourPerRecipient },
  "first-mails": { windowSeconds: day, ceiling: () => Number.MAX_SAFE_INTEGER },
} as const satisfies Record<LimitName, LimitRule>;

/**
 * Counters of fixed windows, which begin at whole hours and days of UTC.
 * What is refused isn't counted, so that a flood costs reads of a condition and no growing numbers.
 */
export class DynamoDbLimits implements Limits {
  private readonly table: Table;
  private readonly ceilings: Ceilings;

  constructor(options: TableOptions & { ceilings: Ceilings }) {
    this.table = new Table(options);
    this.ceilings = options.ceilings;
  }

  async hit(limit: LimitName, subject: string, now: number): Promise<LimitVerdict> {
    const { key, endsAt, ceiling } = counterOf(limit, subject, now);
    const counted = await this.table.update(
      key,
      {
        // A day after the window nobody asks for it any more, however skewed the clocks.
        expression: "ADD #hits :one SET #ttl = :ttl",
        names: { "#hits": "hits", "#ttl": TTL_ATTRIBUTE },
        values: { ":one": 1, ":ttl": endsAt + day },
      },
      {
        expression: "attribute_not_exists(#hits) OR #hits < :ceiling",
        values: { ":ceiling": ceiling(this.ceilings) },
      },
    );
    return counted.written
      ? { allowed: true }
      : { allowed: false, retryAfterSeconds: Math.max(1, Math.ceil(endsAt - now / 1000)) };
  }

  async giveBack(limit: LimitName, subject: string, now: number): Promise<void> {
    await this.table.update(
      counterOf(limit, subject, now).key,
      { expression: "ADD #hits :back", names: { "#hits": "hits" }, values: { ":back": -1 } },
      { expression: "#hits > :none", values: { ":none": 0 } },
    );
  }
}

function counterOf(limit: LimitName, subject: string, now: number) {
  const { windowSeconds, ceiling } = rules[limit];
  const window = Math.floor(now / 1000 / windowSeconds);
  const subjectHash = createHash("sha256").update(`${limit}\n${subject}`).digest("hex");
  return { key: keyOf.limit(limit, subjectHash, window), endsAt: (window + 1) * windowSeconds, ceiling };
}

const atCeilings = (ceilings: Ceilings) => inTable((table) => new DynamoDbLimits({ ...table, ceilings }));

/** For a handler: counts against the ceilings that a stage sets. */
export const limits = provision(
  {
    TABLE_NAME: z.string().check(z.minLength(1)),
    LIMITS: z.pipe(
      z.string(),
      z.transform((text) => ceilingsOf.parse(JSON.parse(text))),
    ),
  },
  ({ LIMITS, ...table }) => atCeilings(LIMITS).make(table),
);
