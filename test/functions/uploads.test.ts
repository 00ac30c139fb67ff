import { describe, expect, it } from "vitest";
import { chair, contact, openOffice, secretary } from "../support/office.ts";

describe("A file that arrives", () => {
  it("is taken in once, however often its event comes", async () => {
    const office = await openOffice();
    const { caseId } = await office.apply();
    await office.upload(caseId, "the agreement", { events: 10 });
    expect(office.executions()).toHaveLength(1);
    expect(office.mailsTo(secretary)).toHaveLength(1);
    expect(office.file(caseId).uploads).toHaveLength(1);
  });

  it("loses to the newer one, whichever event comes first", async () => {
    const office = await openOffice();
    const { caseId } = await office.apply();
    const key = office.documents.uploadKey(caseId);
    const first = office.documents.upload(caseId, Buffer.from("first"));
    const second = office.documents.upload(caseId, Buffer.from("second"));
    for (const { versionId } of [first, second]) office.documents.tag(key, versionId, "NO_THREATS_FOUND");
    await office.start({ caseId, ...second });
    await office.clock.idle();
    await office.start({ caseId, ...first });
    await office.clock.idle();
    expect(office.file(caseId).case).toMatchObject({
      status: "awaiting-secretariat",
      upload: { versionId: second.versionId },
    });
    expect(office.file(caseId).uploads.map(({ versionId }) => versionId)).toEqual(
      expect.arrayContaining([first.versionId, second.versionId]),
    );
    expect(office.mailsTo(secretary)).toHaveLength(1);
  });

  it("is found by the sweep when its event is lost", async () => {
    const office = await openOffice();
    const { caseId } = await office.apply();
    const { key, versionId } = office.documents.upload(caseId, Buffer.from("the agreement"));
    office.documents.tag(key, versionId, "NO_THREATS_FOUND");
    expect(await office.sweep()).toMatchObject({ started: 1 });
    expect(office.status(caseId)).toBe("awaiting-secretariat");
    expect(await office.sweep()).toMatchObject({ started: 0 });
    expect(office.mailsTo(secretary)).toHaveLength(1);
  });

  it("ends the round it interrupts: the old link dies, the first bytes are kept, a new round begins", async () => {
    const office = await openOffice();
    const { caseId } = await office.apply();
    const first = await office.upload(caseId, "first");
    const old = office.askOf(secretary);
    const second = await office.upload(caseId, "second");
    expect((await office.show(old.token)).outcome).toBe("gone");
    expect(
      (await office.post(old.token, { decision: "approve", reason: "", caseCode: old.caseCode })).outcome,
    ).toBe("gone");
    expect(await office.documents.head(first.key, first.versionId)).toBeDefined();
    expect(office.file(caseId).rounds.map(({ ended }) => ended?.outcome)).toEqual(["superseded", undefined]);
    expect(office.file(caseId).case).toMatchObject({ upload: { versionId: second.versionId } });
    const running = office.executions().filter(({ status }) => status === "RUNNING");
    expect(running).toHaveLength(1);
    await office.decide(secretary, "approve");
    expect(office.status(caseId)).toBe("awaiting-chair");
  });

  it("after the last approval changes nothing, but is kept", async () => {
    const office = await openOffice();
    const { caseId } = await office.apply();
    await office.upload(caseId, "the agreement");
    await office.decide(secretary, "approve");
    await office.decide(chair, "approve");
    await office.upload(caseId, "another");
    expect(office.status(caseId)).toBe("admitted");
    expect(office.file(caseId).uploads).toHaveLength(2);
    expect(office.file(caseId).audit.at(-1)?.code).toBe("UPLOAD_SUPERSEDED");
  });

  it("that can't be read safely is rejected with every reason, and another one is taken", async () => {
    const office = await openOffice({
      facts: { pages: 0, text: "", observations: [{ code: "ENCRYPTED" }, { code: "LAUNCH_ACTION" }] },
    });
    const { caseId, key } = await office.apply();
    await office.upload(caseId, "locked");
    expect(office.status(caseId)).toBe("rejected");
    expect(office.mailsTo(secretary)).toHaveLength(0);
    const status = await office.caseStatus(key);
    expect("json" in status && status.json).toMatchObject({
      status: "rejected",
      nextActor: "submitter",
      reasons: [{ code: "ENCRYPTED" }, { code: "LAUNCH_ACTION" }],
    });
    expect(office.mailsTo(contact).at(-1)?.text).toMatch(/adgangskode/);
    office.facts.current = {};
    await office.upload(caseId, "open");
    expect(office.status(caseId)).toBe("awaiting-secretariat");
  });

  it("that never comes lets the case lapse after seven days, and the applicant is told how to go on", async () => {
    const office = await openOffice();
    const { caseId } = await office.apply();
    await office.pass(6.9);
    expect(await office.sweep()).toMatchObject({ lapsed: 0 });
    await office.pass(0.2);
    expect(await office.sweep()).toMatchObject({ lapsed: 1 });
    expect(office.status(caseId)).toBe("expired");
    expect(office.mailsTo(contact)).toHaveLength(3);
    expect((await office.submit()).outcome).toBe("created");
  });
});

