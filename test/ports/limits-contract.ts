import { describe, expect, it } from "vitest";
import type { LimitName, Limits } from "../../shared/ports/limits.ts";

const hour = 60 * 60 * 1000;
/** 23 November 2026, 10:20:00 UTC. */
const now = Date.UTC(2026, 10, 23, 10, 20);

/** What every set of counters keeps, at the ceilings of a deployed stage (forms 20 an hour an address, …). */
export function limitsContract(kind: string, start: () => Promise<Limits>): void {
  describe(`Limits (${kind})`, () => {
    const table: { limit: LimitName; ceiling: number; retryAfterSeconds: number }[] = [
      { limit: "forms-per-address", ceiling: 20, retryAfterSeconds: 40 * 60 },
      { limit: "forms-per-cvr", ceiling: 10, retryAfterSeconds: (13 * 60 + 40) * 60 },
      { limit: "uploads-per-case", ceiling: 30, retryAfterSeconds: (13 * 60 + 40) * 60 },
      { limit: "wrong-codes-per-address", ceiling: 60, retryAfterSeconds: 40 * 60 },
    ];
    it.each(table)("$limit: allows $ceiling, then says when to come back", async (row) => {
      const limits = await start();
      for (let hits = 0; hits < row.ceiling; hits += 1)
        expect(await limits.hit(row.limit, "somebody", now)).toEqual({ allowed: true });
      expect(await limits.hit(row.limit, "somebody", now)).toEqual({
        allowed: false,
        retryAfterSeconds: row.retryAfterSeconds,
      });
      expect(await limits.hit(row.limit, "somebody else", now)).toEqual({ allowed: true });
      expect(await limits.hit(row.limit, "somebody", now + 24 * hour)).toEqual({ allowed: true });
    });

    it("allows exactly the ceiling when all come at once", async () => {
      const limits = await start();
      const verdicts = await Promise.all(
        Array.from({ length: 25 }, () => limits.hit("forms-per-cvr", "55133018", now)),
      );
      expect(verdicts.filter(({ allowed }) => allowed)).toHaveLength(10);
    });

    it("gives back what did not happen, and no more than was counted", async () => {
      const limits = await start();
      for (let hits = 0; hits < 3; hits += 1)
        await limits.hit("unconfirmed-mails-per-recipient", "bo@aarhus.example", now);
      await limits.giveBack("unconfirmed-mails-per-recipient", "bo@aarhus.example", now);
      const again = () => limits.hit("unconfirmed-mails-per-recipient", "bo@aarhus.example", now);
      expect((await again()).allowed).toBe(true);
      expect((await again()).allowed).toBe(false);
      for (let times = 0; times < 5; times += 1)
        await limits.giveBack("unconfirmed-mails-per-recipient", "nobody", now);
      expect(
        (
          await Promise.all(
            Array.from({ length: 5 }, () => limits.hit("unconfirmed-mails-per-recipient", "nobody", now)),
          )
        ).filter(({ allowed }) => allowed),
      ).toHaveLength(3);
    });

    it("counts one subject apart under each limit", async () => {
      const limits = await start();
      await limits.hit("forms-per-cvr", "case-1", now);
      expect(await limits.hit("uploads-per-case", "case-1", now)).toEqual({ allowed: true });
    });
  });
}
