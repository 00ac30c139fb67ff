import { describe, expect, it } from "vitest";
import { storeTaskToken } from "../../functions/store-task-token/store-task-token.ts";
import { openOffice, secretary } from "../support/office.ts";

describe("An execution that asks to be woken", () => {
  it("is woken at once when the decision is there already", async () => {
    const office = await openOffice();
    const { caseId } = await office.apply();
    const upload = await office.upload(caseId, "the agreement");
    await office.decide(secretary, "approve");
    const resumed: string[] = [];
    const workflows = {
      resume: async (token: string) => {
        resumed.push(token);
        return "resumed" as const;
      },
    };
    const input = { ...upload, wait: "secretariat", taskToken: "token-of-late" } as const;
    await storeTaskToken(input, { ...office, workflows });
    expect(resumed).toEqual(["token-of-late"]);
    expect([...office.file(caseId).waits.values()].map(({ token }) => token)).not.toContain("token-of-late");
  });
});
