import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Reply } from "../../shared/http/reply.ts";
import { chair, contact, type Office, openOffice, otherSecretary, secretary } from "../support/office.ts";

const pageOf = (reply: Reply) => ("page" in reply ? reply.page : "");

async function officeWithACase(options: Parameters<typeof openOffice>[0] = {}) {
  const office = await openOffice(options);
  const opened = await office.apply();
  await office.upload(opened.caseId, "the agreement");
  return { office, ...opened };
}

const decisionsIn = (office: Office) =>
  office.files
    .of("case")
    .flatMap((file) => file.audit.filter(({ code }) => ["APPROVED", "SENT_BACK", "DECLINED"].includes(code)));

describe("A mailed decision link", () => {
  it("decides nothing however often scanners look at it", async () => {
    const { office, caseId } = await officeWithACase();
    const { token } = office.askOf(secretary);
    const before = office.file(caseId).head;
    for (let look = 0; look < 500; look += 1) {
      expect((await office.show(token)).outcome).toBe("shown");
      expect((await office.head(token)).outcome).toBe("shown");
    }
    expect(office.file(caseId).head).toEqual(before);
    expect(office.status(caseId)).toBe("awaiting-secretariat");
  });

  it("decides nothing when a scanner submits the form as it was loaded", async () => {
    const { office, caseId } = await officeWithACase();
    const { token } = office.askOf(secretary);
    expect(pageOf(await office.show(token))).not.toContain("checked");
    expect((await office.post(token, {})).outcome).toBe("malformed");
    expect(office.status(caseId)).toBe("awaiting-secretariat");
  });

  it.each([
    ["no choice", { decision: "", reason: "", right: true }],
    ["another word for a decision", { decision: "admit", reason: "", right: true }],
    ["declining without a reason", { decision: "decline", reason: "  ", right: true }],
    ["sending back without a reason", { decision: "return", reason: "", right: true }],
    ["a reason of 2,001 letters", { decision: "decline", reason: "x".repeat(2_001), right: true }],
    ["a code of three digits", { decision: "approve", reason: "", right: false }],
  ])(
    "is refused as malformed with %s, and nothing is decided",
    async (_what, { decision, reason, right }) => {
      const { office, caseId } = await officeWithACase();
      const { token, caseCode } = office.askOf(secretary);
      const reply = await office.post(token, { decision, reason, caseCode: right ? caseCode : "123" });
      expect(reply.outcome).toBe("malformed");
      expect(office.status(caseId)).toBe("awaiting-secretariat");
      expect(office.file(caseId).audit.some(({ code }) => code === "WRONG_CASE_CODE")).toBe(false);
    },
  );

  it("locks at the fifth wrong code and tells the secretariat, and then the right code is refused too", async () => {
    const { office, caseId } = await officeWithACase();
    const { token, caseCode } = office.askOf(secretary);
    const wrong = { decision: "approve", reason: "", caseCode: caseCode === "0000" ? "0001" : "0000" };
    for (let attempt = 1; attempt <= 4; attempt += 1)
      expect((await office.post(token, wrong)).outcome).toBe("wrong-code");
    expect((await office.post(token, wrong)).outcome).toBe("locked");
    expect((await office.post(token, { ...wrong, caseCode })).outcome).toBe("locked");
    expect((await office.show(token)).outcome).toBe("locked");
    expect(office.status(caseId)).toBe("awaiting-secretariat");
    expect(office.mailsTo(otherSecretary).some(({ subject }) => /låst|lukket/i.test(subject))).toBe(true);
    expect(office.file(caseId).audit.filter(({ code }) => code === "LINK_LOCKED")).toHaveLength(1);
  });

  it("lets only five of a hundred guesses in the same moment be compared with the code", async () => {
    const { office, caseId } = await officeWithACase();
    const { token, caseCode } = office.askOf(secretary);
    const guesses = Array.from({ length: 100 }, (_, guess) => String(guess).padStart(4, "0")).filter(
      (guess) => guess !== caseCode,
    );
    const replies = await Promise.all(
      guesses.map((guess) => office.post(token, { decision: "approve", reason: "", caseCode: guess })),
    );
    expect(replies.filter(({ outcome }) => outcome === "wrong-code").length).toBeLessThan(5);
    expect((await office.post(token, { decision: "approve", reason: "", caseCode })).outcome).toBe("locked");
    expect(office.status(caseId)).toBe("awaiting-secretariat");
  });

  it("is not locked by right codes that came to nothing: a right one is never counted", async () => {
    const { office, caseId } = await officeWithACase({ ceilings: { "wrong-codes-per-address": 1 } });
    const { token, caseCode } = office.askOf(secretary);
    const commit = office.cases.commit.bind(office.cases);
    office.cases.commit = async () => {
      throw new Error("the table is gone");
    };
    for (let attempt = 1; attempt <= 6; attempt += 1)
      await expect(office.post(token, { decision: "approve", reason: "", caseCode })).rejects.toThrow();
    office.cases.commit = commit;
    expect((await office.post(token, { decision: "approve", reason: "", caseCode })).outcome).toBe(
      "see-other",
    );
    expect(office.status(caseId)).toBe("awaiting-chair");
  });

  it("is locked, written down and told of in one commit: killed there, none of it has happened", async () => {
    const { office, caseId } = await officeWithACase();
    const { token, caseCode } = office.askOf(secretary);
    const wrong = { decision: "approve", reason: "", caseCode: caseCode === "0000" ? "0001" : "0000" };
    for (let attempt = 1; attempt <= 4; attempt += 1) await office.post(token, wrong);
    const commits: unknown[] = [];
    const commit = office.cases.commit.bind(office.cases);
    office.cases.commit = async (change) => {
      commits.push(change);
      throw new Error("killed");
    };
    await expect(office.post(token, wrong)).rejects.toThrow("killed");
    expect((await office.show(token)).outcome).toBe("shown");
    office.cases.commit = commit;
    expect((await office.post(token, wrong)).outcome).toBe("locked");
    expect(commits).toHaveLength(1);
    expect(commits[0]).toMatchObject({
      audit: [{ code: "WRONG_CASE_CODE" }, { code: "LINK_LOCKED" }],
      errands: [{ mail: "link-locked" }, { mail: "link-locked" }],
    });
    expect(office.file(caseId).audit.filter(({ code }) => code === "LINK_LOCKED")).toHaveLength(1);
  });

  it("never locks silently: beyond the address's limit nothing is compared and nothing counted", async () => {
    const { office, caseId } = await officeWithACase({ ceilings: { "wrong-codes-per-address": 4 } });
    const { token, caseCode } = office.askOf(secretary);
    const wrong = { decision: "approve", reason: "", caseCode: caseCode === "0000" ? "0001" : "0000" };
    for (let attempt = 1; attempt <= 4; attempt += 1) await office.post(token, wrong);
    for (let attempt = 5; attempt <= 9; attempt += 1)
      expect((await office.post(token, wrong)).outcome).toBe("too-many");
    expect((await office.show(token)).outcome).toBe("shown");
    const elsewhere = { address: "198.51.100.9" };
    expect((await office.post(token, wrong, elsewhere)).outcome).toBe("locked");
    expect(office.file(caseId).audit.filter(({ code }) => code === "LINK_LOCKED")).toHaveLength(1);
    expect(office.mailsTo(otherSecretary).some(({ subject }) => /låst/.test(subject))).toBe(true);
  });

  it("is sent anew from its locked page, only to the registered approver, and the new one works", async () => {
    const { office, caseId } = await officeWithACase();
    const { token, caseCode } = office.askOf(secretary);
    const wrong = { decision: "approve", reason: "", caseCode: caseCode === "0000" ? "0001" : "0000" };
    for (let attempt = 1; attempt <= 5; attempt += 1) await office.post(token, wrong);
    const asked = office.mailsTo(secretary).length;
    expect(pageOf(await office.renew(token))).not.toContain(caseCode);
    await office.renew(token);
    expect(office.mailsTo(secretary).length).toBe(asked + 1);
    expect(office.askOf(secretary).token).not.toBe(token);
    expect((await office.decide(secretary, "approve")).outcome).toBe("see-other");
    expect(office.status(caseId)).toBe("awaiting-chair");
  });

  it("runs out after 14 days and is sent anew while the round is open", async () => {
    const { office, caseId } = await officeWithACase();
    const { token } = office.askOf(secretary);
    await office.pass(14);
    expect((await office.show(token)).outcome).toBe("gone");
    expect((await office.decide(secretary, "approve")).outcome).toBe("gone");
    expect((await office.document(token)).outcome).toBe("gone");
    expect(office.status(caseId)).toBe("awaiting-secretariat");
    await office.renew(token);
    expect((await office.decide(secretary, "approve")).outcome).toBe("see-other");
    expect(office.status(caseId)).toBe("awaiting-chair");
  });

  it("shows the decision when it is replayed, and decides nothing again", async () => {
    const { office, caseId } = await officeWithACase();
    const { token, caseCode } = office.askOf(secretary);
    const form = { decision: "approve", reason: "", caseCode };
    expect(await office.post(token, form)).toMatchObject({
      outcome: "see-other",
      location: `/decisions/${token}`,
    });
    const mails = office.mailer.sent.length;
    expect(await office.post(token, form)).toMatchObject({
      outcome: "see-other",
      location: `/decisions/${token}`,
    });
    expect(pageOf(await office.show(token))).toContain("godkendt");
    expect(office.status(caseId)).toBe("awaiting-chair");
    expect(decisionsIn(office)).toHaveLength(1);
    expect(office.mailer.sent.length).toBe(mails);
  });

  it("records exactly one of approve and decline in the same moment, and tells the loser who decided", async () => {
    const { office, caseId } = await officeWithACase();
    const first = office.askOf(secretary);
    const second = office.askOf(otherSecretary);
    const replies = await Promise.all([
      office.post(first.token, { decision: "approve", reason: "", caseCode: first.caseCode }),
      office.post(second.token, { decision: "decline", reason: "Forkert aftale", caseCode: second.caseCode }),
    ]);
    expect(replies.map(({ outcome }) => outcome).toSorted()).toEqual(["conflict", "see-other"]);
    expect(decisionsIn(office)).toHaveLength(1);
    const loser = replies.find(({ outcome }) => outcome === "conflict");
    const winner = replies[0]?.outcome === "see-other" ? secretary : otherSecretary;
    expect(loser && pageOf(loser)).toContain(winner);
    expect(["awaiting-chair", "declined"]).toContain(office.status(caseId));
  });

  it("tells the other secretary at once", async () => {
    const { office } = await officeWithACase();
    await office.decide(secretary, "approve");
    expect(office.mailsTo(otherSecretary).at(-1)?.text).toContain(secretary);
  });

  it("of another stage, another case or another purpose is refused", async () => {
    const { office, caseId, key } = await officeWithACase();
    const secretarys = office.askOf(secretary);
    await office.decide(secretary, "approve");
    expect(
      (
        await office.post(secretarys.token, {
          decision: "decline",
          reason: "nej",
          caseCode: secretarys.caseCode,
        })
      ).outcome,
    ).toBe("conflict");
    expect((await office.show(key)).outcome).toBe("unknown");
    expect((await office.caseStatus(secretarys.token)).outcome).toBe("unknown");
    expect((await office.showTask(secretarys.token)).outcome).toBe("unknown");
    expect(office.status(caseId)).toBe("awaiting-chair");
  });

  it("is refused when any of its letters was changed, left out or added", async () => {
    const { office } = await officeWithACase();
    const { token } = office.askOf(secretary);
    await fc.assert(
      fc.asyncProperty(
        fc.nat(token.length - 1),
        fc.constantFrom("A", "b", "7", "-", ".", ""),
        async (at, letter) => {
          const altered = token.slice(0, at) + letter + token.slice(at + 1);
          // base64url's last letter carries bits that decode to nothing: only the canonical spelling is ours.
          fc.pre(altered !== token);
          return (await office.show(altered)).outcome === "unknown";
        },
      ),
      { seed: 1, numRuns: 300 },
    );
  });

  it("posted from another site is refused, and from no site a browser names is taken", async () => {
    const { office, caseId } = await officeWithACase();
    const { token, caseCode } = office.askOf(secretary);
    const form = { decision: "approve", reason: "", caseCode };
    for (const origin of ["https://evil.example", "null", "http://aftale.example"])
      expect((await office.post(token, form, { origin })).outcome).toBe("foreign-origin");
    expect(office.status(caseId)).toBe("awaiting-secretariat");
    expect((await office.post(token, form, { origin: "https://aftale.example" })).outcome).toBe("see-other");
  });

  it("of somebody who is no longer secretary opens nothing", async () => {
    const people = { secretaries: [] as never[], chair: chair as never };
    const { office } = await officeWithACase();
    const { token, caseCode } = office.askOf(secretary);
    const now = office.settings.at;
    office.settings.at = async (at) => ({ ...(await now(at)), people });
    expect((await office.show(token)).outcome).toBe("gone");
    expect((await office.post(token, { decision: "approve", reason: "", caseCode })).outcome).toBe("gone");
  });

  it("opens the document no longer for whoever has left office, nor after its time; the decision stays readable", async () => {
    const { office } = await officeWithACase();
    const { token } = office.askOf(secretary);
    await office.decide(secretary, "approve");
    expect((await office.document(token)).outcome).toBe("see-other");
    const now = office.settings.at;
    office.settings.at = async (at) => ({
      ...(await now(at)),
      people: { secretaries: [] as never[], chair: chair as never },
    });
    expect((await office.document(token)).outcome).toBe("gone");
    expect(pageOf(await office.show(token))).toContain("godkendt");
    office.settings.at = now;
    await office.pass(14);
    expect((await office.document(token)).outcome).toBe("gone");
    expect(pageOf(await office.show(token))).toContain("godkendt");
  });

  it("asks for a reason even to approve when a signature has failed", async () => {
    const failed = {
      findings: [],
      changes: [],
      coversWholeDocument: true,
      field: "S",
      kind: "signature",
      level: "PAdES-B-B",
      indication: "TOTAL_FAILED",
    } as const;
    const { office, caseId } = await officeWithACase({ facts: { signatures: [failed] } });
    expect((await office.decide(secretary, "approve")).outcome).toBe("malformed");
    expect((await office.decide(secretary, "approve", "Originalen er set på papir")).outcome).toBe(
      "see-other",
    );
    expect(office.status(caseId)).toBe("awaiting-chair");
  });
});

