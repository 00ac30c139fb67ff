import { beforeEach, describe, expect, it } from "vitest";
import { isUnconfirmed } from "../../shared/domain/agreement/agreement-case.ts";
import type { CaseFile } from "../../shared/domain/agreement/case-file.ts";
import { confirm, withdraw } from "../../shared/domain/agreement/transitions.ts";
import { findChainFault } from "../../shared/domain/filing/audit-chain.ts";
import type { CaseId } from "../../shared/domain/owner.ts";
import type { Commit } from "../../shared/ports/filing.ts";
import { aarhus, address, aMonday, anOpening, entry } from "../support/builders/an-application.ts";
import { openedFile, type RegisterWorld } from "./register-world.ts";

const first = "case-1" as CaseId;
const second = "case-2" as CaseId;

/** What every register keeps, whatever it is made of. */
export function casesContract(kind: string, start: () => Promise<RegisterWorld>): void {
  describe(`The register of cases (${kind})`, () => {
    let world: RegisterWorld;
    beforeEach(async () => {
      world = await start();
    });

    const fileOf = (caseId: CaseId) => openedFile(world, caseId);
    const touch = (read: CaseFile, change: Partial<Commit<"case">> = {}): Commit<"case"> => ({
      read,
      after: read.case,
      audit: [entry("TASK_OPENED", aMonday)],
      ...change,
    });
    const withdrawn = (read: CaseFile): Commit<"case"> => {
      if (read.case.status !== "awaiting-upload") throw new TypeError(read.case.status);
      return touch(read, { after: withdraw(read.case, aMonday), audit: [entry("WITHDRAWN", aMonday)] });
    };

    describe("opens cases", () => {
      it("reads a new case back with its people, its status link, its trail and its receipt", async () => {
        const opening = anOpening();
        expect(await world.cases.open(opening)).toEqual({ kind: "opened" });
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
        expect(await world.cases.read("nobody" as CaseId)).toBeUndefined();
      });

      it("opens one of 20 applications sent at once for one CVR, and tells the others which", async () => {
        const outcomes = await Promise.all(
          Array.from({ length: 20 }, (_, rank) => world.cases.open(anOpening({ id: `case-${rank}` }))),
        );
        const [opened] = await world.cases.openCases();
        expect(outcomes.filter(({ kind }) => kind === "opened")).toHaveLength(1);
        expect(outcomes.filter(({ kind }) => kind !== "opened")).toEqual(
          Array(19).fill({ kind: "open-case-exists", caseId: opened }),
        );
      });

      it("takes the very same application once more for the one it has: its answer was lost", async () => {
        await world.cases.open(anOpening());
        expect(await world.cases.open(anOpening())).toEqual({ kind: "opened" });
        expect((await fileOf(first)).audit).toHaveLength(1);
      });

      it("lets one body be a member and a supplier", async () => {
        await world.cases.open(anOpening());
        const asPartner = anOpening({ id: second, kind: "partner" });
        expect(await world.cases.open(asPartner)).toEqual({ kind: "opened" });
      });

      it("gives 20 cases 20 numbers, and begins anew each year", async () => {
        const numbers = await Promise.all(Array.from({ length: 20 }, () => world.cases.nextCaseNumber(2026)));
        expect(new Set(numbers).size).toBe(20);
        expect(Math.max(...numbers)).toBe(20);
        expect(await world.cases.nextCaseNumber(2027)).toBe(1);
      });
    });

    describe("keeps applications that nobody has answered for", () => {
      const unconfirmed = (id: CaseId, email?: string) =>
        anOpening({ id, confirmed: false, ...(email !== undefined && { email }) });
      const applying = { kind: "member", cvr: aarhus, contact: address("soeren@aarhus.example") } as const;
      const confirming = (read: CaseFile): Commit<"case"> => {
        if (!isUnconfirmed(read.case)) throw new TypeError("confirmed before");
        return {
          read,
          after: confirm(read.case, aMonday + 1),
          audit: [entry("CONTACT_CONFIRMED", aMonday + 1)],
        };
      };

      it("side by side, out of the way of everybody else, and lists them by contact", async () => {
        await world.cases.open(unconfirmed(first));
        await world.cases.open(unconfirmed(second));
        expect(await world.cases.open(unconfirmed(first))).toEqual({ kind: "opened" });
        expect((await world.cases.unconfirmedBeside(applying)).toSorted()).toEqual([first, second]);
        expect(await world.cases.standing(applying)).toEqual({ kind: "free" });
        expect(await world.cases.openCases()).toEqual([]);
        expect(await world.cases.openFor(applying)).toEqual([]);
      });

      it("confirms one of several for the same contact, also when all are confirmed at once", async () => {
        await world.cases.open(unconfirmed(first));
        await world.cases.open(unconfirmed(second));
        const files = [await fileOf(first), await fileOf(second)];
        const outcomes = await Promise.all(files.map((file) => world.cases.confirm(confirming(file))));
        const winner = files[outcomes.indexOf("committed")]?.owner.id;
        expect(outcomes.filter((outcome) => outcome === "committed")).toHaveLength(1);
        expect(outcomes).toContainEqual({ kind: "open-case-exists", caseId: winner });
        expect(await world.cases.standing(applying)).toEqual({ kind: "open-case-exists", caseId: winner });
        expect(await world.cases.openCases()).toEqual([winner]);
        expect(await world.cases.openFor(applying)).toEqual([winner]);
        expect(await world.cases.unconfirmedBeside(applying)).toEqual(
          files.map(({ owner }) => owner.id).filter((id) => id !== winner),
        );
      });

      it("confirms for two contacts of one body: nobody can occupy a CVR number", async () => {
        await world.cases.open(unconfirmed(first));
        await world.cases.open(unconfirmed(second, "another@aarhus.example"));
        for (const id of [first, second])
          expect(await world.cases.confirm(confirming(await fileOf(id)))).toBe("committed");
        expect((await world.cases.openFor(applying)).toSorted()).toEqual([first, second]);
      });

      it("confirms on what was read and nothing else", async () => {
        await world.cases.open(unconfirmed(first));
        const read = await fileOf(first);
        await world.cases.commit(touch(read));
        expect(await world.cases.confirm(confirming(read))).toBe("stale");
      });

      it("lets a withdrawal before the answer free nobody else's place", async () => {
        await world.cases.open(unconfirmed(first));
        await world.cases.open(unconfirmed(second));
        await world.cases.confirm(confirming(await fileOf(second)));
        expect(await world.cases.commit(withdrawn(await fileOf(first)))).toBe("committed");
        expect(await world.cases.standing(applying)).toEqual({ kind: "open-case-exists", caseId: second });
      });

      it("opens one case of a request that comes twice at once, and another a day later", async () => {
        const repeat = { keyHash: "k", bodyHash: "b", until: aMonday + 24 * 60 * 60 * 1000 };
        const ids = [first, second];
        const outcomes = await Promise.all(ids.map((id) => world.cases.open({ ...unconfirmed(id), repeat })));
        const opened = ids[outcomes.findIndex(({ kind }) => kind === "opened")];
        expect(outcomes).toContainEqual({ kind: "repeated", caseId: opened, bodyHash: "b" });
        expect(await world.cases.repeated("k", aMonday)).toEqual({ caseId: opened, bodyHash: "b" });
        expect(await world.cases.repeated("k", repeat.until)).toBeUndefined();
        expect(await world.cases.repeated("another", aMonday)).toBeUndefined();
        const next = anOpening({ id: "case-3", confirmed: false, now: repeat.until });
        const later = { ...repeat, until: repeat.until + 1 };
        expect(await world.cases.open({ ...next, repeat: later })).toEqual({ kind: "opened" });
      });

      it("lists those that are gone when their time is up, and clears one away with everything in it", async () => {
        await world.cases.open(unconfirmed(first));
        await world.cases.open(anOpening({ id: second, confirmed: false, now: aMonday + 1 }));
        const due = aMonday + 7 * 24 * 60 * 60 * 1000;
        expect(await world.cases.gone(due - 1, 10)).toEqual([]);
        expect(await world.cases.gone(due, 10)).toEqual([first]);
        expect(await world.cases.gone(due + 1, 1)).toEqual([first]);
        const read = await fileOf(first);
        await world.cases.commit(touch(read));
        expect(await world.cases.discard(read)).toBe("stale");
        expect(await world.cases.discard(await fileOf(first))).toBe("discarded");
        expect(await world.cases.read(first)).toBeUndefined();
        expect(await world.cases.gone(due + 1, 10)).toEqual([second]);
        expect(await world.cases.unconfirmedBeside(applying)).toEqual([second]);
      });
    });

    describe("commits changes", () => {
      beforeEach(async () => {
        await world.cases.open(anOpening());
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
        const change = touch(await fileOf(first), {
          records: [
            { type: "upload", upload },
            { type: "round", round },
          ],
          errands: [{ type: "wake" }, { type: "start" }],
        });
        expect(await world.cases.commit(change)).toBe("committed");
        const file = await fileOf(first);
        expect(file).toMatchObject({ uploads: [upload], rounds: [round] });
        expect(file.outbox.map(({ type }) => type)).toEqual(["mail", "wake", "start"]);
        expect(file.audit).toHaveLength(2);
        expect(findChainFault(file.head, file.audit)).toBeUndefined();
      });

      it("frees the CVR when a case closes", async () => {
        await world.cases.commit(withdrawn(await fileOf(first)));
        expect(await world.cases.openCases()).toEqual([]);
        expect(await world.cases.open(anOpening({ id: second }))).toEqual({ kind: "opened" });
      });

      it("doesn't free the next case's CVR when something is settled on a closed one", async () => {
        await world.cases.commit(withdrawn(await fileOf(first)));
        await world.cases.open(anOpening({ id: second }));
        expect(await world.cases.commit(touch(await fileOf(first)))).toBe("committed");
        const third = anOpening({ id: "case-3" });
        expect(await world.cases.open(third)).toEqual({ kind: "open-case-exists", caseId: second });
      });
    });
  });
}
