import { describe, expect, it } from "vitest";
import { startClock } from "../../../../embedded-aws/clock/clock.ts";
import { DynamoDbCases } from "../../../../shared/adapters/aws/dynamodb/cases.ts";
import { dynamoDbFiling } from "../../../../shared/adapters/aws/dynamodb/shelf.ts";
import { newIdFrom } from "../../../../shared/adapters/aws/new-id.ts";
import { tryCode } from "../../../../shared/casework/try-code.ts";
import type { DecisionLink } from "../../../../shared/domain/approval/link.ts";
import { ownerOf } from "../../../../shared/domain/owner.ts";
import { aTable } from "../../../support/a-table.ts";
import { address, aMonday, anOpening } from "../../../support/builders/an-application.ts";
import { localSettings } from "../../../support/fakes/fixed-settings.ts";
import { linkTokensOfTests } from "../../../support/fakes/link-tokens-of-tests.ts";
import { MemoryLimits } from "../../../support/fakes/memory-limits.ts";
import { seededChance } from "../../../support/fakes/seeded-chance.ts";

describe("Codes typed at once on one link, in the real table", () => {
  it("are in a row: of 30 wrong ones and a right one five are written down, and the link is locked once", async () => {
    const table = await aTable();
    const opening = anOpening();
    await new DynamoDbCases(table).open(opening);
    const filing = dynamoDbFiling(table);
    const tokens = linkTokensOfTests();
    const { token, linkHash } = await tokens.mint("decision");
    const link: DecisionLink = {
      ...{ purpose: "decision", linkHash, owner: ownerOf("case", opening.case.id), issuedAt: aMonday },
      ...{ round: 1, sha256: "ab", expiresAt: aMonday + 1 },
      recipient: { role: "secretary", address: address("sekretaer1@os2.example") },
    };
    const right = await tokens.caseCode(token);
    const wrong = Array.from({ length: 31 }, (_, guess) => String(guess).padStart(4, "0"))
      .filter((guess) => guess !== right)
      .slice(0, 30);
    const dependencies = {
      ...{ filing, tokens, limits: new MemoryLimits(), newId: newIdFrom(seededChance("codes")) },
      clock: startClock({ mode: "still", startMs: aMonday }),
    };
    const decided = { code: "APPROVED", at: aMonday, actor: "system", details: {} } as const;
    const tried = (caseCode: string) =>
      tryCode<"case", "decided" | "over">(
        { link, token, caseCode, address: "203.0.113.7" },
        localSettings.people,
        (file) =>
          file.audit.some(({ code }) => code === "LINK_LOCKED" || code === "APPROVED")
            ? { outcome: "over" }
            : { change: { audit: [decided] }, outcome: "decided" },
        dependencies,
      );
    const answers = await Promise.all([...wrong, right].map(tried));
    const file = await filing.case.read(opening.case.id);
    const count = (code: string) => file?.audit.filter((event) => event.code === code).length;
    const told = answers.filter((answer) => answer !== "no-such-file" && answer.kind === "wrong-code");
    expect(told.length).toBe(count("WRONG_CASE_CODE"));
    expect(told.length).toBeLessThanOrEqual(5);
    expect((count("APPROVED") ?? 0) + (count("LINK_LOCKED") ?? 0)).toBe(1);
  });
});
