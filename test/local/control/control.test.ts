import { request } from "node:http";
import { expect, test } from "vitest";
import * as z from "zod";
import { post, runControl } from "./running-control.ts";

const decision = "http://127.0.0.1:3000/decisions/k1.abc.def";

test("a script reads the mails oldest first, with addresses, texts and where the attachments are", async () => {
  const { origin, send } = await runControl();
  const id = await send({
    cc: "sekretaer1@os2.example",
    subject: "Godkend Aarhus Kommune",
    text: "Sagskode: 1234",
    html: "<p>Hej</p>",
    attachments: [{ filename: "æ.pdf", content: Buffer.from("%PDF"), contentType: "application/pdf" }],
  });
  await send({ subject: "Nummer to", text: "x" });
  const mails: unknown = await (await fetch(`${origin}/_local/mail`)).json();
  expect(mails).toMatchObject([
    {
      id,
      to: ["formand@os2.example"],
      cc: ["sekretaer1@os2.example"],
      subject: "Godkend Aarhus Kommune",
      text: "Sagskode: 1234",
      html: "<p>Hej</p>",
      attachments: [{ filename: "æ.pdf", contentType: "application/pdf", size: 4 }],
      at: "2026-11-23T09:42:00.000Z",
    },
    { subject: "Nummer to" },
  ]);
  const [
    {
      attachments: [{ url }],
    },
  ] = z
    .tuple([z.object({ attachments: z.tuple([z.object({ url: z.string() })]) })])
    .rest(z.unknown())
    .parse(mails);
  const attachment = await fetch(origin + url);
  expect(await attachment.text()).toBe("%PDF");
  expect(attachment.headers.get("content-disposition")).toBe("attachment; filename*=UTF-8''%C3%A6.pdf");
});

test("a mail is shown apart from this origin: no script of its runs and nothing is loaded for it", async () => {
  const { origin, send } = await runControl();
  const id = await send({ subject: "s", text: "t", html: "<script>alert(1)</script><p>Hej</p>" });
  const shown = await fetch(`${origin}/_local/mail/${id}`);
  expect(await shown.text()).toContain("<p>Hej</p>");
  expect(shown.headers.get("content-security-policy")).toMatch(/^sandbox allow-popups; default-src 'none'/);
  expect(await (await fetch(`${origin}/_local/mail/${id}/text`)).text()).toBe("t");
  expect((await fetch(`${origin}/_local/mail/unknown`)).status).toBe(404);
  expect((await fetch(`${origin}/_local/mail/${id}/attachments/7`)).status).toBe(404);
});

test.each([
  ["a day", { advance: "P1D" }, "2026-11-24T09:42:00.000Z"],
  ["to a moment", { to: "2027-01-04T08:00:00+01:00" }, "2027-01-04T07:00:00.000Z"],
])("the clock moves on by %s, once everything due until then has run", async (_, move, expected) => {
  const { origin, clock } = await runControl();
  const fired: string[] = [];
  clock.at(clock.now() + 1000, "a reminder", () => {
    fired.push("a reminder");
  });
  const answer = await post(`${origin}/_local/clock`, move);
  expect(JSON.parse(answer.text)).toEqual({ now: expected });
  expect(fired).toEqual(["a reminder"]);
});

test.each([
  ["back", { to: "2026-11-23T09:41:59Z" }, 409],
  ["by what is no duration", { advance: "tomorrow" }, 400],
  ["to what is no moment", { to: "2027-01-04" }, 400],
  ["by nothing", {}, 400],
])("the clock does not move %s", async (_, move, status) => {
  const { origin, clock } = await runControl();
  const before = clock.now();
  expect((await post(`${origin}/_local/clock`, move)).status).toBe(status);
  expect(clock.now()).toBe(before);
});

test("a form moves the clock and gives the page back in its language", async () => {
  const { origin, clock } = await runControl();
  const day = await post(`${origin}/_local/clock`, new URLSearchParams({ advance: "P1D", lang: "en" }));
  expect(day).toMatchObject({ status: 303, location: "/_local?lang=en" });
  const local = await post(`${origin}/_local/clock`, new URLSearchParams({ local: "2027-06-01T08:00" }));
  expect(local).toMatchObject({ status: 303, location: "/_local" });
  expect(new Date(clock.now()).toISOString()).toBe("2027-06-01T06:00:00.000Z");
});

test("another site's page can't move this world", async () => {
  const { origin, clock } = await runControl();
  const before = clock.now();
  for (const foreign of ["http://evil.example", "null"]) {
    expect((await post(`${origin}/_local/clock`, { advance: "P1D" }, { origin: foreign })).status).toBe(403);
  }
  expect(clock.now()).toBe(before);
  expect((await post(`${origin}/_local/clock`, { advance: "P1D" }, { origin })).status).toBe(200);
});

/** The status of a call that names another host than it goes to, as a rebound name would: fetch sets it itself. */
function statusAs(host: string, origin: string, path = "/_local/mail"): Promise<number | undefined> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    request({ hostname, port, path, headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .once("error", reject)
      .end();
  });
}

test("a name that somebody else gave this machine reads no mail here and moves no clock", async () => {
  const { origin } = await runControl();
  const { host, port } = new URL(origin);
  expect(await statusAs(host, origin)).toBe(200);
  for (const name of [
    `evil.example:${port}`,
    "evil.example",
    "127.0.0.1",
    `127.0.0.1:${Number(port) + 1}`,
    `localhost.evil.example:${port}`,
  ])
    for (const path of ["/_local", "/_local/mail", "/_local/clock", "/_local/ready"])
      expect(await statusAs(name, origin, path), `${name} ${path}`).toBe(421);
});