describe("What a decision leads to", () => {
  it("sent back, the submitter gets the reason and sends another file in a new round", async () => {
    const { office, caseId } = await officeWithACase();
    const old = office.askOf(secretary);
    await office.decide(secretary, "return", "Side 2 mangler");
    expect(office.status(caseId)).toBe("awaiting-upload");
    expect(office.mailsTo(contact).at(-1)?.text).toContain("Side 2 mangler");
    await office.upload(caseId, "a better scan");
    expect(office.status(caseId)).toBe("awaiting-secretariat");
    expect(office.file(caseId).rounds).toHaveLength(2);
    expect(
      (await office.post(old.token, { decision: "approve", reason: "", caseCode: old.caseCode })).outcome,
    ).toBe("conflict");
    await office.decide(secretary, "approve");
    await office.decide(chair, "approve");
    expect(office.status(caseId)).toBe("admitted");
  });

  it("declined by the chair, the case ends and the submitter gets the reason", async () => {
    const { office, caseId } = await officeWithACase();
    await office.decide(secretary, "approve");
    await office.decide(chair, "decline", "Ikke en myndighed");
    expect(office.status(caseId)).toBe("declined");
    expect(office.mailsTo(contact).at(-1)?.text).toContain("Ikke en myndighed");
    expect(office.executions().every(({ status }) => status === "SUCCEEDED")).toBe(true);
  });

  it("undecided after 30 days, the round expires, the submitter is told, and the CVR is free again", async () => {
    const { office, caseId } = await officeWithACase();
    const { token } = office.askOf(secretary);
    await office.pass(30);
    expect(office.status(caseId)).toBe("expired");
    expect((await office.show(token)).outcome).toBe("gone");
    expect(office.mailsTo(contact)).toHaveLength(3);
    expect((await office.submit()).outcome).toBe("created");
  });

  it.each([
    [-1, "awaiting-chair"],
    [0, "expired"],
    [1, "expired"],
  ])("an approval %d ms from the time-out has one outcome", async (ms, status) => {
    const { office, caseId } = await officeWithACase();
    const thirtyDays = 30 * 24 * 60 * 60 * 1000;
    await office.pass(29);
    await office.renew(office.askOf(secretary).token);
    const opened = office.file(caseId).rounds[0]?.openedAt ?? 0;
    await office.clock.advanceTo(opened + thirtyDays + ms);
    await office.decide(secretary, "approve");
    await office.pass(0);
    expect(office.status(caseId)).toBe(status);
  });

  it("withdrawn by the applicant, the links die and those asked are told", async () => {
    const { office, caseId, key } = await officeWithACase();
    const { token } = office.askOf(secretary);
    await office.withdraw(key);
    expect(office.status(caseId)).toBe("withdrawn");
    expect((await office.show(token)).outcome).toBe("gone");
    expect(office.mailsTo(secretary).at(-1)?.text).toMatch(/trukket/);
    expect(office.executions().every(({ status }) => status === "SUCCEEDED")).toBe(true);
  });
});
