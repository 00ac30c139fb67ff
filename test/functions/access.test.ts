import { describe, expect, it } from "vitest";
import { actOnRun } from "../../functions/act-on-run/act-on-run.ts";
import { confirmation } from "../../functions/confirm-contact/confirm-contact.ts";
import { offerAgreement } from "../../functions/offer-agreement/offer-agreement.ts";
import { offerUpload } from "../../functions/offer-upload/offer-upload.ts";
import { prefillApplication } from "../../functions/prefill-application/prefill-application.ts";
import { recordDecision } from "../../functions/record-decision/record-decision.ts";
import { renewLink } from "../../functions/renew-link/renew-link.ts";
import { resolveTask } from "../../functions/resolve-task/resolve-task.ts";
import { showCase } from "../../functions/show-case/show-case.ts";
import { showConfirmation } from "../../functions/show-confirmation/show-confirmation.ts";
import { showDecision } from "../../functions/show-decision/show-decision.ts";
import { showDocument } from "../../functions/show-document/show-document.ts";
import { showRunFile } from "../../functions/show-run-file/show-run-file.ts";
import { showTask } from "../../functions/show-task/show-task.ts";
import { withdrawApplication } from "../../functions/withdraw-application/withdraw-application.ts";
import type { Reply } from "../../shared/http/reply.ts";
import type { HttpRequest } from "../../shared/http/request.ts";
import { ROUTES, type Route } from "../../shared/http/routes.ts";
import { aRequest, type Office, openOffice, secretary } from "../support/office.ts";

type Answer = (request: HttpRequest, office: Office) => Promise<Reply>;
/** Every route that a token opens: one that is added without its line here doesn't compile. */
type TokenRoute = Extract<Route, `${string}{key}${string}` | `${string}{token}${string}`>;

const printer = { print: async () => new Uint8Array([1]) };

/** A run's link decides as a case's does, and leads to no case. */
interface Tokens {
  status: string;
  confirmation: string;
  decision: string;
  run: string;
  task: string;
}

/** With the purpose of that token. */
const doors: Record<TokenRoute, [purpose: keyof Tokens, answer: Answer]> = {
  [ROUTES.status]: ["status", showCase],
  [ROUTES.uploadPage]: ["status", offerUpload],
  [ROUTES.uploadPolicy]: ["status", offerUpload],
  [ROUTES.applyAgain]: ["status", prefillApplication],
  [ROUTES.withdraw]: ["status", withdrawApplication],
  [ROUTES.ownDocument]: ["status", showDocument],
  [ROUTES.agreement]: ["status", (request, office) => offerAgreement(request, { ...office, printer })],
  [ROUTES.decision]: ["decision", showDecision],
  [ROUTES.decisionHead]: ["decision", showDecision],
  [ROUTES.decide]: ["decision", recordDecision],
  [ROUTES.renew]: ["decision", renewLink],
  [ROUTES.decisionDocument]: ["decision", showDocument],
  [ROUTES.decisionPageImage]: ["decision", showDocument],
  [ROUTES.askConfirmationAgain]: ["status", confirmation],
  [ROUTES.confirmation]: ["confirmation", showConfirmation],
  [ROUTES.confirmationHead]: ["confirmation", showConfirmation],
  [ROUTES.confirm]: ["confirmation", confirmation],
  [ROUTES.planFile]: ["run", showRunFile],
  [ROUTES.stopRun]: ["run", actOnRun],
  [ROUTES.handedOver]: ["run", actOnRun],
  [ROUTES.task]: ["task", showTask],
  [ROUTES.taskHead]: ["task", showTask],
  [ROUTES.resolveTask]: ["task", resolveTask],
  [ROUTES.renewTask]: ["task", renewLink],
};
const openedBy = (wanted: string) =>
  Object.entries(doors).flatMap(([route, [purpose, answer]]): [string, Answer][] =>
    purpose === wanted ? [[route, answer]] : [],
  );

/** A case whose scan found something, after one that waits for a decision: every kind of link has been mailed. */
async function officeWithEveryLink() {
  const office = await openOffice({ scan: "silent" });
  const { caseId, key } = await office.apply();
  const first = await office.upload(caseId, "clean");
  await office.scan(first, "NO_THREATS_FOUND");
  const { token: decision } = office.askOf(secretary);
  const second = await office.upload(caseId, "infected");
  await office.scan(second, "THREATS_FOUND");
  const tokens: Tokens = {
    status: key,
    confirmation: office.confirmationOf(caseId),
    decision,
    // Made as a decision's is, and bound to nothing: no run has begun.
    run: (await office.tokens.mint("decision")).token,
    task: office.taskOf(secretary),
  };
  return { office, caseId, tokens };
}

const form = { body: "decision=approve&caseCode=1234&reason=x&resolution=ask-for-new-file" };

describe("What a mailed link opens", () => {
  it.each(Object.entries(doors))(
    "%s is refused without a token, with somebody else's and with one made for another purpose",
    async (route, [purpose, answer]) => {
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
      expect((await answer(aRequest(route, {}, form), office)).outcome).toBe("unknown");
      expect(office.file(caseId).head).toEqual(before);
    },
  );

  it.each(Object.entries(doors))(
    "%s shows a stranger's case to nobody who holds a link to another",
    async (route, [purpose, answer]) => {
      const { office, tokens } = await officeWithEveryLink();
      const stranger = await openOffice();
      // Another office's register and keys: a token that is good there is nobody's here.
      const reply = await answer(
        aRequest(route, { key: tokens[purpose], token: tokens[purpose] }, form),
        stranger,
      );
      expect(reply.outcome).toBe("unknown");
      expect(office.mailer.sent.length).toBeGreaterThan(0);
    },
  );
});

describe("A link that has run out", () => {
  it.each(openedBy("decision"))("of a decision is refused at %s", async (route, answer) => {
    const office = await openOffice();
    const { caseId } = await office.apply();
    await office.upload(caseId, "the agreement");
    const { token } = office.askOf(secretary);
    await office.pass(31);
    expect((await answer(aRequest(route, { token }, form), office)).outcome).toBe("gone");
    expect(office.status(caseId)).toBe("expired");
  });

  it.each(openedBy("task"))(
    "of a task is refused at %s, and may be asked for anew",
    async (route, answer) => {
      const { office, tokens } = await officeWithEveryLink();
      await office.pass(31);
      const reply = await answer(aRequest(route, { token: tokens.task }, form), office);
      expect(reply.outcome).toBe(route === ROUTES.renewTask ? "shown" : "gone");
    },
  );
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
