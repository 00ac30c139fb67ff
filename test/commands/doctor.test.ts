import { describe, expect, it } from "vitest";
import { diagnose, type StageFacts } from "../../commands/doctor.ts";
import { stageSettings } from "../../infra/stage-settings.ts";
import { confirmed } from "../support/fakes/fixed-settings.ts";

const HEALTHY: StageFacts = {
  settings: {
    ...stageSettings("prod"),
    host: { name: "aftale.os2.eu", certificateArn: "arn:aws:acm:eu-north-1:123456789012:certificate/of-os2" },
  },
  today: "2026-11-25",
  mailsPerDay: 50_000,
  dkim: { status: "Success", tokens: ["aaa", "bbb", "ccc"] },
  mailFrom: { domain: "bounce.os2.eu", status: "Success" },
  secretaries: ["a@os2.eu", "b@os2.eu"],
  chair: "formand@kommune.dk",
  payee: confirmed(),
  baseUrl: "https://aftale.os2.eu",
  frontPageStatus: 200,
  sending: { account: true, configurationSet: true },
  alarmMail: { asked: [], confirmed: ["os2@os2.eu"] },
  scanPlanStatus: "ACTIVE",
  hostLeadsTo: ["d-abc123.execute-api.eu-north-1.amazonaws.com"],
};

const todoOf = (facts: Partial<StageFacts>) =>
  diagnose({ ...HEALTHY, ...facts })
    .filter(({ well }) => !well)
    .map(({ what, todo }) => [what, ...todo].join("\n"))
    .join("\n");

describe("the doctor says what is left before a stage can mail and be reached", () => {
  it("nothing, when all is well", () => {
    expect(todoOf({})).toBe("");
  });

  it("nothing yet, but what comes, while the next rule set of e-invoices is less than 60 days away", () => {
    const told = (today: string) => diagnose({ ...HEALTHY, today }).flatMap(({ todo }) => todo);
    expect(told("2026-12-25")).toEqual([]);
    expect(told("2026-12-26").join()).toContain("3.0.22 is mandatory from 2027-02-24");
    expect(todoOf({ today: "2026-12-26" })).toBe("");
  });

  it("nothing, where SES has no ceiling at all", () => {
    expect(todoOf({ mailsPerDay: -1 })).toBe("");
  });

  it.each<[string, Partial<StageFacts>, string]>([
    ["SES is still in the sandbox", { mailsPerDay: 200 }, "production access"],
    ["SES allows fewer mails than we may send", { mailsPerDay: 1_000 }, "SES allows 1000"],
    [
      "the DKIM records are not in the DNS",
      { dkim: { status: "Pending", tokens: ["aaa"] } },
      "aaa._domainkey.os2.eu  CNAME  aaa.dkim.amazonses.com",
    ],
    [
      "bounces do not come back",
      { mailFrom: { domain: "bounce.os2.eu", status: "Failed" } },
      "feedback-smtp.eu-north-1.amazonses.com",
    ],
    ["there is one secretary", { secretaries: ["a@os2.eu"] }, "--stage prod set secretaries"],
    [
      "nobody has confirmed the account",
      { payee: confirmed({ account: undefined }) },
      "--stage prod confirm account --by OTHER",
    ],
    ["there is no chair", { chair: undefined }, "--stage prod set chair"],
    [
      "the public address does not answer",
      { frontPageStatus: undefined },
      "https://aftale.os2.eu answers (nothing)",
    ],
    [
      "the certificate is still the placeholder",
      { settings: stageSettings("prod") },
      "the certificate of aftale.os2.eu is one of OS2's own",
    ],
    ["the name leads nowhere", { hostLeadsTo: [] }, "aftale.os2.eu  CNAME  what"],
    ["the name leads to somebody else", { hostLeadsTo: ["os2.eu"] }, "aftale.os2.eu leads to us (os2.eu)"],
    ["SES has paused the account", { sending: { account: false, configurationSet: true } }, "#mail-sender"],
    ["somebody has paused our mails", { sending: { account: true, configurationSet: false } }, "resume it"],
    [
      "nobody has confirmed getting the alarms",
      { alarmMail: { asked: ["os2@os2.eu"], confirmed: [] } },
      "os2@os2.eu has to confirm",
    ],
    ["the scan is unwell", { scanPlanStatus: "WARNING" }, "uploads are scanned (WARNING)"],
    ["there is no scan", { scanPlanStatus: undefined }, "uploads are scanned (no plan)"],
    ["the front page is broken", { frontPageStatus: 503 }, "answers (503)"],
    [
      "e-invoices are written for a rule set that is no longer in force",
      { today: "2027-02-24" },
      "3.0.22 is mandatory from 2027-02-24",
    ],
  ])("%s", (_, facts, todo) => {
    expect(todoOf(facts)).toContain(todo);
  });
});
