import { beforeEach, describe, expect, it } from "vitest";
import { changeFiled, readFiled } from "../../shared/casework/change-file.ts";
import type { MailRecord } from "../../shared/domain/errands/mail-record.ts";
import type { AnyFile } from "../../shared/domain/files.ts";
import { findChainFault } from "../../shared/domain/filing/audit-chain.ts";
import type { SharedChange } from "../../shared/domain/filing/change.ts";
import { emptyFiled } from "../../shared/domain/filing/filed.ts";
import type { TaskRecord } from "../../shared/domain/filing/task.ts";
import {
  type MemberId,
  type Owner,
  type OwnerKind,
  ownerOf,
  type PersonId,
  type RunId,
  type TaskId,
  theOffice,
} from "../../shared/domain/owner.ts";
import {
  address,
  aMonday,
  anAdmission,
  anOpening,
  approvedAndArchived,
  entry,
} from "../support/builders/an-application.ts";
import type { RegisterWorld } from "./register-world.ts";

/** How a file of each kind comes to be. */
const beginnings: Record<OwnerKind, (world: RegisterWorld) => Promise<Owner>> = {
  case: async ({ cases }) => {
    await cases.open(anOpening());
    return ownerOf("case", anOpening().case.id);
  },
  member: async ({ cases }) => {
    await cases.open(anOpening());
    const opened = await cases.read(anOpening().case.id);
    if (!opened) throw new Error("no case");
    await cases.commit({
      read: opened,
      after: approvedAndArchived(opened.case),
      audit: [entry("ARCHIVED", aMonday)],
    });
    const read = await cases.read(opened.owner.id);
    if (!read) throw new Error("no case");
    const admission = anAdmission(read, 1);
    await cases.admit(admission);
    return ownerOf("member", admission.member.id);
  },
  run: async ({ filing }) => {
    const owner = ownerOf("run", "dues-2027" as RunId);
    const run = { id: owner.id, year: 2027, status: "planning" } as const;
    await filing.run.begin({ ...emptyFiled(owner), run }, { audit: [entry("TASK_OPENED", aMonday)] });
    return owner;
  },
  office: async ({ filing }) => {
    const office = { id: theOffice.id };
    await filing.office.begin(
      { ...emptyFiled(theOffice), office },
      { audit: [entry("SETTING_CHANGED", aMonday)] },
    );
    return theOffice;
  },
};

export const aClaim: MailRecord = {
  ledgerKey: "task-opened_1_0123456789abcdef",
  mail: "task-opened",
  step: "1",
  role: "secretary",
  subject: { taskId: "task-1" as TaskId },
  recipientHash: "0123456789abcdef",
  claimedAt: aMonday,
  state: "claimed",
};
const aTask: TaskRecord = {
  id: "task-1" as TaskId,
  reason: "MAIL_UNCERTAIN",
  cause: aClaim.ledgerKey,
  since: aMonday,
};

