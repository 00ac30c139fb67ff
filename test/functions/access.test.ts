import { describe, expect, it } from "vitest";
import { offerAgreement } from "../../functions/offer-agreement/offer-agreement.ts";
import { offerUpload } from "../../functions/offer-upload/offer-upload.ts";
import { recordDecision } from "../../functions/record-decision/record-decision.ts";
import { renewDecisionLink } from "../../functions/renew-decision-link/renew-decision-link.ts";
import { resolveTask } from "../../functions/resolve-task/resolve-task.ts";
import { showCase } from "../../functions/show-case/show-case.ts";
import { showDecision } from "../../functions/show-decision/show-decision.ts";
import { showDocument } from "../../functions/show-document/show-document.ts";
import { showTask } from "../../functions/show-task/show-task.ts";
import { withdrawApplication } from "../../functions/withdraw-application/withdraw-application.ts";
import type { Reply } from "../../shared/http/reply.ts";
import type { HttpRequest } from "../../shared/http/request.ts";
import { aRequest, type Office, openOffice, secretary } from "../support/office.ts";

type Route = [route: string, answer: (request: HttpRequest, office: Office) => Promise<Reply>];

const printer = { print: async () => new Uint8Array([1]) };

/** Every route that a token opens, with the purpose of that token. */
const byStatusKey: Route[] = [
  ["GET /agreements/{key}", showCase],
  ["GET /agreements/{key}/upload", offerUpload],
  ["POST /agreements/{key}/uploads", offerUpload],
  ["POST /agreements/{key}/withdraw", withdrawApplication],
  ["GET /agreements/{key}/document", showDocument],
  [
    "GET /agreements/{key}/agreement.pdf",
    (request, office) => offerAgreement(request, { ...office, printer }),
  ],
];
const byDecisionToken: Route[] = [
  ["GET /decisions/{token}", showDecision],
  ["HEAD /decisions/{token}", showDecision],
  ["POST /decisions/{token}", recordDecision],
  ["GET /decisions/{token}/document", showDocument],
  ["GET /decisions/{token}/page-1.png", showDocument],
  ["POST /decisions/{token}/renew", renewDecisionLink],
];
const byTaskToken: Route[] = [
  ["GET /tasks/{token}", showTask],
  ["HEAD /tasks/{token}", showTask],
  ["POST /tasks/{token}", resolveTask],
];

/** A case whose scan found something, after one that waits for a decision: every kind of link has been mailed. */
async function officeWithEveryLink() {
  const office = await openOffice({ scan: "silent" });
  const { caseId, key } = await office.apply();
  const first = await office.upload(caseId, "clean");
  await office.scan(first, "NO_THREATS_FOUND");
  const { token: decision } = office.askOf(secretary);
  const second = await office.upload(caseId, "infected");
  await office.scan(second, "THREATS_FOUND");
  return { office, caseId, tokens: { status: key, decision, task: office.taskOf(secretary) } };
}

const form = { body: "decision=approve&caseCode=1234&reason=x&resolution=ask-for-new-file" };

describe.each([
  ["status", byStatusKey],
  ["decision", byDecisionToken],
  ["task", byTaskToken],
] as const)("What a %s link opens", (purpose, routes) => {
  it.each(routes)(
    "%s is refused without a token, with somebody else's and with one made for another purpose",
    async (route, answer) => {
      const { office, caseId, tokens } = await officeWithEveryLink();
      const before = office.file(caseId).head;
      const others = Object.entries(tokens).flatMap(([name, token]) => (name === purpose ? [] : [token]));
      const [keyId, linkId, mac] = tokens[purpose].split(".");
      const forged = [
        `k2.${linkId}.${mac}`,
        `${keyId}.${linkId}`,
        `${keyId}.${mac}.${linkId}`,
        `${tokens[purpose]}x`,
        "../..",
        "k1..",
        "",
      ];
      for (const token of [...others, ...forged]) {
        expect((await answer(aRequest(route, { key: token, token }, form), office)).outcome, token).toBe(
          "unknown",
        );
      }
      expect(office.file(caseId).head).toEqual(before);
    },
  );
});

describe("A link that has run out", () => {
  it.each(byDecisionToken)("of a decision is refused at %s", async (route, answer) => {
    const office = await openOffice();
    const { caseId } = await office.apply();
    await office.upload(caseId, "the agreement");
    const { token } = office.askOf(secretary);
    await office.pass(31);
    expect((await answer(aRequest(route, { token }, form), office)).outcome).toBe("gone");
    expect(office.status(caseId)).toBe("expired");
  });

  it.each(byTaskToken)("of a task is refused at %s", async (route, answer) => {
    const { office, tokens } = await officeWithEveryLink();
    await office.pass(31);
    expect((await answer(aRequest(route, { token: tokens.task }, form), office)).outcome).toBe("gone");
  });
});

describe("An applicant who asks for one upload after the other", () => {
  it("is asked to come back when the day's ceiling is reached, but can always see the page", async () => {
    const office = await openOffice({ ceilings: { "uploads-per-case": 2 } });
    const { key } = await office.apply();
    const ask = () => offerUpload(aRequest("POST /agreements/{key}/uploads", { key }), office);
    expect((await ask()).outcome).toBe("created");
    expect((await ask()).outcome).toBe("created");
    expect(await ask()).toMatchObject({ outcome: "too-many", retryAfterSeconds: expect.any(Number) });
    expect((await offerUpload(aRequest("GET /agreements/{key}/upload", { key }), office)).outcome).toBe(
      "shown",
    );
  });
});

describe("A caller who tries case codes on link after link", () => {
  it("is stopped by the address, too", async () => {
    const office = await openOffice({ ceilings: { "wrong-codes-per-address": 2 } });
    const { caseId } = await office.apply();
    await office.upload(caseId, "the agreement");
    const { token, caseCode } = office.askOf(secretary);
    const wrong = { decision: "approve", reason: "", caseCode: caseCode === "0000" ? "0001" : "0000" };
    expect((await office.post(token, wrong)).outcome).toBe("wrong-code");
    expect((await office.post(token, wrong)).outcome).toBe("wrong-code");
    expect((await office.post(token, wrong)).outcome).toBe("too-many");
    expect(office.status(caseId)).toBe("awaiting-secretariat");
  });
});
