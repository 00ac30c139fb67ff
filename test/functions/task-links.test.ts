import { describe, expect, it } from "vitest";
import type { Reply } from "../../shared/http/reply.ts";
import { contact, openOffice, otherSecretary, secretary } from "../support/office.ts";

const pageOf = (reply: Reply) => ("page" in reply ? reply.page : "");

/** A case whose file had something in it: both secretaries have a task. */
async function officeWithATask(options: Parameters<typeof openOffice>[0] = {}) {
  const office = await openOffice({ ...options, scan: "THREATS_FOUND" });
  const opened = await office.apply();
  await office.upload(opened.caseId, "infected");
  return { office, ...opened, token: office.taskOf(secretary), others: office.taskOf(otherSecretary) };
}

const ask = "ask-for-new-file";
const wrongFor = (code: string) => ({ caseCode: code === "0000" ? "0001" : "0000" });

describe("A mailed task link", () => {
  it("is mailed on a line of its own, with the code on another", async () => {
    const { office, token } = await officeWithATask();
    const lines = office.mailsTo(secretary).at(-1)?.text.split("\n") ?? [];
    expect(lines).toContain(`https://aftale.example/tasks/${token}`);
    expect(lines).toContain(`Sagskode: ${office.codeOf(token)}`);
  });

  it("settles nothing without the mail's code", async () => {
    const { office, caseId, token } = await officeWithATask();
    for (const caseCode of ["", "123", "12345", "abcd"])
      expect((await office.resolve(token, ask, { caseCode })).outcome).toBe("malformed");
    const refused = await office.resolve(token, ask, wrongFor(office.codeOf(token)));
    expect(refused.outcome).toBe("wrong-code");
    expect(pageOf(refused)).toContain("4 forsøg");
    // The other secretary's code is for the other secretary's link.
    expect(
      (await office.resolve(token, ask, { caseCode: office.codeOf(office.taskOf(otherSecretary)) })).outcome,
    ).toBe("wrong-code");
    expect(office.status(caseId)).toBe("held");
  });

  it("is malformed without a choice or with a reason of 2,001 letters, and keeps what was written", async () => {
    const { office, caseId, token } = await officeWithATask();
    const nothing = await office.resolve(token, "", { reason: "Ring til dem" });
    expect(nothing.outcome).toBe("malformed");
    expect(pageOf(nothing)).toContain("Ring til dem");
    expect((await office.resolve(token, ask, { reason: "x".repeat(2_001) })).outcome).toBe("malformed");
    expect(office.file(caseId).audit.some(({ code }) => code === "WRONG_CASE_CODE")).toBe(false);
  });

  it("locks at the fifth wrong code and tells the secretariat, while the other secretary's goes on", async () => {
    const { office, caseId, token, others } = await officeWithATask();
    const wrong = wrongFor(office.codeOf(token));
    for (let attempt = 1; attempt <= 4; attempt += 1)
      expect((await office.resolve(token, ask, wrong)).outcome).toBe("wrong-code");
    expect((await office.resolve(token, ask, wrong)).outcome).toBe("locked");
    expect((await office.resolve(token, ask)).outcome).toBe("locked");
    expect((await office.showTask(token)).outcome).toBe("locked");
    expect(office.status(caseId)).toBe("held");
    for (const address of [secretary, otherSecretary])
      expect(office.mailsTo(address).filter(({ subject }) => /låst/.test(subject))).toHaveLength(1);
    expect(office.file(caseId).audit.filter(({ code }) => code === "LINK_LOCKED")).toHaveLength(1);
    expect((await office.showTask(others)).outcome).toBe("shown");
    expect((await office.resolve(others, ask)).outcome).toBe("see-other");
    expect(office.status(caseId)).toBe("awaiting-upload");
  });

  it("is sent anew from its locked page, once and to the same secretary only, and the new one works", async () => {
    const { office, caseId, token } = await officeWithATask();
    for (let attempt = 1; attempt <= 5; attempt += 1)
      await office.resolve(token, ask, wrongFor(office.codeOf(token)));
    expect(pageOf(await office.showTask(token))).toContain(`/tasks/${token}/renew`);
    const [mine, theirs] = [office.mailsTo(secretary).length, office.mailsTo(otherSecretary).length];
    expect((await office.renewTask(token)).outcome).toBe("shown");
    await office.renewTask(token);
    expect(office.mailsTo(secretary).length).toBe(mine + 1);
    expect(office.mailsTo(otherSecretary).length).toBe(theirs);
    expect(office.taskOf(secretary)).not.toBe(token);
    expect((await office.resolve(office.taskOf(secretary), ask)).outcome).toBe("see-other");
    expect(office.status(caseId)).toBe("awaiting-upload");
  });

  it("that is good still is not sent anew, but shown", async () => {
    const { office, token } = await officeWithATask();
    const before = office.mailer.sent.length;
    expect(pageOf(await office.renewTask(token))).toContain('name="caseCode"');
    expect(office.mailer.sent.length).toBe(before);
  });

  it("shows what was done when it is replayed, and does nothing again", async () => {
    const { office, token, others } = await officeWithATask();
    const done = { outcome: "see-other", location: `/tasks/${token}` };
    expect(await office.resolve(token, ask, { reason: "Scan den forfra" })).toMatchObject(done);
    const mails = office.mailer.sent.length;
    expect(await office.resolve(token, ask)).toMatchObject(done);
    expect((await office.resolve(others, "retry")).outcome).toBe("conflict");
    expect(pageOf(await office.showTask(others))).toContain("Scan den forfra");
    expect(office.mailer.sent.length).toBe(mails);
    expect(office.mailsTo(contact).at(-1)?.text).toContain("Scan den forfra");
  });

  it("posted from another site is refused", async () => {
    const { office, caseId, token } = await officeWithATask();
    for (const origin of ["https://evil.example", "null"])
      expect((await office.resolve(token, ask, {}, { origin })).outcome).toBe("foreign-origin");
    expect(office.status(caseId)).toBe("held");
  });

  it("of somebody who is no longer secretary opens nothing, settled or not", async () => {
    const { office, token, others } = await officeWithATask();
    const now = office.settings.at;
    const leave = () => {
      office.settings.at = async (at) => {
        const settings = await now(at);
        return {
          ...settings,
          people: { ...settings.people, secretaries: settings.people.secretaries.slice(1) },
        };
      };
    };
    leave();
    expect((await office.showTask(token)).outcome).toBe("gone");
    expect((await office.resolve(token, ask)).outcome).toBe("gone");
    expect((await office.resolve(others, ask)).outcome).toBe("see-other");
    expect((await office.showTask(token)).outcome).toBe("gone");
    expect((await office.showTask(others)).outcome).toBe("shown");
  });

  it("is stopped by the caller's address before anything is compared", async () => {
    const { office, caseId, token, others } = await officeWithATask({
      ceilings: { "wrong-codes-per-address": 2 },
    });
    await office.resolve(token, ask, wrongFor(office.codeOf(token)));
    await office.resolve(others, ask, wrongFor(office.codeOf(others)));
    expect(await office.resolve(token, ask)).toMatchObject({ outcome: "too-many" });
    expect(office.status(caseId)).toBe("held");
    expect((await office.resolve(token, ask, {}, { address: "198.51.100.9" })).outcome).toBe("see-other");
  });
});
