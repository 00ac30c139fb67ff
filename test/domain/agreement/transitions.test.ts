import { describe, expect, it } from "vitest";
import {
  type AgreementCase,
  isClosed,
  isGone,
  isUndecided,
  nextActor,
  publicStatus,
  statusRules,
} from "../../../shared/domain/agreement/agreement-case.ts";
import * as change from "../../../shared/domain/agreement/transitions.ts";
import type { CaseId, MemberId, PersonId, TaskId } from "../../../shared/domain/owner.ts";
import { aarhus, aMonday } from "../../support/builders/an-application.ts";

const day = 24 * 60 * 60 * 1000;
const { defaultDeadlines: deadlines } = change;
const asked = { countersignedByChair: true };
const notAsked = { countersignedByChair: false };
const upload = { versionId: "v1", sha256: "ab" };
const reasonId = "reason-1" as PersonId;

const opened = change.open(
  { id: "case-1" as CaseId, caseNumber: "A-2026-0001", kind: "member", cvr: aarhus, language: "da" },
  { by: "secretariat" },
  aMonday,
  deadlines,
);
const reviewed = change.receiveUpload(opened, upload, aMonday + 1);
const atSecretariat = change.askSecretariat(reviewed, aMonday + 2, deadlines);
const endorsed = change.approve(atSecretariat, aMonday + 3, asked);
if (endorsed.status !== "endorsed") throw new Error("the chair wasn't to be asked");
const atChair = change.askChair(endorsed, aMonday + 4, deadlines);
const approved = change.approve(atChair, aMonday + 5, asked);
if (approved.status !== "approved") throw new Error("the chair's yes wasn't the last");

const archived = change.archive(approved, { key: "agreements/case-1.pdf", versionId: "a1" });

describe("A case on its way to a member", () => {
  it("waits seven days for a file", () => {
    expect(opened).toMatchObject({ status: "awaiting-upload", lapsesAt: aMonday + 7 * day, rounds: 0 });
  });

  it("is with the secretariat for 30 days, then with the chair for 30 days, each in a round of its own", () => {
    expect(atSecretariat.round).toEqual({
      number: 1,
      stage: "secretariat",
      openedAt: aMonday + 2,
      expiresAt: aMonday + 2 + 30 * day,
    });
    expect(atChair.round).toEqual({
      number: 2,
      stage: "chair",
      openedAt: aMonday + 4,
      expiresAt: aMonday + 4 + 30 * day,
    });
  });

  it("is approved when the chair says yes, at that moment", () => {
    expect(approved).toMatchObject({ status: "approved", approvedAt: aMonday + 5, upload });
  });

  it("is approved by the secretariat alone where the kind asks no chair", () => {
    expect(change.approve(atSecretariat, aMonday + 3, notAsked)).toMatchObject({
      status: "approved",
      approvedAt: aMonday + 3,
    });
  });

  it("names its member once it is admitted, and keeps what was approved", () => {
    const admitted = change.admit(archived, "member-1" as MemberId, aMonday + 6);
    expect(admitted).toMatchObject({
      status: "admitted",
      memberId: "member-1",
      upload,
      archived: { versionId: "a1" },
    });
    expect(admitted).not.toHaveProperty("approvedAt");
  });

  it("waits 30 days for another file when it was rejected or sent back", () => {
    expect(change.reject(reviewed, aMonday, deadlines).lapsesAt).toBe(aMonday + 30 * day);
    expect(change.askForNewFile(atChair, "chair", reasonId, aMonday, deadlines)).toMatchObject({
      status: "awaiting-upload",
      lapsesAt: aMonday + 30 * day,
      returned: { stage: "chair", reasonId },
    });
  });

  it("counts its rounds over a new file, so that an old link never fits a new round", () => {
    const again = change.receiveUpload(atChair, { versionId: "v2", sha256: "cd" }, aMonday + 9);
    expect(again).not.toHaveProperty("round");
    expect(change.askSecretariat(again, aMonday + 10, deadlines).round.number).toBe(3);
  });

  it("says what ran out when it expires", () => {
    expect(change.expire(opened, aMonday).expired).toBe("upload");
    expect(change.expire(atSecretariat, aMonday).expired).toBe("secretariat");
    expect(change.expire(atChair, aMonday).expired).toBe("chair");
  });
});

