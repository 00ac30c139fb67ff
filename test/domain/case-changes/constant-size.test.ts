import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { changeParts } from "../../../shared/adapters/aws/dynamodb/shelf-plan.ts";
import { casePlan } from "../../../shared/adapters/aws/dynamodb/shelf-plans.ts";
import { type AgreementCase, isConfirmed } from "../../../shared/domain/agreement/agreement-case.ts";
import type { CaseFile, CaseRound, UploadRecord } from "../../../shared/domain/agreement/case-file.ts";
import { decidable } from "../../../shared/domain/agreement/case-questions.ts";
import * as transitions from "../../../shared/domain/agreement/transitions.ts";
import { codeIsWrong, linkDetails } from "../../../shared/domain/approval/case-code.ts";
import type { DecisionLink } from "../../../shared/domain/approval/link.ts";
import { decisionLinkIsRenewed } from "../../../shared/domain/approval/link-is-renewed.ts";
import { approverDecides } from "../../../shared/domain/case-changes/approver-decides.ts";
import { applicantWithdraws, timeRunsOut } from "../../../shared/domain/case-changes/case-ends.ts";
import { caseIsHeld } from "../../../shared/domain/case-changes/case-is-held.ts";
import { decisionIsAskedFor } from "../../../shared/domain/case-changes/decision-is-asked-for.ts";
import { scanAnswers, uploadIsRejected } from "../../../shared/domain/case-changes/document-is-judged.ts";
import { uploadArrives } from "../../../shared/domain/case-changes/upload-arrives.ts";
import type { CaseChange } from "../../../shared/domain/files.ts";
import { emptyFiled } from "../../../shared/domain/filing/filed.ts";
import type { TaskRecord } from "../../../shared/domain/filing/task.ts";
import { ownerOf, type PersonId, type TaskId } from "../../../shared/domain/owner.ts";
import { aMonday, anOpening } from "../../support/builders/an-application.ts";
import { localSettings } from "../../support/fakes/fixed-settings.ts";

/** Body, trail (2), round, upload, tasks, two persons, wake, and a mail to each of six people at most. */
const MOST = 20;
const later = aMonday + 400 * 24 * 60 * 60 * 1000;
const opening = anOpening();
const versionOf = (rank: number) => ({ versionId: `v${rank}`, sha256: `${rank}` });

/** A case after as much of outsiders' doing as it likes: uploads, rounds, tasks, tokens, each `size` times. */
function fileAfter(size: number, body: AgreementCase): CaseFile {
  const ranks = Array.from({ length: size }, (_, rank) => rank);
  const uploads: UploadRecord[] = ranks.map((rank) => ({
    ...versionOf(rank),
    key: "uploads/case-1.pdf",
    bytes: 1,
    registeredAt: aMonday,
    scan: { verdict: rank === size - 1 ? "FAILED" : "NO_THREATS_FOUND", at: aMonday },
  }));
  const rounds: CaseRound[] = ranks.map((rank) => ({
    ...versionOf(rank),
    number: rank + 1,
    stage: "secretariat",
    openedAt: aMonday,
    expiresAt: aMonday + 1,
  }));
  const tasks: TaskRecord[] = ranks.map((rank) => ({
    id: `task-${rank}` as TaskId,
    reason: "MAIL_UNDELIVERED",
    cause: String(rank),
    since: aMonday,
  }));
  const { signer, contact } = opening;
  return {
    ...emptyFiled(ownerOf("case", opening.case.id)),
    case: body,
    organisation: opening.organisation,
    signerId: signer.id,
    contactId: contact.id,
    persons: new Map([signer, contact].map((person) => [person.id, person])),
    uploads,
    rounds,
    tasks,
    waits: new Map(ranks.map((rank) => [`v${rank}`, { token: `token ${rank}`, storedAt: aMonday }])),
  };
}

