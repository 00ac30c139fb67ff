import { describe, expect, it } from "vitest";
import type { DecisionLink } from "../../shared/domain/approval/link.ts";
import { type CaseId, ownerOf } from "../../shared/domain/owner.ts";
import type { Links } from "../../shared/ports/links.ts";
import { address, aMonday } from "../support/builders/an-application.ts";

const link: DecisionLink = {
  purpose: "decision",
  linkHash: "hash-1",
  owner: ownerOf("case", "case-1" as CaseId),
  issuedAt: aMonday,
  round: 1,
  sha256: "ab",
  recipient: { role: "secretary", address: address("sekretaer1@os2.example") },
  expiresAt: aMonday + 1,
};

/** What every store of links keeps. */
export function linksContract(kind: string, start: () => Promise<Links>): void {
  describe(`Mailed links (${kind})`, () => {
    it("finds a link by the hash of its id, with everything it is bound to", async () => {
      const links = await start();
      await links.put(link);
      expect(await links.find("hash-1")).toEqual(link);
      expect(await links.find("hash-2")).toBeUndefined();
    });

    it("keeps a link that is put once more after a lost answer", async () => {
      const links = await start();
      await links.put(link);
      await links.put(link);
      expect(await links.find("hash-1")).toEqual(link);
    });
  });
}
