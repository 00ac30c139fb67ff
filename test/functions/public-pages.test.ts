import { describe, expect, it } from "vitest";
import { showPublicPage } from "../../functions/show-public-page/show-public-page.ts";
import { aRequest, openOffice } from "../support/office.ts";

describe("A page for everybody", () => {
  it.each([
    ["GET /", "25.000"],
    ["HEAD /", "25.000"],
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

  it("of the form is empty, whatever an address says that it should be filled in with", async () => {
    const office = await openOffice();
    const query = new URLSearchParams({
      kind: "member",
      "organisation.name": "Lokkeby",
      "contact.email": "x@y.dk",
    });
    const reply = await showPublicPage({ ...aRequest("GET /agreements/new", {}), query }, office);
    expect(reply.outcome).toBe("shown");
    expect("page" in reply && reply.page).not.toContain("Lokkeby");
    expect("page" in reply && reply.page).not.toContain("x@y.dk");
  });

  it.each([
    "//evil.example/login",
    "/\\evil.example",
    "///evil.example",
    "/\t/evil.example",
    "\\\\evil.example",
  ])("asked for as %j has no link that leads to another site", async (path) => {
    const office = await openOffice();
    const reply = await showPublicPage({ ...aRequest("ANY /{proxy+}", {}), path }, office);
    const page = "page" in reply ? reply.page : "";
    const links = [...page.matchAll(/(?:href|action)="([^"]*)"/g)].map(([, link = ""]) => link);
    const leadingAway = links
      .filter((link) => !link.startsWith("mailto:"))
      .filter((link) => new URL(link, "https://aftale.example").origin !== "https://aftale.example");
    expect(links.length).toBeGreaterThan(5);
    expect(leadingAway).toEqual([]);
  });

  it("that does not exist is answered with what to do", async () => {
    const office = await openOffice();
    for (const request of [aRequest("ANY /{proxy+}", { proxy: "wp-login.php" }), aRequest("ANY /", {})]) {
      const reply = await showPublicPage(request, office);
      expect(reply.outcome).toBe("unknown");
      expect("page" in reply && reply.page).toContain("Gå til forsiden");
    }
  });
});
