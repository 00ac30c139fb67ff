import { beforeEach, describe, expect, it } from "vitest";
import type { CaseFile } from "../../shared/domain/agreement/case-file.ts";
import { payerOf } from "../../shared/domain/dues/invoice-readiness.ts";
import type { CaseId } from "../../shared/domain/owner.ts";
import {
  aarhus,
  aMonday,
  anAdmission,
  anOpening,
  approvedAndArchived,
  entry,
  odense,
} from "../support/builders/an-application.ts";
import { localSettings } from "../support/fakes/fixed-settings.ts";
import { openedFile, type RegisterWorld } from "./register-world.ts";

const first = "case-1" as CaseId;
const second = "case-2" as CaseId;

/** What every register keeps of admissions, whatever it is made of. */
export function admissionsContract(kind: string, start: () => Promise<RegisterWorld>): void {
  describe(`The register of cases (${kind}) admits members`, () => {
    let world: RegisterWorld;
    beforeEach(async () => {
      world = await start();
    });

    async function approved(id: CaseId, cvr = aarhus): Promise<CaseFile> {
      await world.cases.open(anOpening({ id, cvr }));
      const read = await openedFile(world, id);
      await world.cases.commit({
        read,
        after: approvedAndArchived(read.case),
        audit: [entry("ARCHIVED", aMonday)],
      });
      return openedFile(world, id);
    }

    it("makes the member, its dues line and the closed case in one step", async () => {
      const number = await world.invoiceNumbers.next();
      const admission = anAdmission(await approved(first), number);
      expect(number).toBe(1);
      expect(await world.cases.admit(admission)).toBe("committed");
      expect(await world.members.find("member", aarhus)).toEqual(admission.member);
      expect(await world.members.find("partner", aarhus)).toBeUndefined();
      expect(await world.members.read(admission.member.id)).toMatchObject({
        member: admission.member,
        contactId: admission.contact.id,
        dues: [admission.dues],
        tasks: [{ reason: "INVOICE_TO_HAND_OVER", cause: "1" }],
        outbox: [
          { mail: "welcome" },
          { type: "file-invoice", invoiceNumber: 1 },
          { mail: "task-opened", to: { role: "secretary" } },
          { mail: "task-opened", to: { role: "secretary" } },
        ],
      });
      expect(await world.members.all()).toEqual([admission.member]);
      expect((await openedFile(world, first)).case).toMatchObject({
        status: "admitted",
        archived: { versionId: "a1" },
      });
      expect(await world.invoiceNumbers.next()).toBe(2);
      expect(await world.cases.openCases()).toEqual([]);
    });

    it("lets two admissions race for one invoice number: one gets it, the other looks again", async () => {
      const files = [await approved(first), await approved(second, odense)];
      const outcomes = await Promise.all(files.map((file) => world.cases.admit(anAdmission(file, 1))));
      expect(outcomes.toSorted()).toEqual(["committed", "stale"]);
      const loser = files[outcomes.indexOf("stale")];
      if (!loser) throw new Error("nobody lost");
      expect(await world.cases.admit(anAdmission(loser, 2))).toBe("committed");
      expect(await world.invoiceNumbers.next()).toBe(3);
    });

    it("admits once, however often it is asked", async () => {
      const file = await approved(first);
      const outcomes = await Promise.all(
        Array.from({ length: 5 }, () => world.cases.admit(anAdmission(file, 1))),
      );
      expect(outcomes.filter((outcome) => outcome === "committed")).toHaveLength(1);
      expect(await world.members.all()).toHaveLength(1);
    });

    it("takes no number for a line that can't be invoiced", async () => {
      const file = await approved(first);
      const { gln: _, ...organisation } = file.organisation;
      const admission = anAdmission({ ...file, organisation }, 1);
      expect(await world.cases.admit(admission)).toBe("committed");
      expect(await world.invoiceNumbers.next()).toBe(1);
    });

    it("gives a waiting line its number in the change that charges it: of two in a race one looks again", async () => {
      const waits = async (id: CaseId, cvr: typeof aarhus) => {
        const file = await approved(id, cvr);
        const { gln: _, ...organisation } = file.organisation;
        const admission = anAdmission({ ...file, organisation }, 1);
        await world.cases.admit(admission);
        const read = await world.members.read(admission.member.id);
        const [waiting] = read?.dues ?? [];
        if (!read || !waiting || localSettings.payee.kind !== "confirmed") throw new Error("nothing waits");
        return { read, waiting, payee: localSettings.payee.payee };
      };
      const lines = [await waits(first, aarhus), await waits(second, odense)];
      const charge = async ({ read, waiting, payee }: (typeof lines)[number], invoiceNumber: number) =>
        world.members.commit({
          read,
          audit: [entry("TASK_RESOLVED", aMonday)],
          records: [
            {
              type: "dues-line",
              line: {
                ...waiting,
                state: {
                  kind: "issued",
                  invoiceNumber,
                  payee,
                  payer: payerOf(read.member, { name: "Bo Prøve" }),
                  delivery: { state: "to-hand-over" },
                },
              },
            },
          ],
        });
      const outcomes = await Promise.all(lines.map((line) => charge(line, 1)));
      expect(outcomes.toSorted()).toEqual(["committed", "stale"]);
      const loser = lines[outcomes.indexOf("stale")];
      if (!loser) throw new Error("nobody lost");
      expect(await charge(loser, 2)).toBe("committed");
      expect(await world.invoiceNumbers.next()).toBe(3);
      const issued = await world.members.read(loser.read.owner.id);
      expect(issued?.dues).toMatchObject([{ state: { invoiceNumber: 2, payee: loser.payee } }]);
    });

    it("takes no second number when an invoice's line is written again", async () => {
      const admission = anAdmission(await approved(first), 1);
      await world.cases.admit(admission);
      const read = await world.members.read(admission.member.id);
      const [line] = read?.dues ?? [];
      if (!read || !line) throw new Error("no line");
      const again = { read, audit: [entry("TASK_RESOLVED", aMonday)] as const };
      const records = [{ type: "dues-line" as const, line }];
      expect(await world.members.commit({ ...again, records })).toBe("committed");
      expect(await world.invoiceNumbers.next()).toBe(2);
    });

    it("never makes two members of one CVR", async () => {
      const [one, other] = [await approved(first), await approved(second, odense)];
      await world.cases.admit(anAdmission(one, 1));
      const merged = { ...other, organisation: { ...other.organisation, cvr: aarhus } };
      expect(await world.cases.admit(anAdmission(merged, 2))).toBe("already-member");
      expect(await world.members.all()).toHaveLength(1);
      expect(await world.invoiceNumbers.next()).toBe(2);
    });

    it("refuses an application of somebody who is a member already", async () => {
      await world.cases.admit(anAdmission(await approved(first), 1));
      expect(await world.cases.open(anOpening({ id: second }))).toEqual({ kind: "already-member" });
    });
  });
}
