import { describe, expect, it } from "vitest";
import { filesADay } from "../../shared/domain/case-changes/upload-arrives.ts";
import { anApplication, chair, contact, openOffice, secretary } from "../support/office.ts";

const ceilings = {
  "unconfirmed-mails-per-recipient": 3,
  "unconfirmed-mails-per-source": 15,
  "unconfirmed-mails-in-fair-parts": 450,
  "unconfirmed-mails-beyond": 150,
  "mails-per-recipient": 20,
  "other-mails": 200,
} as const;

const from = (email: string) => ({ ...anApplication(), contact: { name: "Bo Prøve", email } });

describe("A hundred files on one policy", () => {
  it("are ten files: the last that was taken counts, the page says so, and the case can be decided", async () => {
    const office = await openOffice();
    const { caseId, key } = await office.apply();
    for (let file = 1; file <= 100; file += 1) await office.upload(caseId, `file ${file}`);
    expect(office.file(caseId).uploads).toHaveLength(filesADay);
    expect(office.file(caseId).case).toMatchObject({
      status: "awaiting-secretariat",
      upload: { versionId: office.file(caseId).uploads.at(-1)?.versionId },
    });
    const shown = await office.statusPage(key);
    expect("page" in shown && shown.page).toContain("flere filer, end vi tager imod");
    // Neither the sweep nor another day makes one of the refused count after all.
    await office.pass(2);
    expect(await office.sweep()).toMatchObject({ started: 0 });
    expect(office.file(caseId).uploads).toHaveLength(filesADay);
    await office.decide(secretary, "approve");
    await office.decide(chair, "approve");
    expect(office.status(caseId)).toBe("admitted");
    expect(office.wrongWays).toEqual([]);
  });

  it("arriving before the first is looked at still leave one that counts, and all of them wait for nobody", async () => {
    const office = await openOffice();
    const { caseId } = await office.apply();
    const versions = Array.from({ length: 100 }, (_, file) =>
      office.documents.upload(caseId, Buffer.from(`file ${file}`)),
    );
    for (const { key, versionId } of versions) office.documents.tag(key, versionId, "NO_THREATS_FOUND");
    for (const version of versions) await office.start({ caseId, ...version });
    await office.clock.idle();
    expect(office.file(caseId).uploads).toHaveLength(filesADay);
    expect(office.status(caseId)).toBe("awaiting-secretariat");
    expect(office.mailsTo(secretary)).toHaveLength(1);
    const other = await office.apply(from("ida@odense.example"));
    expect(office.mailsTo("ida@odense.example").at(-1)?.subject).toContain("Følg sagen");
    expect(office.status(other.caseId)).toBe("awaiting-upload");
  });

  it.each(["withdrawn", "expired"] as const)("leave a case that can be %s", async (end) => {
    const office = await openOffice();
    const { caseId, key } = await office.apply();
    for (let file = 1; file <= 100; file += 1) await office.upload(caseId, `file ${file}`);
    if (end === "withdrawn") await office.withdraw(key);
    else await office.pass(31);
    expect(office.status(caseId)).toBe(end);
  });

  it("leave room for another file the next day", async () => {
    const office = await openOffice();
    const { caseId } = await office.apply();
    for (let file = 1; file <= 12; file += 1) await office.upload(caseId, `file ${file}`);
    await office.pass(1.01);
    const { versionId } = await office.upload(caseId, "the right one");
    expect(office.file(caseId).case).toMatchObject({ upload: { versionId } });
  });

  it("that are the same file are one: nobody is asked twice", async () => {
    const office = await openOffice();
    const { caseId } = await office.apply();
    await office.upload(caseId, "the agreement");
    const ask = office.askOf(secretary);
    await office.upload(caseId, "the agreement");
    expect(office.mailsTo(secretary)).toHaveLength(1);
    expect((await office.show(ask.token)).outcome).toBe("shown");
  });
});

describe("A flood of forms", () => {
  it("gives a stranger's address three mails a day, whatever cases they are about", async () => {
    const office = await openOffice({ ceilings });
    for (let form = 0; form < 25; form += 1)
      await office.apply(anApplication(), { confirmed: false, address: `198.51.100.${form}` });
    expect(office.mailsTo(contact)).toHaveLength(3);
    await office.pass(1);
    expect(office.mailsTo(contact)).toHaveLength(6);
  });

  it("from 20 network addresses leaves an honest first mail its place at once", async () => {
    const office = await openOffice({ ceilings });
    for (let source = 0; source < 20; source += 1)
      for (let form = 0; form < 30; form += 1)
        await office.submit(from(`x${source}-${form}@stranger.example`), `198.51.100.${source}`);
    expect(office.mailer.sent).toHaveLength(20 * 15 + 150);
    await office.apply(from("ida@odense.example"), { confirmed: false, address: "203.0.113.99" });
    expect(office.mailsTo("ida@odense.example")).toHaveLength(1);
  });

  it("takes nothing from the mail of those who have answered", async () => {
    const office = await openOffice({ ceilings: { ...ceilings, "unconfirmed-mails-beyond": 1 } });
    const { caseId } = await office.apply();
    for (let form = 0; form < 30; form += 1) await office.submit(from(`x${form}@stranger.example`));
    await office.upload(caseId, "the agreement");
    await office.decide(secretary, "return", "Side 2 mangler");
    expect(office.mailsTo(contact).at(-1)?.text).toContain("Side 2 mangler");
  });
});