describe("A held case", () => {
  const held = change.hold(atChair, { taskId: "task-1" as TaskId, since: aMonday, reason: "STEP_FAILED" });

  it("stays in its status, and waits for the secretariat whatever it waited for", () => {
    expect(held.status).toBe("awaiting-chair");
    expect(publicStatus(held)).toBe("held");
    expect(nextActor(held)).toBe("secretariat");
  });

  it("goes on as it was when a person has resolved the task", () => {
    expect(change.release(held)).toEqual(atChair);
  });

  it("isn't held any more after any change of status", () => {
    const declined = change.decline(held, reasonId, aMonday);
    expect(declined).not.toHaveProperty("hold");
  });
});

const unanswered = {
  ...reviewed,
  confirmation: { until: aMonday + 1, source: "somewhere" },
};

describe("A case whose contact has not answered", () => {
  it("waits for the submitter, whatever the system does with the file meanwhile", () => {
    expect(nextActor(unanswered)).toBe("submitter");
    expect(nextActor(change.confirm(unanswered, aMonday))).toBe("system");
  });

  it("is gone at its moment and not before; one that was answered for never is", () => {
    expect(isGone(unanswered, aMonday)).toBe(false);
    expect(isGone(unanswered, aMonday + 1)).toBe(true);
    expect(isGone(change.confirm(unanswered, aMonday), aMonday + 1)).toBe(false);
  });

  it("forgets where the application came from once it is answered for", () => {
    const accepted = change.awaitConfirmation(unanswered, aMonday);
    expect(change.confirm(accepted, aMonday)).toMatchObject({
      status: "under-review",
      confirmation: { at: aMonday },
    });
    expect(JSON.stringify(change.confirm(accepted, aMonday))).not.toContain("somewhere");
  });
});

const everyStatus: { case: AgreementCase; actor: string; open: boolean; undecided: boolean }[] = [
  { case: opened, actor: "submitter", open: true, undecided: true },
  { case: reviewed, actor: "system", open: true, undecided: true },
  { case: change.reject(reviewed, 1, deadlines), actor: "submitter", open: true, undecided: true },
  {
    case: change.awaitConfirmation(unanswered, 1),
    actor: "submitter",
    open: true,
    undecided: true,
  },
  { case: atSecretariat, actor: "secretariat", open: true, undecided: true },
  { case: endorsed, actor: "chair", open: true, undecided: true },
  { case: atChair, actor: "chair", open: true, undecided: true },
  { case: approved, actor: "system", open: true, undecided: false },
  { case: change.admit(archived, "m" as MemberId, 1), actor: "nobody", open: false, undecided: false },
  { case: change.decline(atChair, reasonId, 1), actor: "nobody", open: false, undecided: false },
  { case: change.expire(atChair, 1), actor: "nobody", open: false, undecided: false },
  {
    case: change.close(atChair, { reason: "another-admitted" }, 1),
    actor: "nobody",
    open: false,
    undecided: false,
  },
  { case: change.withdraw(atChair, 1), actor: "nobody", open: false, undecided: false },
];

describe("A case's status", () => {
  it("has a row here, whichever it is", () => {
    const shown = everyStatus.map((row) => row.case.status);
    expect(shown.toSorted()).toEqual(Object.keys(statusRules).toSorted());
  });

  it.each(everyStatus)("$case.status: $actor acts, open is $open, undecided is $undecided", (row) => {
    expect(nextActor(row.case)).toBe(row.actor);
    expect(isClosed(row.case)).toBe(!row.open);
    expect(isUndecided(row.case)).toBe(row.undecided);
  });

  it("keeps who the case is about, from the first to the last", () => {
    const { id, caseNumber, kind, cvr, language, openedAt } = opened;
    for (const row of everyStatus)
      expect(row.case).toMatchObject({ id, caseNumber, kind, cvr, language, openedAt });
  });

  it("shows the outside nothing between the secretariat's yes and the chair's question", () => {
    expect(publicStatus(endorsed)).toBe("awaiting-chair");
  });
});
