import { describe, expect, it } from "vitest";
import { showPublicPage } from "../../functions/show-public-page/show-public-page.ts";
import { aRequest, openOffice } from "../support/office.ts";

describe("A page for everybody", () => {
  it.each([
    ["GET /", "25.000"],
    ["GET /agreements/new", "organisation.cvr"],
    ["GET /privacy", "oplysninger"],
    ["GET /accessibility", "WCAG"],
  ])("%s is shown", async (route, words) => {
    const office = await openOffice();
    const reply = await showPublicPage(aRequest(route, {}), office);
    expect(reply.outcome).toBe("shown");
    expect("page" in reply && reply.page).toContain(words);
  });

  it("that does not exist is answered with what to do", async () => {
    const office = await openOffice();
    const reply = await showPublicPage(aRequest("ANY /{proxy+}", { proxy: "wp-login.php" }), office);
    expect(reply.outcome).toBe("unknown");
    expect("page" in reply && reply.page).toContain("Gå til forsiden");
  });
});
