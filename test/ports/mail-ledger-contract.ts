import { beforeEach, describe, expect, it } from "vitest";
import type { CaseId } from "../../shared/domain/agreement/agreement-case.ts";
import type { MailRecord } from "../../shared/domain/agreement/case-file.ts";
import { aMonday, anOpening } from "../support/builders/an-application.ts";
import { aClaim, type RegisterWorld } from "./register-contract.ts";

const caseId = "case-1" as CaseId;
const { ledgerKey } = aClaim;

/** What every mail ledger keeps: a mail is claimed before it is sent, and a line only ever moves on. */
export function mailLedgerContract(kind: string, start: () => Promise<RegisterWorld>): void {
  describe(`The mail ledger (${kind})`, () => {
    let world: RegisterWorld;
    beforeEach(async () => {
      world = await start();
      await world.register.open(anOpening());
    });
    const line = async () => (await world.register.read(caseId))?.mails[0];

    it("lets one of 20 senders claim a mail", async () => {
      const claims = await Promise.all(Array.from({ length: 20 }, () => world.ledger.claim(caseId, aClaim)));
      expect(claims.filter(Boolean)).toHaveLength(1);
      expect(await line()).toEqual(aClaim);
    });

    it("lists a claimed mail as unsettled only after the moment asked for, until an event settles it", async () => {
      await world.ledger.claim(caseId, aClaim);
      expect(await world.register.unsettledMails(aMonday)).toEqual([]);
      expect(await world.register.unsettledMails(aMonday + 1)).toEqual([{ caseId, ledgerKey }]);
      await world.ledger.record(caseId, ledgerKey, "sent", aMonday + 2, "m-1");
      expect(await world.register.unsettledMails(aMonday + 1)).toEqual([]);
      expect(await line()).toEqual({ ...aClaim, state: "sent", settledAt: aMonday + 2, messageId: "m-1" });
    });

    it("gives a claim back, so that the mail can be claimed again", async () => {
      await world.ledger.claim(caseId, aClaim);
      await world.ledger.release(caseId, ledgerKey);
      expect(await world.ledger.claim(caseId, aClaim)).toBe(true);
    });

    it("doesn't give back a claim whose mail turned out to have been sent", async () => {
      await world.ledger.claim(caseId, aClaim);
      await world.ledger.record(caseId, ledgerKey, "sent", aMonday, "m-1");
      await world.ledger.release(caseId, ledgerKey);
      expect((await line())?.state).toBe("sent");
    });

    it("ignores an event about a mail that nobody claimed", async () => {
      await world.ledger.record(caseId, ledgerKey, "sent", aMonday, "m-1");
      expect(await line()).toBeUndefined();
    });

    const orders: { events: MailRecord["state"][]; ends: MailRecord["state"] }[] = [
      { events: ["sent", "delivered"], ends: "delivered" },
      { events: ["delivered", "sent"], ends: "delivered" },
      { events: ["delivered", "delivered", "sent", "sent"], ends: "delivered" },
      { events: ["delivered", "bounced"], ends: "bounced" },
      { events: ["bounced", "delivered", "sent"], ends: "bounced" },
      { events: ["complained", "bounced", "delivered"], ends: "complained" },
      { events: ["refused", "sent"], ends: "sent" },
      { events: ["sent", "refused"], ends: "sent" },
      { events: ["sent", "claimed"], ends: "sent" },
    ];
    it.each(orders)("ends at $ends after the events $events", async ({ events, ends }) => {
      await world.ledger.claim(caseId, aClaim);
      for (const event of events) await world.ledger.record(caseId, ledgerKey, event, aMonday);
      expect((await line())?.state).toBe(ends);
    });
  });
}
