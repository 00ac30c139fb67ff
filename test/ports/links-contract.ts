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
  wrongCodes: 0,
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

    it("counts every one of 20 wrong codes typed at once", async () => {
      const links = await start();
      await links.put(link);
      const counts = await Promise.all(Array.from({ length: 20 }, () => links.countWrongCode(link)));
      expect(counts.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, rank) => rank + 1));
      expect(await links.find("hash-1")).toEqual({ ...link, wrongCodes: 20 });
    });
  });
}
