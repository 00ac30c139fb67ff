import { describe, expect, it } from "vitest";
import { showPublicPage } from "../../functions/show-public-page/show-public-page.ts";
import { aRequest, openOffice } from "../support/office.ts";

describe("A page for everybody", () => {
  it.each([
    ["GET /", "25.000"],
    ["GET /agreements/new?kind=member", "organisation.gln"],
    ["GET /agreements/new?kind=partner", "Virksomhedens navn"],
    ["GET /privacy", "oplysninger"],
    ["GET /accessibility", "WCAG"],
  ])("%s is shown", async (route, words) => {
    const office = await openOffice();
    const [bare = "", query = ""] = route.split("?");
    const reply = await showPublicPage({ ...aRequest(bare, {}), query: new URLSearchParams(query) }, office);
    expect(reply.outcome).toBe("shown");
    expect("page" in reply && reply.page).toContain(words);
  });

  it.each(["", "kind=", "kind=sponsor", "kind=toString"])(
    "with the form of a kind that there is none of (%j) leads to the doors",
    async (query) => {
      const office = await openOffice();
      const request = { ...aRequest("GET /agreements/new", {}), query: new URLSearchParams(query) };
      expect(await showPublicPage(request, office)).toEqual({ outcome: "see-other", location: "/" });
    },
  );

  it("that does not exist is answered with what to do", async () => {
    const office = await openOffice();
    const reply = await showPublicPage(aRequest("ANY /{proxy+}", { proxy: "wp-login.php" }), office);
    expect(reply.outcome).toBe("unknown");
    expect("page" in reply && reply.page).toContain("Gå til forsiden");
  });
});
