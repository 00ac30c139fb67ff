import { describe, expect, it } from "vitest";
import { showDocument } from "../../functions/show-document/show-document.ts";
import {
  anApplication,
  aRequest,
  chair,
  contact,
  openOffice,
  otherSecretary,
  secretary,
} from "../support/office.ts";

describe("From an application to a member", () => {
  it("admits a member that the secretariat and the chair have approved, and welcomes it", async () => {
    const office = await openOffice();
    const { caseId } = await office.apply();
    await office.upload(caseId, "the agreement");
    expect(office.status(caseId)).toBe("awaiting-secretariat");
    await office.decide(secretary, "approve");
    expect(office.status(caseId)).toBe("awaiting-chair");
    await office.decide(chair, "approve");
    expect(office.wrongWays).toEqual([]);
    expect(office.status(caseId)).toBe("admitted");
    expect(office.mailsTo(contact).map(({ subject }) => subject)).toHaveLength(3);
    const [member] = await office.members.all();
    expect(member).toMatchObject({ kind: "member", joinedOn: "2026-11-23" });
    const [line] = office.memberFile(caseId).dues;
    expect(line).toMatchObject({
      period: "half-year",
      amountOere: 1_250_000,
      vatOere: 312_500,
      dueOn: "2026-12-23",
      state: { kind: "issued", invoiceNumber: 1 },
    });
  });

  it("admits a partner without dues", async () => {
    const office = await openOffice();
    const { caseId } = await office.apply(anApplication({ kind: "partner", gln: undefined }));
    await office.upload(caseId, "the partner agreement");
    await office.decide(otherSecretary, "approve");
    await office.decide(chair, "approve");
    expect(office.status(caseId)).toBe("admitted");
    expect(office.memberFile(caseId).dues).toEqual([]);
    expect(office.mailsTo(contact).map(({ subject }) => subject)).toHaveLength(3);
  });

  it("keeps the archived agreement, and the link in the welcome mail leads to it", async () => {
    const office = await openOffice();
    const { caseId } = await office.apply();
    await office.upload(caseId, "the agreement");
    await office.decide(secretary, "approve");
    await office.decide(chair, "approve");
    const welcome = office.mailsTo(contact).find(({ subject }) => subject.startsWith("Velkommen"));
    const key = /\/agreements\/([\w.-]+)/.exec(welcome?.text ?? "")?.[1] ?? "";
    const reply = await showDocument(aRequest("GET /agreements/{key}/document", { key }), office);
    expect(reply).toMatchObject({
      outcome: "see-other",
      location: expect.stringMatching(/^https:\/\/archive\.s3\.example\//),
    });
  });
});