describe("The malware scan", () => {
  it.each(["THREATS_FOUND", "UNSUPPORTED", "ACCESS_DENIED", "FAILED"] as const)(
    "that says %s lets nothing reach a person to decide",
    async (verdict) => {
      const office = await openOffice({ scan: "silent" });
      const { caseId } = await office.apply();
      const upload = await office.upload(caseId, "suspicious");
      await office.scan(upload, verdict);
      expect(office.status(caseId)).toBe("held");
      expect(office.mailsTo(secretary).every(({ text }) => !text.includes("/decisions/"))).toBe(true);
    },
  );

  it("that comes late, twice or again lets the case go on once", async () => {
    const office = await openOffice({ scan: "silent" });
    const { caseId } = await office.apply();
    const upload = await office.upload(caseId, "clean");
    expect(office.status(caseId)).toBe("under-review");
    await office.scan(upload, "NO_THREATS_FOUND");
    await office.scan(upload, "NO_THREATS_FOUND");
    expect(office.status(caseId)).toBe("awaiting-secretariat");
    expect(office.mailsTo(secretary)).toHaveLength(1);
    await office.scan(upload, "THREATS_FOUND");
    expect(office.status(caseId)).toBe("awaiting-secretariat");
  });

  it("whose event is lost is read from the object's tag", async () => {
    const office = await openOffice({ scan: "silent" });
    const { caseId } = await office.apply();
    const { key, versionId } = await office.upload(caseId, "clean");
    office.documents.tag(key, versionId, "NO_THREATS_FOUND");
    await office.pass(1 / 24);
    expect(office.status(caseId)).toBe("awaiting-secretariat");
  });

  it("that never says anything holds the case after 15 minutes, with one task for both secretaries", async () => {
    const office = await openOffice({ scan: "silent" });
    const { caseId } = await office.apply();
    const upload = await office.upload(caseId, "clean");
    await office.pass(1 / 24);
    expect(office.status(caseId)).toBe("held");
    expect(office.file(caseId).tasks).toMatchObject([{ reason: "SCAN_MISSING" }]);
    await office.scan(upload, "NO_THREATS_FOUND");
    await office.resolve(office.taskOf(secretary), "retry");
    expect(office.status(caseId)).toBe("awaiting-secretariat");
  });

  it("that found something lets the secretariat ask for another file, and nothing else", async () => {
    const office = await openOffice({ scan: "THREATS_FOUND" });
    const { caseId } = await office.apply();
    await office.upload(caseId, "infected");
    const task = office.taskOf(secretary);
    expect((await office.resolve(task, "retry")).outcome).toBe("conflict");
    expect((await office.resolve(task, "ask-for-new-file")).outcome).toBe("see-other");
    expect(office.status(caseId)).toBe("awaiting-upload");
    expect(office.executions().every(({ status }) => status === "SUCCEEDED")).toBe(true);
  });
});

describe("A step that breaks", () => {
  it.each(["judge-document", "open-round", "archive-agreement", "admit-member"])(
    "in %s holds the case for a person, and goes on from where it was when the person says so",
    async (step) => {
      const office = await openOffice();
      const { caseId } = await office.apply();
      office.breaks.set(step, "BrokenForever");
      await office.upload(caseId, "the agreement");
      for (const approver of [secretary, chair])
        if (office.status(caseId).startsWith("awaiting-")) await office.decide(approver, "approve");
      await office.pass(1);
      expect(office.status(caseId)).toBe("held");
      expect(office.file(caseId).tasks).toMatchObject([{ reason: "STEP_FAILED" }]);
      office.breaks.clear();
      await office.resolve(office.taskOf(secretary), "retry");
      for (const approver of [secretary, chair])
        if (office.status(caseId).startsWith("awaiting-")) await office.decide(approver, "approve");
      expect(office.status(caseId)).toBe("admitted");
      expect(await office.members.all()).toHaveLength(1);
    },
  );
});
