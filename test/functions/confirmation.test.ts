import { describe, expect, it } from "vitest";
import {
  ContactHasNotConfirmed,
  decisionIsAskedFor,
} from "../../shared/domain/case-changes/decision-is-asked-for.ts";
import { anApplication, chair, contact, openOffice, otherSecretary, secretary } from "../support/office.ts";

const page = (reply: object) => ("page" in reply ? String(reply.page) : "");
const unconfirmed = { confirmed: false };

describe("An address that has not answered", () => {
  it("gets one fixed text, with the case number and a link, and no word that the applicant typed", async () => {
    const office = await openOffice();
    const typed = { name: "HASTER bekræft jeres MitID", signer: "Anna Eksempel", person: "Bo Prøve" };
    await office.apply(anApplication({ name: typed.name }), unconfirmed);
    const [mail, ...more] = office.mailsTo(contact);
    expect(more).toEqual([]);
    for (const word of Object.values(typed))
      for (const part of [mail?.subject, mail?.text, mail?.html]) expect(part).not.toContain(word);
    expect(mail?.subject).toContain("A-2026-0001");
    expect(mail?.text).toMatch(/^https:\/\/aftale\.example\/confirmations\/[\w.-]+$/m);
    expect(mail?.text).toContain("skal I ikke gøre noget");
  });

  it("is written to in the language of the application", async () => {
    const office = await openOffice();
    await office.apply(anApplication({ language: "en" }), unconfirmed);
    expect(office.mailsTo(contact)[0]?.text).toContain("you need not do anything");
    expect(office.mailsTo(contact)[0]?.text).toMatch(/confirmations\/\S+\?lang=en$/m);
  });

  it("gets no other mail, whatever is sent, refused or taken back, and nobody at OS2 hears of it", async () => {
    const office = await openOffice({ facts: { pages: 0, text: "", observations: [{ code: "ENCRYPTED" }] } });
    const { caseId, key } = await office.apply(anApplication(), unconfirmed);
    await office.upload(caseId, "locked");
    expect(await office.caseStatus(key)).toMatchObject({
      json: { status: "rejected", nextActor: "submitter", reasons: [{ code: "ENCRYPTED" }] },
    });
    expect(page(await office.statusPage(key))).toContain("Send mailen igen");
    await office.withdraw(key);
    expect(office.status(caseId)).toBe("withdrawn");
    expect(office.mailer.sent).toHaveLength(1);
  });

  it("whose file holds a virus opens no task; once it answers, the secretariat is told", async () => {
    const office = await openOffice({ scan: "THREATS_FOUND" });
    const { caseId } = await office.apply(anApplication(), unconfirmed);
    await office.upload(caseId, "bad");
    expect(office.file(caseId).tasks).toEqual([]);
    await office.confirm(caseId);
    expect(office.status(caseId)).toBe("held");
    expect(office.mailsTo(secretary)).toHaveLength(1);
  });

  it("that bounces opens no task", async () => {
    const office = await openOffice();
    const { caseId } = await office.apply(anApplication(), unconfirmed);
    const [line] = office.file(caseId).mails;
    await office.settle({
      owner: office.file(caseId).owner,
      ledgerKey: line?.ledgerKey ?? "",
      messageId: "m1",
      state: "bounced",
    });
    expect(office.file(caseId).mails[0]?.state).toBe("bounced");
    expect(office.file(caseId).tasks).toEqual([]);
  });

  it("is gone after seven days, by rule at once and from the table with the sweep, without a mail", async () => {
    const office = await openOffice();
    const { caseId, key } = await office.apply(anApplication(), unconfirmed);
    await office.upload(caseId, "the agreement");
    const token = office.confirmationOf(caseId);
    await office.pass(7);
    expect((await office.caseStatus(key)).outcome).toBe("unknown");
    expect((await office.showConfirmation(token)).outcome).toBe("unknown");
    expect((await office.confirm(caseId)).outcome).toBe("unknown");
    expect(await office.sweep()).toMatchObject({ openCases: 0, cleared: 1 });
    expect(office.files.byOwner.size).toBe(0);
    expect(office.mailer.sent).toHaveLength(1);
  });

  it("is not visited by the sweep before, whatever lies there", async () => {
    const office = await openOffice();
    const { caseId } = await office.apply(anApplication(), unconfirmed);
    await office.upload(caseId, "the agreement");
    expect(await office.sweep()).toMatchObject({ openCases: 0, started: 0, cleared: 0 });
  });
});

