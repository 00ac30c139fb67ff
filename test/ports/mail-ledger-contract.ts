import { beforeEach, describe, expect, it } from "vitest";
import { type CaseId, ownerOf } from "../../shared/domain/owner.ts";
import { aMonday, anOpening } from "../support/builders/an-application.ts";
import { aClaim } from "./filed-contract.ts";
import type { RegisterWorld } from "./register-world.ts";

const owner = ownerOf("case", "case-1" as CaseId);
const { ledgerKey } = aClaim;

/** What every mail ledger keeps: a mail is claimed before it is sent, and a line only ever moves on. */
export function mailLedgerContract(kind: string, start: () => Promise<RegisterWorld>): void {
  describe(`The mail ledger (${kind})`, () => {
    let world: RegisterWorld;
    beforeEach(async () => {
      world = await start();
      await world.cases.open(anOpening());
    });
    const line = async () => (await world.cases.read(owner.id))?.mails[0];

    it("lets one of 20 senders claim a mail", async () => {
      const claims = await Promise.all(Array.from({ length: 20 }, () => world.ledger.claim(owner, aClaim)));
      expect(claims.filter(Boolean)).toHaveLength(1);
      expect(await line()).toEqual(aClaim);
    });

    it("lists a claimed mail as unsettled only after the moment asked for, until an event settles it", async () => {
      await world.ledger.claim(owner, aClaim);
      expect(await world.ledger.unsettled(aMonday)).toEqual([]);
      expect(await world.ledger.unsettled(aMonday + 1)).toEqual([{ owner, ledgerKey }]);
      await world.ledger.record(owner, ledgerKey, "sent", aMonday + 2, "m-1");
      expect(await world.ledger.unsettled(aMonday + 1)).toEqual([]);
      expect(await line()).toEqual({ ...aClaim, state: "sent", settledAt: aMonday + 2, messageId: "m-1" });
    });

    it("gives a claim back, so that the mail can be claimed again", async () => {
      await world.ledger.claim(owner, aClaim);
      await world.ledger.release(owner, ledgerKey);
      expect(await world.ledger.claim(owner, aClaim)).toBe(true);
    });

    it("doesn't give back a claim whose mail turned out to have been sent", async () => {
      await world.ledger.claim(owner, aClaim);
      await world.ledger.record(owner, ledgerKey, "sent", aMonday, "m-1");
      await world.ledger.release(owner, ledgerKey);
      expect((await line())?.state).toBe("sent");
    });

    it("ignores an event about a mail that nobody claimed", async () => {
      await world.ledger.record(owner, ledgerKey, "sent", aMonday, "m-1");
      expect(await line()).toBeUndefined();
    });

    const orders: { events: ("sent" | "delivered")[]; ends: string }[] = [
      { events: ["sent", "delivered"], ends: "delivered" },
      { events: ["delivered", "sent"], ends: "delivered" },
      { events: ["delivered", "delivered", "sent", "sent"], ends: "delivered" },
    ];
    it.each(orders)("ends at $ends after the events $events", async ({ events, ends }) => {
      await world.ledger.claim(owner, aClaim);
      for (const event of events) await world.ledger.record(owner, ledgerKey, event, aMonday);
      expect((await line())?.state).toBe(ends);
    });
  });
}
