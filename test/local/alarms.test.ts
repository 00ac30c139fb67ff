import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { functionsOf } from "../../embedded-aws/lambda/function-definition.ts";
import { startTestSystem, type TestSystem } from "../support/system.ts";

const OPERATOR = "drift@os2.example";
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const alarm = z.object({
  name: z.string(),
  impact: z.string().min(10),
  runbook: z.string().min(3),
  since: z.iso.datetime(),
  state: z.enum(["ok", "ringing"]),
});

const broken = new Set<string>();
let house: TestSystem;
let functions: { label: string; arn: string; isAsynchronous: boolean }[];
beforeAll(async () => {
  house = await startTestSystem({
    faults: {
      breaks: (label) => broken.has(label),
      // A table that is not there: the page's own handler fails, and answers the page that says so.
      environment: (label): Record<string, string> =>
        label === "submit-application" ? { TABLE_NAME: "gone" } : {},
    },
  });
  functions = functionsOf(house.now.root.template).map(({ label, arn, asyncPolicy }) => ({
    label,
    arn,
    isAsynchronous: asyncPolicy.onFailure !== undefined,
  }));
}, 120_000);
afterAll(() => house.stop());

const alarms = async () => z.array(alarm).parse(await (await fetch(`${house.now.url}/_local/alarms`)).json());
const ringing = async () =>
  (await alarms()).filter(({ state }) => state === "ringing").map(({ name }) => name);
const rung = () => house.now.ses.mailbox.mails().filter(({ to }) => to.includes(OPERATOR));
const pass = (ms: number) => house.now.clock.advanceTo(house.now.clock.now() + ms);

describe("whatever breaks rings once, and whatever is well is silent", () => {
  it("an hour of ordinary life rings nothing", async () => {
    await fetch(house.now.url);
    await pass(HOUR);
    expect(await ringing()).toEqual([]);
    expect(rung()).toEqual([]);
    expect((await alarms()).length).toBeGreaterThan(30);
  });

  it("a page that answers 'something broke' rings, though to Lambda that is a success", async () => {
    const application = {
      kind: "member",
      organisation: { name: "Aarhus Kommune", cvr: "55133018" },
      signer: { name: "Anna Eksempel", title: "Borgmester", hasAuthority: true },
      contact: { name: "Bo Prøve", email: "bo@aarhus.example" },
      language: "da",
    };
    const body = JSON.stringify(application);
    const headers = { "content-type": "application/json" };
    const applied = await fetch(`${house.now.url}/api/agreements`, { method: "POST", headers, body });
    expect(applied.status).toBe(500);
    await house.now.clock.idle();
    expect(await ringing()).toEqual(["OS2aftale-local-submit-application"]);
    await pass(HOUR);
    await pass(HOUR);
    expect(await ringing()).toEqual([]);
    expect(rung().map(({ subject }) => subject)).toEqual([
      'ALARM: "OS2aftale-local-submit-application" in EU (Stockholm)',
    ]);
    expect(rung()[0]?.text).toMatch(
      /^Nobody can apply\.\nWhat to do: docs\/runbook\.md#submit-application\nLog group: \S+$/m,
    );
  });

  it("each function in turn, an hour of failures long: one mail, with its heading, its log and its queue", async () => {
    for (const { label, arn, isAsynchronous } of functions) {
      const before = rung().length;
      broken.add(label);
      for (let attempt = 0; attempt < 6; attempt += 1) {
        if (isAsynchronous) house.now.lambda.invokeAsync(arn, {});
        else await house.now.lambda.invoke(arn, {});
        await pass(10 * MINUTE);
      }
      broken.delete(label);
      const mails = rung().slice(before);
      expect([label, mails.map(({ subject }) => subject)]).toEqual([
        label,
        [`ALARM: "OS2aftale-local-${label}" in EU (Stockholm)`],
      ]);
      expect(mails[0]?.text).toContain(`docs/runbook.md#${label}\n`);
      expect(mails[0]?.text.includes("\nQueue: "), label).toBe(isAsynchronous || label === "deliver-outbox");
    }
  }, 60_000);

  it("goes on ringing while undelivered things lie there, and stops an hour after they are gone", async () => {
    const left = functions.filter(({ isAsynchronous }) => isAsynchronous).map(({ label }) => label);
    await pass(HOUR + 5 * MINUTE);
    expect((await ringing()).sort()).toEqual(left.map((label) => `OS2aftale-local-${label}`).sort());
    for (const queue of house.now.queues.arns()) house.now.queues.purge(queue);
    await pass(HOUR + 5 * MINUTE);
    expect(await ringing()).toEqual([]);
  });
});
