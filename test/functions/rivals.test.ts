import { describe, expect, it } from "vitest";
import { casesCommand } from "../../commands/cases.ts";
import { WrongUse } from "../../commands/stage/wrong-use.ts";
import { anApplication, chair, contact, openOffice, secretary } from "../support/office.ts";

const rival = "rival@aarhus.example";
const rivals = { ...anApplication(), contact: { name: "Ida Prøve", email: rival } };
const page = (reply: object) => ("page" in reply ? String(reply.page) : "");

describe("Two applications for one body", () => {
  it("are both shown to the secretary; admitting one closes the other, and says so to it", async () => {
    const office = await openOffice();
    const one = await office.apply();
    const other = await office.apply(rivals);
    await office.upload(one.caseId, "the agreement");
    const shown = page(await office.show(office.askOf(secretary).token));
    expect(shown).toContain("Andre har søgt for samme CVR-nummer");
    expect(shown).toContain("A-2026-0002");
    expect(shown).toContain(rival);

    await office.decide(secretary, "approve");
    await office.decide(chair, "approve");
    expect(office.status(one.caseId)).toBe("admitted");
    expect(office.status(other.caseId)).toBe("closed");
    expect(office.mailsTo(rival).at(-1)?.text).toContain("En anden ansøgning for det samme CVR-nummer");
    expect(await office.caseStatus(other.key)).toMatchObject({
      json: { status: "closed", nextActor: "nobody" },
    });
    expect(page(await office.statusPage(other.key))).toContain("Sagen er lukket");
    expect((await office.submit(rivals)).outcome).toBe("conflict");
  });

  it("do not show an application that nobody has answered for", async () => {
    const office = await openOffice();
    const { caseId } = await office.apply();
    await office.apply(rivals, { confirmed: false });
    await office.upload(caseId, "the agreement");
    expect(page(await office.show(office.askOf(secretary).token))).not.toContain("Andre har søgt");
  });

  it("of which both are under decision: the asked are told that the other one is over", async () => {
    const office = await openOffice();
    const one = await office.apply();
    await office.upload(one.caseId, "the agreement");
    const ask = office.askOf(secretary);
    const other = await office.apply(rivals);
    await office.upload(other.caseId, "another agreement");
    await office.post(ask.token, { decision: "approve", reason: "", caseCode: ask.caseCode });
    await office.decide(chair, "approve");
    expect(office.status(one.caseId)).toBe("admitted");
    expect(office.status(other.caseId)).toBe("closed");
    expect(office.mailsTo(secretary).at(-1)?.subject).toMatch(/^Gør ikke mere/);
    expect(office.executions().filter(({ status }) => status === "RUNNING")).toEqual([]);
  });

  it("of which both are approved: one is admitted, and a person closes the other", async () => {
    const office = await openOffice();
    const one = await office.apply();
    const other = await office.apply(rivals);
    office.breaks.set("admit-member", "Broken");
    for (const { caseId } of [one, other]) {
      await office.upload(caseId, `the agreement of ${caseId}`);
      await office.decide(secretary, "approve");
      await office.decide(chair, "approve");
    }
    await office.pass(0.1);
    expect(office.status(one.caseId)).toBe("held");
    office.breaks.clear();
    await office.resolve(office.taskOf(secretary), "retry");
    const statuses = [office.status(one.caseId), office.status(other.caseId)].toSorted();
    expect(statuses).toEqual(["admitted", "held"]);
    const held = office.status(one.caseId) === "held" ? one : other;
    expect(office.file(held.caseId).tasks.at(-1)).toMatchObject({ reason: "RIVAL_ADMITTED" });
    await office.resolve(office.taskOf(secretary), "close-case");
    expect(office.status(held.caseId)).toBe("closed");
    expect(await office.members.all()).toHaveLength(1);
  });
});

describe("The secretariat", () => {
  it("closes a case from the decision page, with a reason that the applicant gets", async () => {
    const office = await openOffice();
    const { caseId, key } = await office.apply();
    await office.upload(caseId, "the agreement");
    expect((await office.decide(secretary, "close")).outcome).toBe("malformed");
    expect((await office.decide(secretary, "close", "I har selv ringet")).outcome).toBe("see-other");
    expect(office.status(caseId)).toBe("closed");
    expect(office.mailsTo(contact).at(-1)?.text).toContain("I har selv ringet");
    expect(page(await office.statusPage(key))).toContain("I har selv ringet");
    expect(page(await office.show(office.askOf(secretary).token))).toContain("Lukket uden afgørelse");
    expect((await office.submit()).outcome).toBe("created");
  });

  it("only: the chair is offered no such choice, and it is refused", async () => {
    const office = await openOffice();
    const { caseId } = await office.apply();
    await office.upload(caseId, "the agreement");
    await office.decide(secretary, "approve");
    expect(page(await office.show(office.askOf(chair).token))).not.toContain("Luk uden afgørelse");
    expect((await office.decide(chair, "close", "Nej")).outcome).toBe("malformed");
    expect(office.status(caseId)).toBe("awaiting-chair");
  });

  it("closes any open case by a command, with who and why", async () => {
    const office = await openOffice();
    const { caseId } = await office.apply();
    const said: string[] = [];
    const world = {
      open: async () => office,
      now: office.clock.now(),
      newId: office.newId,
      print: (line: string) => said.push(line),
    };
    const close = (...more: string[]) =>
      casesCommand(["--stage", "dev", "close", "A-2026-0001", ...more], world);
    await casesCommand(["--stage", "dev", "list"], world);
    expect(said).toEqual(["A-2026-0001 awaiting-upload Aarhus Kommune"]);
    await expect(close("--by", "fremmed@example.com", "--reason", "x")).rejects.toThrow(WrongUse);
    await expect(close("--by", secretary)).rejects.toThrow(WrongUse);
    expect(office.status(caseId)).toBe("awaiting-upload");
    await close("--by", secretary, "--reason", "Søgt to gange");
    await office.clock.idle();
    expect(office.status(caseId)).toBe("closed");
    expect(office.mailsTo(contact).at(-1)?.text).toContain("Søgt to gange");
    await expect(close("--by", secretary, "--reason", "igen")).rejects.toThrow("no open case");
  });
});