test("an address that is no proper address is refused, and so is a form over 6 MB", async () => {
  const { origin, clock } = await runControl();
  const before = clock.now();
  expect((await fetch(`${origin}/_local/%`)).status).toBe(400);
  expect((await fetch(`${origin}/_local/mail/%E0%A4%A`)).status).toBe(400);
  const large = new URLSearchParams({ advance: "P1D", more: "x".repeat(6 * 1024 * 1024) });
  expect((await post(`${origin}/_local/clock`, large)).status).toBe(413);
  expect(clock.now()).toBe(before);
});

test("a mail can be made to bounce, and an object's event to come again", async () => {
  const { origin, send, published, clock, redelivered } = await runControl();
  const mailId = await send({ subject: "s", text: "t" });
  expect((await post(`${origin}/_local/mail-event`, { mailId, event: "bounce" })).status).toBe(200);
  await clock.idle();
  expect(published).toEqual(["Email Bounced"]);
  expect((await post(`${origin}/_local/mail-event`, { mailId: "x", event: "bounce" })).status).toBe(404);
  expect((await post(`${origin}/_local/mail-event`, { mailId, event: "open" })).status).toBe(400);
  const full = { mailId, event: "bounce", type: "Transient", subType: "MailboxFull" };
  expect((await post(`${origin}/_local/mail-event`, full)).status).toBe(200);
  for (const odd of [{ type: "Soft" }, { type: "Permanent", subType: "MailboxFull" }])
    expect((await post(`${origin}/_local/mail-event`, { mailId, event: "bounce", ...odd })).status).toBe(400);

  const again = { key: "uploads/1", times: 10 };
  expect((await post(`${origin}/_local/events/redeliver`, again)).status).toBe(200);
  expect(redelivered).toEqual([again]);
  expect((await post(`${origin}/_local/events/redeliver`, { key: "missing", times: 1 })).status).toBe(404);
});

test("scripts can ask whether all is up and what runs", async () => {
  const { origin } = await runControl();
  expect((await fetch(`${origin}/_local/ready`)).status).toBe(200);
  expect(await (await fetch(`${origin}/_local/executions`)).json()).toMatchObject([
    {
      workflow: "OS2aftale-local-app-agreement-intake",
      status: "RUNNING",
      currentStates: ["Wait for the secretariat"],
    },
    { status: "FAILED", currentStates: [], error: "States.ALL" },
  ]);
  expect((await fetch(`${origin}/_local/nothing`)).status).toBe(404);
});

test("what is stored is listed by what its bucket is for, and can be fetched; the register is told as JSON", async () => {
  const { origin } = await runControl({});
  const objects = await (await fetch(`${origin}/_local/objects`)).json();
  expect(objects).toEqual([
    {
      bucket: "invoices",
      key: "invoices/1.xml",
      versionId: "v1",
      size: 6,
      contentType: "application/xml",
      url: "/_local/objects/v1",
    },
  ]);
  const stored = await fetch(`${origin}/_local/objects/v1`);
  expect([stored.headers.get("content-type"), await stored.text()]).toEqual(["application/xml", "<xml/>"]);
  expect((await fetch(`${origin}/_local/objects/v2`)).status).toBe(404);
  expect(await (await fetch(`${origin}/_local/register`)).json()).toEqual({ members: [], cases: [] });
});

test("the page shows clock, mails with code and links, the running case's graph and the register", async () => {
  const { origin, send } = await runControl({
    register: async () => ({
      members: [
        {
          memberNumber: "M-0001",
          name: "Aarhus <Kommune>",
          cvr: "55133018",
          gln: "5790000423408",
          kind: "member",
          status: "current",
          joinedOn: "2026-11-23",
          contact: { name: "Bo Prøve", email: "bo@aarhus.example" },
          invoices: [],
        },
      ],
      cases: [
        {
          caseNumber: "A-2026-0117",
          name: "Ærø",
          kind: "member",
          status: "awaiting-chair",
          held: false,
          since: 0,
        },
      ],
    }),
  });
  await send({ subject: "Godkend <b>", text: `Sagskode: 1234\n\n${decision}\n` });
  const page = await (await fetch(`${origin}/_local`)).text();
  expect(page).toContain('lang="da"');
  expect(page).toContain("23.\u00a0november\u00a02026 kl.\u00a010.42");
  expect(page).toContain("Godkend &lt;b&gt;");
  expect(page).toContain('<strong class="code">1234</strong>');
  expect(page).toContain(`href="${decision}">Åbn afgørelsen</a>`);
  expect(page).toMatch(/ lit"><title>Wait for the secretariat<\/title>/);
  expect(page).toContain("Aarhus &lt;Kommune&gt;");
  expect(page).toContain("Venter på formanden");
  expect(page).toContain("<h3>Optagelse</h3>");
  const english = await (await fetch(`${origin}/_local?lang=en`)).text();
  expect(english).toContain("Open the decision");
  expect(english).toContain("Waits for the chair");
  for (const code of ["RUNNING", "FAILED", "awaiting-chair", "agreement-intake", "0123456789abcdef"])
    expect(page + english).not.toContain(code);
});
