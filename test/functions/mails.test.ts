import { describe, expect, it } from "vitest";
import { type CaseId, ownerOf } from "../../shared/domain/owner.ts";
import { anApplication, chair, contact, openOffice, otherSecretary, secretary } from "../support/office.ts";

function bounceOf(caseId: CaseId, ledgerKey: string | undefined, bounce: string) {
  const owner = ownerOf("case", caseId);
  return { owner, ledgerKey: ledgerKey ?? "", messageId: "m", state: "bounced", bounce } as const;
}

describe("A mail", () => {
  it("whose sending is uncertain is never sent again by itself, and becomes a task after 15 minutes", async () => {
    const office = await openOffice();
    office.mailer.answer("accepted", "uncertain");
    const { caseId } = await office.apply();
    expect(office.mailsTo(contact)).toHaveLength(2);
    for (let run = 0; run < 3; run += 1) await office.sweep();
    expect(office.file(caseId).tasks).toEqual([]);
    await office.pass(0.02);
    await office.sweep();
    await office.sweep();
    expect(office.mailsTo(contact)).toHaveLength(2);
    expect(office.file(caseId).tasks).toMatchObject([{ reason: "MAIL_UNCERTAIN" }]);
    expect(office.mailsTo(secretary).filter(({ text }) => text.includes("/tasks/"))).toHaveLength(1);
  });

  it("that was uncertain is sent again once when a person says so", async () => {
    const office = await openOffice();
    office.mailer.answer("accepted", "uncertain");
    await office.apply();
    await office.pass(0.02);
    await office.sweep();
    await office.resolve(office.taskOf(secretary), "send-again");
    await office.resolve(office.taskOf(otherSecretary), "send-again");
    const resolved = office.files
      .of("case")
      .flatMap(({ audit }) => audit.filter(({ code }) => code === "TASK_RESOLVED"));
    expect(resolved).toHaveLength(1);
    expect(office.mailsTo(contact)).toHaveLength(3);
  });

  it("that a person has marked as done is not asked about again", async () => {
    const office = await openOffice();
    office.mailer.answer("accepted", "uncertain");
    const { caseId } = await office.apply();
    await office.pass(0.02);
    await office.sweep();
    await office.resolve(office.taskOf(secretary), "mark-done");
    await office.sweep();
    expect(office.file(caseId).tasks).toHaveLength(1);
  });

  it("that was uncertain is settled by SES's own word, and no task is opened", async () => {
    const office = await openOffice();
    office.mailer.answer("accepted", "uncertain");
    const { caseId } = await office.apply();
    const mail = office.mailer.sent.at(-1);
    await office.settle({
      owner: ownerOf("case", caseId),
      ledgerKey: mail?.ledgerKey ?? "",
      messageId: "m1",
      state: "sent",
    });
    await office.pass(0.02);
    await office.sweep();
    expect(office.file(caseId).tasks).toEqual([]);
  });

  it("that SES won't take now is sent at the next sweep, once", async () => {
    const office = await openOffice();
    office.mailer.answer("not-now");
    await office.apply(anApplication(), { confirmed: false });
    expect(office.mailsTo(contact)).toHaveLength(0);
    await office.sweep();
    await office.sweep();
    expect(office.mailsTo(contact)).toHaveLength(1);
  });

  it("that SES won't take for long is tried again by one later run, however many wait, ever more seldom", async () => {
    const office = await openOffice();
    const refusals = Array.from({ length: 60 }, () => "not-now" as const);
    const { caseId } = await office.apply(anApplication(), { confirmed: false });
    office.mailer.answer(...refusals);
    const runs: number[] = [];
    const { runLater } = office.later;
    office.later.runLater = async (owner, again) => {
      runs.push(again.afterSeconds);
      return runLater(owner, again);
    };
    await office.confirm(caseId);
    await office.upload(caseId, "the agreement");
    runs.length = 0;
    await office.pass(1 / 24);
    expect(runs.length).toBeLessThanOrEqual(7);
    expect(Math.max(...runs)).toBe(900);
    await office.pass(1);
    expect(office.mailsTo(contact)).toHaveLength(2);
    expect(office.mailsTo(secretary)).toHaveLength(1);
  });

  it("beyond the day's ceiling waits for the next day, but a decision is asked for at once", async () => {
    const office = await openOffice({ ceilings: { "other-mails": 1 } });
    const receipts = () => office.mailsTo(contact).filter(({ subject }) => subject.startsWith("Følg"));
    const first = await office.apply();
    await office.apply(anApplication({ cvr: "41849983" }));
    expect(receipts()).toHaveLength(1);
    await office.upload(first.caseId, "the agreement");
    expect(office.mailsTo(secretary)).toHaveLength(1);
    await office.pass(1);
    await office.sweep();
    expect(receipts()).toHaveLength(2);
  });

  it("to a secretary whose mailbox bounces becomes a task, and nothing more goes there by itself", async () => {
    const office = await openOffice();
    const { caseId } = await office.apply();
    await office.upload(caseId, "the agreement");
    const asked = office.mailsTo(secretary).at(-1);
    const bounce = {
      owner: ownerOf("case", caseId),
      ledgerKey: asked?.ledgerKey ?? "",
      messageId: "m",
      state: "bounced",
      bounce: "Permanent/General",
    } as const;
    expect(await office.settle(bounce)).toBe("settled");
    expect(await office.settle(bounce)).toBe("nothing-to-settle");
    expect(office.file(caseId).tasks).toMatchObject([{ reason: "MAIL_UNDELIVERED" }]);
    const before = office.mailsTo(secretary).length;
    await office.decide(otherSecretary, "approve");
    expect(office.status(caseId)).toBe("awaiting-chair");
    expect(office.mailsTo(secretary).length).toBe(before);
  });

  it("whose address bounced goes out once more when a person has it sent again, and what follows goes there too", async () => {
    const office = await openOffice();
    const { caseId } = await office.apply();
    await office.upload(caseId, "the agreement");
    const asked = office.mailsTo(secretary).at(-1);
    await office.settle(bounceOf(caseId, asked?.ledgerKey, "Permanent/NoEmail"));
    const before = office.mailsTo(secretary).length;
    await office.resolve(office.taskOf(otherSecretary), "send-again");
    expect(office.mailsTo(secretary).slice(before)).toMatchObject([{ subject: asked?.subject }]);
    await office.decide(otherSecretary, "approve");
    expect(office.mailsTo(secretary).length).toBeGreaterThan(before + 1);
  });

  it.each(["Transient/General", "Transient/MailboxFull", "Undetermined/Undetermined"])(
    "that comes back as %s is a line in the timeline, once, and the address is written to as before",
    async (bounce) => {
      const office = await openOffice();
      const { caseId } = await office.apply();
      const receipt = office.mailsTo(contact).at(-1);
      const event = { ...bounceOf(caseId, receipt?.ledgerKey, bounce), state: "noted" } as const;
      expect(await office.settle(event)).toBe("settled");
      expect(await office.settle(event)).toBe("nothing-to-settle");
      const { tasks, audit, mails } = office.file(caseId);
      expect(tasks).toEqual([]);
      expect(audit.filter(({ code }) => code === "MAIL_BOUNCE_NOTED")).toMatchObject([
        { details: { mail: "receipt", bounce } },
      ]);
      const noted = mails.find(({ mail }) => mail === "receipt");
      expect(noted).toMatchObject({ state: "sent", noted: [bounce] });
      await office.upload(caseId, "the agreement");
      await office.decide(secretary, "approve");
      await office.decide(chair, "approve");
      expect(office.mailsTo(contact).map(({ subject }) => subject)).toHaveLength(3);
    },
  );

  it("that nobody knew the fate of is known to be sent when a note about it comes back", async () => {
    const office = await openOffice();
    office.mailer.answer("uncertain");
    const { caseId } = await office.apply();
    const ledgerKey = office.mailer.sent[0]?.ledgerKey;
    await office.settle({ ...bounceOf(caseId, ledgerKey, "Transient/General"), state: "noted" });
    await office.pass(0.02);
    await office.sweep();
    expect(office.file(caseId).tasks).toEqual([]);
  });

  it("event that is late, doubled or out of order never takes a later word back", async () => {
    const office = await openOffice();
    const { caseId } = await office.apply();
    const ledgerKey = office.mailer.sent.at(-1)?.ledgerKey ?? "";
    for (const state of ["complained", "delivered", "sent", "complained"] as const)
      await office.settle({ owner: ownerOf("case", caseId), ledgerKey, messageId: "m", state });
    expect(office.file(caseId).mails).toContainEqual(
      expect.objectContaining({ ledgerKey, state: "complained" }),
    );
    expect(office.file(caseId).tasks).toHaveLength(1);
  });

  it("is written in the applicant's language to the applicant, in Danish to the office", async () => {
    const office = await openOffice();
    const { caseId } = await office.apply(anApplication({ language: "en" }));
    await office.upload(caseId, "the agreement");
    expect(office.mailsTo(contact).at(-1)?.text).toMatch(/case/i);
    expect(office.mailsTo(secretary).at(-1)?.text).toMatch(/^Sagskode: \d{4}$/m);
    expect(office.mailsTo(secretary).at(-1)?.text).toMatch(/^https:\/\/aftale\.example\/decisions\/\S+$/m);
  });

  it("about dues waits for a GLN: a task instead of an invoice, and no number is used", async () => {
    const office = await openOffice();
    const { caseId } = await office.apply(anApplication({ gln: undefined }));
    await office.upload(caseId, "the agreement");
    await office.decide(secretary, "approve");
    await office.decide(chair, "approve");
    expect(office.status(caseId)).toBe("admitted");
    expect(office.memberFile(caseId).tasks).toMatchObject([{ reason: "NOT_INVOICE_READY" }]);
    expect(await office.invoiceNumbers.next()).toBe(1);
    expect(
      office
        .mailsTo(contact)
        .map(({ subject }) => subject)
        .join(" "),
    ).not.toMatch(/faktura/i);
  });

  it("keeps no link and no case code anywhere but in the mail", async () => {
    const office = await openOffice();
    const { caseId } = await office.apply();
    await office.upload(caseId, "the agreement");
    const { token } = office.askOf(secretary);
    const file = office.file(caseId);
    const kept = JSON.stringify([file, [...file.persons], [...file.waits].map(([version]) => version)]);
    expect(kept).not.toContain(token);
    expect(kept).not.toContain(token.split(".")[1]);
  });
});
