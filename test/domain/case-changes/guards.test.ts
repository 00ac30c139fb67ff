import { describe, expect, it } from "vitest";
import { admitMember } from "../../../functions/admit-member/admit-member.ts";
import {
  decisionIsAskedFor,
  NotScannedYet,
} from "../../../shared/domain/case-changes/decision-is-asked-for.ts";
import { scanAnswers } from "../../../shared/domain/case-changes/document-is-judged.ts";
import { planNextWake } from "../../../shared/domain/case-changes/plan-next-wake.ts";
import type { CaseId } from "../../../shared/domain/owner.ts";
import { localSettings } from "../../support/fakes/fixed-settings.ts";
import { chair, type Office, openOffice, secretary } from "../../support/office.ts";

/** What the steps' own order keeps from happening must be refused by the rules all the same. */
async function underReview(): Promise<{ office: Office; caseId: CaseId; versionId: string }> {
  const office = await openOffice({ scan: "silent" });
  const { caseId } = await office.apply();
  const { versionId } = await office.upload(caseId, "not scanned yet");
  return { office, caseId, versionId };
}

describe("Whatever the workflow does", () => {
  it("nobody is asked to open a file that the scan has not passed", async () => {
    const { office, caseId, versionId } = await underReview();
    expect(() =>
      decisionIsAskedFor.secretariat(office.file(caseId), versionId, localSettings, office.clock.now()),
    ).toThrow(NotScannedYet);
  });

  it("a verdict of the scan is not taken back", async () => {
    const { office, caseId, versionId } = await underReview();
    await office.scan({ caseId, key: office.documents.uploadKey(caseId), versionId }, "THREATS_FOUND");
    expect(
      scanAnswers(office.file(caseId), versionId, "NO_THREATS_FOUND", office.clock.now()),
    ).toBeUndefined();
  });

  it("nobody becomes a member before the agreement is archived", async () => {
    const office = await openOffice();
    office.breaks.set("archive-agreement", "BrokenForever");
    const { caseId } = await office.apply();
    await office.upload(caseId, "the agreement");
    await office.decide(secretary, "approve");
    await office.decide(chair, "approve");
    const file = office.file(caseId);
    if (file.case.status !== "approved") throw new Error(file.case.status);
    const { versionId } = file.case.upload;
    await admitMember({ caseId, key: office.documents.uploadKey(caseId), versionId }, office);
    expect(await office.members.all()).toEqual([]);
  });

  it.each(["secretariat", "chair"] as const)(
    "a case that the %s has not decided is not passed",
    async (stage) => {
      const { office, caseId, versionId } = await underReview();
      expect(planNextWake(office.file(caseId), versionId, stage, office.clock.now())).toEqual({
        outcome: "closed",
      });
    },
  );
});