describe("Confirming", () => {
  it("after an accepted file asks the secretariat, mails the receipt and leads to the case by a link of its own", async () => {
    const office = await openOffice();
    const { caseId, key } = await office.apply(anApplication(), unconfirmed);
    await office.upload(caseId, "the agreement");
    expect(await office.caseStatus(key)).toMatchObject({
      json: { status: "awaiting-confirmation", nextActor: "submitter" },
    });
    expect(office.executions().map(({ status }) => status)).toEqual(["SUCCEEDED"]);
    expect(office.mailsTo(secretary)).toEqual([]);

    const reply = await office.confirm(caseId);
    expect(reply).toMatchObject({
      outcome: "see-other",
      location: expect.stringMatching(/^\/agreements\/k1\.[\w.-]+$/),
    });
    const fresh = "location" in reply ? (reply.location.split("/").at(-1) ?? "") : "";
    expect(fresh).not.toBe(key);
    expect(await office.caseStatus(fresh)).toMatchObject({ json: { status: "awaiting-secretariat" } });
    for (const who of [secretary, otherSecretary]) expect(office.mailsTo(who)).toHaveLength(1);
    expect(office.mailsTo(contact).at(-1)?.text).toContain("/agreements/");

    await office.decide(secretary, "approve");
    await office.decide(chair, "approve");
    expect(office.status(caseId)).toBe("admitted");
    expect(office.wrongWays).toEqual([]);
  });

  it("before a file lets the case go the ordinary way", async () => {
    const office = await openOffice();
    const { caseId } = await office.apply(anApplication(), unconfirmed);
    await office.confirm(caseId);
    await office.upload(caseId, "the agreement");
    expect(office.status(caseId)).toBe("awaiting-secretariat");
  });

  it("while the file is still scanned asks once the scan has answered", async () => {
    const office = await openOffice({ scan: "silent" });
    const { caseId } = await office.apply(anApplication(), unconfirmed);
    const input = await office.upload(caseId, "the agreement");
    await office.confirm(caseId);
    await office.scan(input, "NO_THREATS_FOUND");
    expect(office.status(caseId)).toBe("awaiting-secretariat");
    expect(office.mailsTo(secretary)).toHaveLength(1);
    await office.pass(0.1);
    expect(office.file(caseId).outbox).toEqual([]);
    expect(office.mailsTo(secretary)).toHaveLength(1);
  });

  it("is what a person does: looking changes nothing and shows nothing of the case", async () => {
    const office = await openOffice();
    const { caseId } = await office.apply(anApplication(), unconfirmed);
    const before = structuredClone(office.file(caseId));
    const shown = await office.showConfirmation(office.confirmationOf(caseId));
    expect(shown.outcome).toBe("shown");
    for (const word of ["Aarhus", "Anna", "Bo Prøve", "55133018", "55 13 30 18", contact])
      expect(page(shown)).not.toContain(word);
    expect(office.file(caseId)).toEqual(before);
    expect((await office.confirm(caseId, { origin: "https://evil.example" })).outcome).toBe("foreign-origin");
    expect(office.file(caseId)).toEqual(before);
  });

  it("twice, or by an older link, leads to the case again and mails nothing more", async () => {
    const office = await openOffice();
    const { caseId, key } = await office.apply(anApplication(), unconfirmed);
    const first = office.confirmationOf(caseId);
    await office.askConfirmationAgain(key);
    expect(office.confirmationOf(caseId)).not.toBe(first);
    await office.confirm(caseId);
    const sent = office.mailer.sent.length;
    expect((await office.confirm(caseId)).outcome).toBe("see-other");
    expect(page(await office.showConfirmation(first))).toContain("Mailadressen er bekræftet");
    expect(office.mailer.sent).toHaveLength(sent);
  });

  it("takes no token of another purpose", async () => {
    const office = await openOffice();
    const { key } = await office.apply(anApplication(), unconfirmed);
    expect((await office.showConfirmation(key)).outcome).toBe("unknown");
  });

  it("of a case that was taken back says that there is nothing to confirm", async () => {
    const office = await openOffice();
    const { caseId, key } = await office.apply(anApplication(), unconfirmed);
    await office.withdraw(key);
    expect((await office.confirm(caseId)).outcome).toBe("conflict");
    expect(office.status(caseId)).toBe("withdrawn");
  });

  it("a second application after another was confirmed is refused, and that case's link is mailed again", async () => {
    const office = await openOffice();
    const late = await office.apply(anApplication(), unconfirmed);
    const token = office.confirmationOf(late.caseId);
    const { caseId } = await office.apply(anApplication(), unconfirmed);
    // As if the other had not been cleared away yet: a crash in between.
    const kept = office.file(late.caseId);
    await office.confirm(caseId);
    office.files.set(kept);
    expect((await office.showConfirmation(token)).outcome).toBe("shown");
    expect(await office.confirm(late.caseId)).toMatchObject({ outcome: "conflict" });
    expect(office.mailsTo(contact).at(-1)?.subject).toContain("Find sagen");
  });

  it("can be asked for again twice a day, and the page says so", async () => {
    const office = await openOffice();
    const { caseId, key } = await office.apply(anApplication(), unconfirmed);
    for (let again = 0; again < 2; again += 1)
      expect(await office.askConfirmationAgain(key)).toMatchObject({
        location: `/agreements/${key}?sent=confirmation`,
      });
    expect((await office.askConfirmationAgain(key)).outcome).toBe("too-many");
    expect(office.mailsTo(contact)).toHaveLength(3);
    await office.pass(1);
    expect((await office.askConfirmationAgain(key)).outcome).toBe("see-other");
    await office.confirm(caseId);
    expect(await office.askConfirmationAgain(key)).toMatchObject({ location: `/agreements/${key}` });
  });
});

describe("Nobody at OS2 is asked", () => {
  it("by any way but a confirmed case: the rule itself refuses", async () => {
    const office = await openOffice({ scan: "silent" });
    const { caseId } = await office.apply(anApplication(), unconfirmed);
    const { versionId } = await office.upload(caseId, "the agreement");
    const file = office.file(caseId);
    const uploads = file.uploads.map((upload) => ({
      ...upload,
      scan: { verdict: "NO_THREATS_FOUND" as const, at: 0 },
    }));
    const settings = await office.settings.at(0);
    expect(() => decisionIsAskedFor.secretariat({ ...file, uploads }, versionId, settings, 0)).toThrow(
      ContactHasNotConfirmed,
    );
  });
});