/** What the file of every kind of owner keeps, whatever it is made of. */
export function filedContract(kind: string, start: () => Promise<RegisterWorld>): void {
  describe.each(Object.keys(beginnings) as OwnerKind[])(`The file of a %s (${kind})`, (ownerKind) => {
    let world: RegisterWorld;
    let owner: Owner;
    beforeEach(async () => {
      world = await start();
      owner = await beginnings[ownerKind](world);
    });
    const file = async (): Promise<AnyFile> => {
      const read = await readFiled(world.filing, owner);
      if (!read) throw new Error(`no ${ownerKind}`);
      return read;
    };
    const change = (given: Partial<SharedChange> = {}) =>
      changeFiled(world.filing, owner, () => ({ audit: [entry("TASK_OPENED", aMonday)], ...given }));

    it("is read back as its owner's, with an unbroken trail", async () => {
      const read = await file();
      expect(read.owner).toEqual(owner);
      expect(read.audit.length).toBeGreaterThan(0);
      expect(findChainFault(read.head, read.audit)).toBeUndefined();
    });

    it("is not there before it began", async () => {
      const nobody = ownerOf("member", "nobody" as MemberId);
      expect(await readFiled(world.filing, nobody)).toBeUndefined();
    });

    it("takes a person, a task, a mail's line and an errand in one change", async () => {
      const before = await file();
      const person = {
        id: "person-1" as PersonId,
        role: "approver",
        email: address("sekretaer1@os2.example"),
      } as const;
      await change({
        records: [
          { type: "person", person },
          { type: "task", task: aTask },
          { type: "mail", mail: aClaim },
        ],
        errands: [{ type: "wake" }],
      });
      const read = await file();
      expect(read.persons.get(person.id)).toEqual(person);
      expect(read.tasks).toContainEqual(aTask);
      expect(read.mails).toContainEqual(aClaim);
      expect(read.outbox.map(({ type }) => type).at(-1)).toBe("wake");
      expect(read.audit).toHaveLength(before.audit.length + 1);
      expect(findChainFault(read.head, read.audit)).toBeUndefined();
    });

    it("lets one of ten changes made in the same moment through at a time, and loses none", async () => {
      const before = await file();
      await Promise.all(Array.from({ length: 5 }, () => change()));
      const read = await file();
      expect(read.audit).toHaveLength(before.audit.length + 5);
      expect(findChainFault(read.head, read.audit)).toBeUndefined();
    });

    it("lists its errands until they have been run, and finishing one twice is harmless", async () => {
      await change({ errands: [{ type: "wake" }] });
      expect(await world.outbox.ownersWithErrands()).toContainEqual(owner);
      for (const item of [...(await file()).outbox, ...(await file()).outbox])
        await world.outbox.finish(owner, item);
      expect((await file()).outbox).toEqual([]);
      expect(await world.outbox.ownersWithErrands()).not.toContainEqual(owner);
    });

    it("asks for one later run, however many errands wait, and for an earlier one where it is due sooner", async () => {
      const { outbox } = world;
      expect(await outbox.putOff(owner, aMonday + 900, aMonday)).toBe(true);
      expect(await outbox.putOff(owner, aMonday + 900, aMonday + 1)).toBe(false);
      expect(await outbox.putOff(owner, aMonday + 60, aMonday + 2)).toBe(true);
      expect(await outbox.putOff(owner, aMonday + 900, aMonday + 3)).toBe(false);
      expect(await outbox.putOff(owner, aMonday + 120, aMonday + 60)).toBe(true);
    });

    it("keeps a waiting execution's token, unless something was committed since", async () => {
      const read = await file();
      expect(await world.waits.keep(read, "v1", "token-1", aMonday)).toBe("kept");
      expect((await file()).waits.get("v1")).toEqual({ token: "token-1", storedAt: aMonday });
      await change();
      expect(await world.waits.keep(read, "v1", "token-2", aMonday)).toBe("stale");
      expect((await file()).waits.get("v1")?.token).toBe("token-1");
    });

    it("forgets a token that was used, but not the one that has replaced it", async () => {
      const read = await file();
      await world.waits.keep(read, "v1", "token-1", aMonday);
      await world.waits.keep(read, "v1", "token-2", aMonday);
      await world.waits.forget(owner, "v1", "token-1");
      expect((await file()).waits.get("v1")?.token).toBe("token-2");
      await world.waits.forget(owner, "v1", "token-2");
      expect((await file()).waits.size).toBe(0);
    });

    it("finds a change stale that was made before the mail it is about moved on, and makes it anew", async () => {
      await world.ledger.claim(owner, aClaim);
      const seen: (string | undefined)[] = [];
      await changeFiled(world.filing, owner, (read) => {
        const line = read.mails.find(({ ledgerKey }) => ledgerKey === aClaim.ledgerKey);
        seen.push(line?.state);
        if (line?.state === "delivered") return undefined;
        // As an event of SES's would, between our reading and our commit.
        moving = world.ledger.record(owner, aClaim.ledgerKey, "delivered", aMonday, "m-1");
        const refused = { ...aClaim, state: "refused" as const };
        return { audit: [entry("MAIL_REFUSED", aMonday)], records: [{ type: "mail", mail: refused }] };
      });
      await moving;
      const state = (await file()).mails.find(({ ledgerKey }) => ledgerKey === aClaim.ledgerKey)?.state;
      expect(state).toBe("delivered");
      expect(seen[0]).toBe("claimed");
    });
    let moving: Promise<void> | undefined;
  });
}
