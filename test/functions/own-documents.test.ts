import { describe, expect, it } from "vitest";
import { openOffice, secretary } from "../support/office.ts";

const page = (reply: object) => ("page" in reply ? String(reply.page) : "");

describe("The submitter's own file", () => {
  it("is handed out once the scan has passed it, to be saved and not to be opened by us", async () => {
    const office = await openOffice({ scan: "silent" });
    const { caseId, key } = await office.apply();
    const upload = await office.upload(caseId, "the agreement");
    const unscanned = await office.ownDocument(key);
    expect(unscanned.outcome).toBe("conflict");
    expect(page(unscanned)).toContain("Brug jeres egen kopi");
    await office.scan(upload, "NO_THREATS_FOUND");
    const served = await office.ownDocument(key);
    expect(served.outcome).toBe("see-other");
    expect("location" in served && served.location).toContain("inline=false");
  });

  it.each(["THREATS_FOUND", "UNSUPPORTED", "ACCESS_DENIED", "FAILED"] as const)(
    "is not handed out when the scan said %s",
    async (verdict) => {
      const office = await openOffice({ scan: verdict });
      const { caseId, key } = await office.apply();
      await office.upload(caseId, "the agreement");
      expect((await office.ownDocument(key)).outcome).toBe("conflict");
    },
  );

  it("is not handed out when it was rejected, though the scan found nothing, and its page offers no link to it", async () => {
    const office = await openOffice({ facts: { observations: [{ code: "ENCRYPTED" }] } });
    const { caseId, key } = await office.apply();
    await office.scan(await office.upload(caseId, "<html>"), "NO_THREATS_FOUND");
    expect(office.status(caseId)).toBe("rejected");
    expect((await office.ownDocument(key)).outcome).toBe("conflict");
    expect(page(await office.statusPage(key))).not.toContain(`${key}/document`);
  });

  it("is opened by those who decide, in the browser", async () => {
    const office = await openOffice();
    const { caseId } = await office.apply();
    await office.upload(caseId, "the agreement");
    const served = await office.document(office.askOf(secretary).token);
    expect("location" in served && served.location).toContain("inline=true");
  });
});

describe("Whoever applies again", () => {
  it("gets the form filled in by the closed case, for its link and not for an address", async () => {
    const office = await openOffice();
    const { key } = await office.apply();
    expect((await office.applyAgain(key)).outcome).toBe("conflict");
    await office.withdraw(key);
    const again = await office.applyAgain(key);
    expect(again.outcome).toBe("shown");
    expect(page(again)).toContain("bo@aarhus.example");
    expect(page(again)).not.toMatch(/(href|action)="[^"]*aarhus/);
    expect((await office.applyAgain(key, { origin: "https://evil.example" })).outcome).toBe("foreign-origin");
  });
});
