import { describe, expect, it } from "vitest";
import { isForeignOrigin, originOf } from "../../shared/http/request.ts";
import { aRequest } from "../support/office.ts";

const ours = "https://aftale.os2.eu";
const old = "abc123.execute-api.eu-north-1.amazonaws.com";
const posted = (origin: string | undefined, host = "aftale.os2.eu") =>
  aRequest("POST /decisions/{token}", { token: "t" }, { host, ...(origin !== undefined && { origin }) });

describe("where a form may be posted from", () => {
  it.each([
    ["our own page", posted(ours)],
    ["a program, which says nothing", posted(undefined)],
    [
      "a page at the API's own address, where links lead that were mailed before we had a name",
      posted(`https://${old}`, old),
    ],
    ["our own page, to the API's own address", posted(ours, old)],
  ])("%s", (_, request) => {
    expect(isForeignOrigin(request, ours)).toBe(false);
  });

  it.each([
    ["another site", posted("https://evil.example")],
    ["a page without an origin", posted("null")],
    ["our name without TLS", posted("http://aftale.os2.eu")],
    ["the API's own address, when the request came to ours", posted(`https://${old}`)],
  ])("not %s", (_, request) => {
    expect(isForeignOrigin(request, ours)).toBe(true);
  });

  it("a page keeps to the address it was opened at", () => {
    expect(originOf(posted(undefined), ours)).toBe(ours);
    expect(originOf(posted(undefined, old), ours)).toBe(`https://${old}`);
    expect(originOf(posted(undefined, "127.0.0.1:3000"), "http://127.0.0.1:3000")).toBe(
      "http://127.0.0.1:3000",
    );
  });
});
