import { beforeEach, describe, expect, it } from "vitest";
import type { CaseId, TaskId } from "../../shared/domain/agreement/agreement-case.ts";
import type { CaseFile, MailRecord } from "../../shared/domain/agreement/case-file.ts";
import { withdraw } from "../../shared/domain/agreement/transitions.ts";
import { findChainFault } from "../../shared/domain/filing/audit-chain.ts";
import type { Links } from "../../shared/ports/links.ts";
import type { CaseChange, MailLedger, Register } from "../../shared/ports/register.ts";
import {
  aarhus,
  aMonday,
  anAdmission,
  anOpening,
  approvedAndArchived,
  entry,
  odense,
} from "../support/builders/an-application.ts";

export interface RegisterWorld {
  register: Register;
  links: Links;
  ledger: MailLedger;
}

const first = "case-1" as CaseId;
const second = "case-2" as CaseId;

export const aClaim: MailRecord = {
  ledgerKey: "receipt_1_0123456789abcdef",
  mail: "receipt",
  step: "1",
  role: "contact",
  subject: {},
  recipientHash: "0123456789abcdef",
  claimedAt: aMonday,
  state: "claimed",
};

/** What every register keeps, whatever it is made of. */
export function registerContract(kind: string, start: () => Promise<RegisterWorld>): void {
  describe(`The register (${kind})`, () => {
    let world: RegisterWorld;
    beforeEach(async () => {
      world = await start();
    });

    async function fileOf(caseId: CaseId): Promise<CaseFile> {
      const file = await world.register.read(caseId);
      if (!file) throw new Error(`no case ${caseId}`);
      return file;
    }
    const touch = (read: CaseFile, change: Partial<CaseChange> = {}): CaseChange => ({
      read,
      after: read.case,
      audit: [entry("TASK_OPENED", aMonday)],
      ...change,
    });
    const withdrawn = (read: CaseFile): CaseChange => {
      if (read.case.status !== "awaiting-upload") throw new TypeError(read.case.status);
      return touch(read, { after: withdraw(read.case, aMonday), audit: [entry("WITHDRAWN", aMonday)] });
    };

    describe("opens cases", () => {
      it("reads a new case back with its people, its status link, its trail and its receipt", async () => {
        const opening = anOpening();
        expect(await world.register.open(opening)).toEqual({ kind: "opened" });
        const file = await fileOf(first);
        expect(file.case).toEqual(opening.case);
        expect(file.organisation).toEqual(opening.organisation);
        expect(file.persons.get(file.signerId)).toEqual(opening.signer);
        expect(file.persons.get(file.contactId)).toEqual(opening.contact);
        expect(file.audit.map(({ code }) => code)).toEqual(["APPLICATION_RECEIVED"]);
        expect(findChainFault(file.head, file.audit)).toBeUndefined();
        expect(file.outbox).toMatchObject([{ type: "mail", mail: "receipt", since: aMonday }]);
        expect(await world.links.find("case-1-link")).toEqual(opening.statusLink);
      });

      it("knows nothing of a case that was never opened", async () => {
        expect(await world.register.read("nobody" as CaseId)).toBeUndefined();
      });

      it("opens one of 20 applications sent at once for one CVR, and tells the others which", async () => {
        const outcomes = await Promise.all(
          Array.from({ length: 20 }, (_, rank) => world.register.open(anOpening({ id: `case-${rank}` }))),
        );
        const [opened] = await world.register.openCases();
        expect(outcomes.filter(({ kind }) => kind === "opened")).toHaveLength(1);
        expect(outcomes.filter(({ kind }) => kind !== "opened")).toEqual(
          Array(19).fill({ kind: "open-case-exists", caseId: opened }),
        );
      });

      it("takes the very same application once more for the one it has: its answer was lost", async () => {
        await world.register.open(anOpening());
        expect(await world.register.open(anOpening())).toEqual({ kind: "opened" });
        expect((await fileOf(first)).audit).toHaveLength(1);
      });

      it("lets one body be a member and a supplier", async () => {
        await world.register.open(anOpening());
        const asPartner = anOpening({ id: second, kind: "partner" });
        expect(await world.register.open(asPartner)).toEqual({ kind: "opened" });
      });

      it("gives 20 cases 20 numbers, and begins anew each year", async () => {
        const numbers = await Promise.all(
          Array.from({ length: 20 }, () => world.register.nextCaseNumber(2026)),
        );
        expect(new Set(numbers).size).toBe(20);
        expect(Math.max(...numbers)).toBe(20);
        expect(await world.register.nextCaseNumber(2027)).toBe(1);
      });
    });

    describe("commits changes", () => {
      beforeEach(async () => {
        await world.register.open(anOpening());
      });

      it("shows the change, what was recorded with it, and what is to reach the outside", async () => {
        const upload = {
          versionId: "v1",
          key: "uploads/case-1.pdf",
          sha256: "ab",
          bytes: 9,
          registeredAt: aMonday,
        };
        const round = {
          number: 1,
          stage: "secretariat" as const,
          openedAt: aMonday,
          expiresAt: aMonday + 1,
          versionId: "v1",
          sha256: "ab",
        };
        const task = { id: "task-1" as TaskId, reason: "STEP_FAILED" as const, cause: "v1", since: aMonday };
        const change = touch(await fileOf(first), {
          records: [
            { type: "upload", upload },
            { type: "round", round },
            { type: "task", task },
            { type: "mail", mail: aClaim },
          ],
          errands: [{ type: "resume", versionId: "v1" }],
        });
        expect(await world.register.commit(change)).toBe("committed");
        const file = await fileOf(first);
        expect(file).toMatchObject({ uploads: [upload], rounds: [round], tasks: [task], mails: [aClaim] });
        expect(file.outbox.map(({ type }) => type)).toEqual(["mail", "resume"]);
        expect(file.audit).toHaveLength(2);
        expect(findChainFault(file.head, file.audit)).toBeUndefined();
      });

      it("commits one of ten changes made of the same reading; the others are stale", async () => {
        const read = await fileOf(first);
        const outcomes = await Promise.all(
          Array.from({ length: 10 }, () => world.register.commit(touch(read))),
        );
        expect(outcomes.filter((outcome) => outcome === "committed")).toHaveLength(1);
        expect((await fileOf(first)).audit).toHaveLength(2);
      });

      it("takes an errand off the list, and doing so twice is harmless", async () => {
        const [receipt] = (await fileOf(first)).outbox;
        if (!receipt) throw new Error("no receipt");
        expect(await world.register.casesWithErrands()).toEqual([first]);
        await world.register.finishErrand(first, receipt);
        await world.register.finishErrand(first, receipt);
        expect((await fileOf(first)).outbox).toEqual([]);
        expect(await world.register.casesWithErrands()).toEqual([]);
      });

      it("frees the CVR when a case closes", async () => {
        await world.register.commit(withdrawn(await fileOf(first)));
        expect(await world.register.openCases()).toEqual([]);
        expect(await world.register.open(anOpening({ id: second }))).toEqual({ kind: "opened" });
      });

      it("doesn't free the next case's CVR when something is settled on a closed one", async () => {
        await world.register.commit(withdrawn(await fileOf(first)));
        await world.register.open(anOpening({ id: second }));
        expect(await world.register.commit(touch(await fileOf(first)))).toBe("committed");
        const third = anOpening({ id: "case-3" });
        expect(await world.register.open(third)).toEqual({ kind: "open-case-exists", caseId: second });
      });

      it("keeps a waiting execution's token, unless something was committed since", async () => {
        const read = await fileOf(first);
        expect(await world.register.storeTaskToken(read, "v1", "token-1", aMonday)).toBe("stored");
        expect((await fileOf(first)).waits.get("v1")).toEqual({ token: "token-1", storedAt: aMonday });
        await world.register.commit(touch(read));
        expect(await world.register.storeTaskToken(read, "v1", "token-2", aMonday)).toBe("stale");
        expect((await fileOf(first)).waits.get("v1")?.token).toBe("token-1");
      });

      it("lists a task until it is resolved", async () => {
        const task = { id: "task-1" as TaskId, reason: "STEP_FAILED" as const, cause: "v1", since: aMonday };
        await world.register.commit(touch(await fileOf(first), { records: [{ type: "task", task }] }));
        expect(await world.register.openTasks()).toEqual([{ caseId: first, task }]);
        const resolved = { ...task, resolved: { resolution: "retry" as const, at: aMonday } };
        await world.register.commit(
          touch(await fileOf(first), { records: [{ type: "task", task: resolved }] }),
        );
        expect(await world.register.openTasks()).toEqual([]);
        expect((await fileOf(first)).tasks).toEqual([resolved]);
      });

      it("finds a change stale that was made before the mail it is about moved on", async () => {
        await world.ledger.claim(first, aClaim);
        const read = await fileOf(first);
        await world.ledger.record(first, aClaim.ledgerKey, "delivered", aMonday, "m-1");
        const refused = { ...aClaim, state: "refused" as const };
        const change = touch(read, { records: [{ type: "mail", mail: refused }] });
        expect(await world.register.commit(change)).toBe("stale");
        expect((await fileOf(first)).mails).toMatchObject([{ state: "delivered", messageId: "m-1" }]);
      });
    });

    describe("admits members", () => {
      async function approved(id: CaseId, cvr = aarhus): Promise<CaseFile> {
        await world.register.open(anOpening({ id, cvr }));
        const read = await fileOf(id);
        await world.register.commit(
          touch(read, { after: approvedAndArchived(read.case), audit: [entry("ARCHIVED", aMonday)] }),
        );
        return fileOf(id);
      }

      it("makes the member, its dues line and the closed case in one step", async () => {
        const number = await world.register.nextInvoiceNumber();
        const admission = anAdmission(await approved(first), number);
        expect(number).toBe(1);
        expect(await world.register.admit(admission)).toBe("committed");
        expect(await world.register.findMember("member", aarhus)).toEqual(admission.member);
        expect(await world.register.findMember("partner", aarhus)).toBeUndefined();
        expect(await world.register.duesLines(admission.member.id)).toEqual([admission.dues]);
        expect(await world.register.members()).toEqual([admission.member]);
        expect((await fileOf(first)).case.status).toBe("admitted");
        expect(await world.register.nextInvoiceNumber()).toBe(2);
        expect(await world.register.openCases()).toEqual([]);
      });

      it("lets two admissions race for one invoice number: one gets it, the other looks again", async () => {
        const files = [await approved(first), await approved(second, odense)];
        const outcomes = await Promise.all(files.map((file) => world.register.admit(anAdmission(file, 1))));
        expect(outcomes.toSorted()).toEqual(["committed", "stale"]);
        const loser = files[outcomes.indexOf("stale")];
        if (!loser) throw new Error("nobody lost");
        expect(await world.register.admit(anAdmission(loser, 2))).toBe("committed");
        expect(await world.register.nextInvoiceNumber()).toBe(3);
      });

      it("admits once, however often it is asked", async () => {
        const file = await approved(first);
        const outcomes = await Promise.all(
          Array.from({ length: 5 }, () => world.register.admit(anAdmission(file, 1))),
        );
        expect(outcomes.filter((outcome) => outcome === "committed")).toHaveLength(1);
        expect(await world.register.members()).toHaveLength(1);
      });

      it("takes no number for a line that can't be invoiced", async () => {
        const admission = anAdmission(await approved(first), 1);
        if (!admission.dues) throw new Error("no dues");
        const dues = { ...admission.dues, state: { kind: "not-invoice-ready", missing: "GLN" } as const };
        expect(await world.register.admit({ ...admission, dues })).toBe("committed");
        expect(await world.register.nextInvoiceNumber()).toBe(1);
      });

      it("never makes two members of one CVR", async () => {
        const [one, other] = [await approved(first), await approved(second, odense)];
        await world.register.admit(anAdmission(one, 1));
        const merged = { ...other, organisation: { ...other.organisation, cvr: aarhus } };
        expect(await world.register.admit(anAdmission(merged, 2))).toBe("already-member");
        expect(await world.register.members()).toHaveLength(1);
        expect(await world.register.nextInvoiceNumber()).toBe(2);
      });

      it("refuses an application of somebody who is a member already", async () => {
        await world.register.admit(anAdmission(await approved(first), 1));
        expect(await world.register.open(anOpening({ id: second }))).toEqual({ kind: "already-member" });
      });
    });
  });
}
