import { describe, expect, it } from "vitest";
import { settleMail } from "../../functions/settle-mail/settle-mail.ts";
import { ownerOf } from "../../shared/domain/owner.ts";
import {
  anApplication,
  contact,
  type Office,
  openOffice,
  otherSecretary,
  secretary,
} from "../support/office.ts";

class Killed extends Error {}

/** Everything the functions write through: each await of it is a place where the machine may die. */
function killedAtWrite(office: Office, nth: number): Office {
  let writes = 0;
  const dying = <Target extends object>(target: Target): Target =>
    new Proxy(target, {
      get(of, name) {
        const value: unknown = Reflect.get(of, name);
        if (typeof value !== "function") return value;
        const writesSomething = ["commit", "claim", "release", "record", "finish", "forget", "admit"];
        return async (...given: unknown[]) => {
          if (!writesSomething.includes(String(name))) return value.apply(of, given);
          writes += 1;
          // The write before is in the table; this one is never made.
          if (writes === nth) throw new Killed();
          return value.apply(of, given);
        };
      },
    });
  const { filing } = office;
  return {
    ...office,
    filing: {
      case: dying(filing.case),
      member: dying(filing.member),
      run: dying(filing.run),
      office: dying(filing.office),
    },
    ledger: dying(office.ledger),
    outbox: dying(office.outbox),
    waits: dying(office.waits),
  };
}

async function untilItIsThrough(run: (attempt: number) => Promise<unknown>): Promise<number> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await run(attempt);
      return attempt - 1;
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
    }
  }
}

describe("Killed between any two writes", () => {
  it.each(["bounced", "complained"] as const)(
    "a mail that %s leaves one task, mailed once to each secretary",
    async (state) => {
      const office = await openOffice();
      const { caseId } = await office.apply();
      const ledgerKey = office.mailsTo(contact).at(-1)?.ledgerKey ?? "";
      const event = { owner: ownerOf("case", caseId), ledgerKey, messageId: "m1", state };
      // Killed at the first write, then at the second, and so on, each time delivered again as SES's events are.
      await untilItIsThrough((attempt) => settleMail(event, killedAtWrite(office, attempt)));
      await settleMail(event, office);
      await office.clock.idle();
      const line = office.file(caseId).mails.find((mail) => mail.ledgerKey === ledgerKey);
      expect(line).toMatchObject({ mail: "receipt", state });
      expect(office.file(caseId).tasks).toMatchObject([{ reason: "MAIL_UNDELIVERED" }]);
      for (const to of [secretary, otherSecretary])
        expect(office.mailsTo(to).filter(({ text }) => text.includes("/tasks/"))).toHaveLength(1);
    },
  );

  it("a mail that SES refuses leaves one task, and is not tried again", async () => {
    const office = await openOffice();
    const { caseId } = await office.apply(anApplication(), { confirmed: false });
    office.mailer.answer("refused");
    office.files.onNewErrands = () => {};
    await office.confirm(caseId);
    const owner = ownerOf("case", caseId);
    const deliver = (nth: number) => office.deliverAs(killedAtWrite(office, nth), owner);
    const kills = await untilItIsThrough(deliver);
    expect(kills).toBeGreaterThan(1);
    await office.deliver(owner);
    await office.clock.idle();
    // Killed after SES answered and before we wrote it down, the mail counts as uncertain: a person looks.
    await office.pass(1 / 24);
    await office.sweep();
    const asked = office.file(caseId).tasks.filter(({ resolved }) => !resolved);
    expect(asked).toHaveLength(1);
    expect(asked[0]?.cause).toMatch(/^receipt_/);
    expect(office.mailsTo(contact)).toHaveLength(1);
  });

  it("an admission is made once, with one welcome and one invoice", async () => {
    const office = await openOffice();
    const { caseId } = await office.apply(anApplication());
    await office.upload(caseId, "the agreement");
    await office.decide(secretary, "approve");
    await office.decide("formand@os2.example", "approve");
    const owner = office.memberFile(caseId).owner;
    for (let nth = 1; nth <= 6; nth += 1)
      await office.deliverAs(killedAtWrite(office, nth), owner).catch(() => undefined);
    await office.clock.idle();
    expect(await office.members.all()).toHaveLength(1);
    expect(office.mailsTo(contact).filter(({ subject }) => /Velkommen/.test(subject))).toHaveLength(1);
    expect([...office.invoices.kept.keys()]).toEqual([1]);
    expect(office.memberFile(caseId).tasks).toMatchObject([{ reason: "INVOICE_TO_HAND_OVER" }]);
  });
});