function everyBody(size: number): AgreementCase[] {
  const current = versionOf(size - 1);
  if (opening.case.status !== "awaiting-upload" || !isConfirmed(opening.case))
    throw new Error("a new case awaits a file");
  const reviewed = { ...transitions.receiveUpload(opening.case, current, aMonday), rounds: size - 1 };
  const asked = transitions.askSecretariat(reviewed, aMonday, transitions.defaultDeadlines);
  const endorsed = transitions.approve(asked, aMonday, { countersignedByChair: true });
  if (endorsed.status !== "endorsed") throw new Error("the chair is asked");
  const atChair = transitions.askChair(endorsed, aMonday, transitions.defaultDeadlines);
  return [
    opening.case,
    reviewed,
    transitions.reject(reviewed, aMonday, transitions.defaultDeadlines),
    asked,
    endorsed,
    atChair,
    transitions.hold(reviewed, {
      taskId: `task-${size - 1}` as TaskId,
      since: aMonday,
      reason: "SCAN_MISSING",
    }),
  ];
}

let ids = 0;
const newId = () => {
  ids += 1;
  return `id-${ids}`;
};

/** Every event that can change a case, tried on a file; those that don't fit it change nothing. */
function everyChange(file: CaseFile, size: number): (CaseChange | undefined)[] {
  const { people, deadlines } = localSettings;
  const { versionId } = versionOf(size - 1);
  const { atHand, rounds } = decidable(file);
  const round = rounds.at(-1);
  const link: DecisionLink = {
    purpose: "decision",
    linkHash: "h".repeat(64),
    owner: file.owner,
    issuedAt: aMonday,
    round: size,
    sha256: "x",
    recipient: { role: "secretary", address: people.chair },
    expiresAt: later,
  };
  const decide = (decision: "approve" | "return" | "decline") =>
    atHand && round
      ? approverDecides(file, link, round, { decision, reason: "because" }, localSettings, newId, later)
      : undefined;
  const arrived = {
    ...versionOf(size),
    key: "uploads/case-1.pdf",
    bytes: 1,
    newestVersionId: versionOf(size).versionId,
  };
  const clean = {
    ...file,
    uploads: file.uploads.map((one) => ({ ...one, scan: { verdict: "NO_THREATS_FOUND" as const, at: 1 } })),
  };
  const wrongCode = {
    code: "WRONG_CASE_CODE",
    at: later,
    actor: "system",
    details: linkDetails(link),
  } as const;
  const fourWrongCodes = Array.from({ length: 4 }, (_, sequence) => ({
    ...wrongCode,
    ...{ sequence, status: "under-review", previousHash: "", hash: "" },
  }));
  return [
    uploadArrives(file, arrived, later).change,
    uploadArrives(file, { ...arrived, newestVersionId: "another" }, later).change,
    scanAnswers(file, versionId, "NO_THREATS_FOUND", later),
    uploadIsRejected(file, versionId, deadlines, later),
    decisionIsAskedFor.secretariat(clean, versionId, localSettings, later),
    decisionIsAskedFor.chair(clean, versionId, localSettings, later),
    decide("approve"),
    decide("return"),
    decide("decline"),
    applicantWithdraws(file, people, later),
    timeRunsOut(file, later),
    caseIsHeld(file, versionId, { reason: "STEP_FAILED" }, people, newId, later),
    codeIsWrong({ audit: fourWrongCodes }, link, people, "p" as PersonId, later),
    decisionLinkIsRenewed(file, link, later),
  ];
}

describe("A change of a case", () => {
  it("never grows with what outsiders did: 10,000 uploads, rounds, tasks and tokens", () => {
    const size = 10_000;
    const sizes = everyBody(size).flatMap((body) => {
      const file = fileAfter(size, body);
      return everyChange(file, size).flatMap((change) =>
        change ? [changeParts(casePlan, file, change).length] : [],
      );
    });
    expect(sizes.length).toBeGreaterThan(30);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(MOST);
  });

  it("is as large as on a case where nothing has happened yet, whatever has happened", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), (size) => {
        const partsOf = (count: number) =>
          everyBody(count).map((body) => {
            const file = fileAfter(count, body);
            return everyChange(file, count).map((change) =>
              change ? changeParts(casePlan, file, change).length : 0,
            );
          });
        expect(partsOf(size)).toEqual(partsOf(1));
      }),
      { numRuns: 25 },
    );
  });
});
