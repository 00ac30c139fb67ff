import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SESClient, SendEmailCommand, SendRawEmailCommand } from "@aws-sdk/client-ses";
import MailComposer from "nodemailer/lib/mail-composer";
import { expect, onTestFinished, test } from "vitest";
import { startClock } from "../../../embedded-aws/clock/clock.ts";
import type { PublishedEvent } from "../../../embedded-aws/events/event-bus.ts";
import { bounces, bounceTypes } from "../../../embedded-aws/ses/bounces.ts";
import { createSes, type SesOptions } from "../../../embedded-aws/ses/service.ts";
import { clientSettings, hostService } from "../../support/one-service.ts";

async function runSes(options: Partial<SesOptions> = {}) {
  const clock = startClock({ mode: "still", startMs: Date.parse("2026-11-23T09:42:00Z") });
  const dataDir = mkdtempSync(join(tmpdir(), "ses-"));
  const events: PublishedEvent[] = [];
  const settings: SesOptions = {
    dataDir,
    clock,
    publish: (event) => {
      events.push(event);
    },
    identities: [{ EmailIdentity: "os2.example" }],
    configurationSets: [
      { name: "mails", properties: { SuppressionOptions: { SuppressedReasons: ["BOUNCE", "COMPLAINT"] } } },
      { name: "paused", properties: { SendingOptions: { SendingEnabled: false } } },
    ],
    eventDestinations: [
      {
        ConfigurationSetName: "mails",
        EventDestination: {
          EventBridgeDestination: { EventBusArn: "arn:aws:events:eu-north-1:000000000000:event-bus/default" },
          MatchingEventTypes: ["SEND", "DELIVERY", "BOUNCE", "COMPLAINT"],
        },
      },
    ],
    ...options,
  };
  const ses = createSes(settings);
  const host = await hostService(ses);
  onTestFinished(async () => {
    await host.close();
    await ses.close();
  });
  const client = new SESClient(clientSettings(host.endpoint));
  const send = async (mail: ConstructorParameters<typeof MailComposer>[0] = {}, tag = "case-1_a") =>
    client.send(
      new SendRawEmailCommand({
        RawMessage: { Data: await compose(mail) },
        ConfigurationSetName: "mails",
        Tags: [{ Name: "ledger-key", Value: tag }],
      }),
    );
  return { ses, clock, events, client, send, settings, demanded: host.demanded };
}

const compose = (mail: ConstructorParameters<typeof MailComposer>[0]) =>
  new MailComposer({
    from: "OS2 <aftale@os2.example>",
    to: "Åse Ærø <aase@kommune.example>",
    subject: "Godkend Aarhus Kommune – æøå",
    text: "Sagskode: 1234",
    html: "<p>Sagskode: <b>1234</b></p>",
    newline: "windows",
    ...mail,
  })
    .compile()
    .build();

test("a mail lies in the mailbox as its receiver would read it", async () => {
  const { send, ses } = await runSes();
  const { MessageId } = await send({
    cc: "b@kommune.example",
    attachments: [{ filename: "æ.pdf", content: Buffer.from("%PDF"), contentType: "application/pdf" }],
  });
  expect(ses.mailbox.mails()).toMatchObject([
    {
      id: MessageId,
      from: '"OS2" <aftale@os2.example>',
      to: ["aase@kommune.example"],
      cc: ["b@kommune.example"],
      subject: "Godkend Aarhus Kommune – æøå",
      text: "Sagskode: 1234",
      html: "<p>Sagskode: <b>1234</b></p>",
      attachments: [{ filename: "æ.pdf", contentType: "application/pdf", size: 4 }],
      at: "2026-11-23T09:42:00.000Z",
    },
  ]);
  expect((await ses.mailbox.attachment(MessageId ?? "", 0))?.content.toString()).toBe("%PDF");
  expect(await ses.mailbox.attachment(MessageId ?? "", 1)).toBeUndefined();
});

test("sending and delivery are told with the message's tags", async () => {
  const { send, events, clock } = await runSes();
  const { MessageId } = await send();
  await clock.idle();
  expect(events.map((event) => event["detail-type"])).toEqual(["Email Sent", "Email Delivered"]);
  for (const event of events) {
    expect(event).toMatchObject({
      source: "aws.ses",
      detail: {
        mail: {
          messageId: MessageId,
          destination: ["aase@kommune.example"],
          tags: { "ledger-key": ["case-1_a"], "ses:configuration-set": ["mails"] },
        },
      },
    });
  }
});

test.each([
  ["bounce", "Email Bounced", { bounce: { bouncedRecipients: [{ emailAddress: "aase@kommune.example" }] } }],
  ["complaint", "Email Complaint Received", { complaint: { complainedRecipients: [{}] } }],
] as const)("a %s can be made to happen to a mail", async (kind, detailType, detail) => {
  const { send, ses, events, clock } = await runSes();
  const { MessageId } = await send();
  expect(ses.happen(MessageId ?? "", kind)).toBe(true);
  await clock.idle();
  expect(events.at(-1)).toMatchObject({
    "detail-type": detailType,
    detail: { mail: { messageId: MessageId }, ...detail },
  });
  expect(ses.happen("unknown", kind)).toBe(false);
});

test("a mail demands the sender's identity and the configuration set of the role", async () => {
  const { send, demanded } = await runSes();
  await send();
  expect(demanded).toEqual([
    { action: "ses:SendRawEmail", resource: "arn:aws:ses:eu-north-1:000000000000:identity/os2.example" },
    { action: "ses:SendRawEmail", resource: "arn:aws:ses:eu-north-1:000000000000:configuration-set/mails" },
  ]);
});

test("mailbox and untold events are there after a restart", async () => {
  const never = Promise.withResolvers<void>();
  const { send, settings } = await runSes({ publish: () => never.promise });
  await send();
  const events: PublishedEvent[] = [];
  const again = createSes({
    ...settings,
    clock: startClock({ mode: "still" }),
    publish: (event) => {
      events.push(event);
    },
  });
  expect(again.mailbox.mails()).toHaveLength(1);
  again.resume();
  await again.close();
  expect(events).toHaveLength(2);
  never.resolve();
});

test.each([
  ["over 10 MB", { attachments: [{ content: Buffer.alloc(8 * 1024 * 1024) }] }, "InvalidParameterValue"],
  ["from an address nobody verified", { from: "x@elsewhere.example" }, "MessageRejected"],
  ["to nobody", { to: "" }, "InvalidParameterValue"],
  [
    "to more than fifty",
    { to: Array.from({ length: 51 }, (_, index) => `a${index}@x.example`) },
    "InvalidParameterValue",
  ],
])("a mail %s is refused", async (_, mail, code) => {
  const { send, ses } = await runSes();
  await expect(send(mail)).rejects.toMatchObject({ name: code });
  expect(ses.mailbox.mails()).toEqual([]);
});

const head = "From: a@os2.example\r\nTo: b@x.example\r\nDate: Mon, 23 Nov 2026 10:42:00 +0100\r\n";

test.each([
  ["a second subject", `${head}Subject: a\r\nSubject: b\r\n\r\nx`],
  ["a line that is no header", `${head}Subject: a\r\nevil\r\n\r\nx`],
  ["a bare carriage return in a header", `${head}Subject: a\rBcc: c@x.example\r\n\r\nx`],
  ["a bare line feed in a header", `${head}Subject: a\nBcc: c@x.example\r\n\r\nx`],
  ["a bare line feed in its text", `${head}Subject: a\r\n\r\nx\ny\r\n`],
  ["a bare carriage return in its text", `${head}Subject: a\r\n\r\nx\ry\r\n`],
  ["a carriage return for its last byte", `${head}Subject: a\r\n\r\nx\r`],
  ["a NUL", `${head}Subject: a\r\n\r\nx\0y\r\n`],
  ["letters in a header that are not encoded", `${head}Subject: Ærø\r\n\r\nx`],
  ["a header line too long to send", `${head}Subject: ${"x".repeat(990)}\r\n\r\nx`],
  ["a line of text too long to send", `${head}Subject: a\r\n\r\n${"x".repeat(999)}\r\n`],
  ["no sender", "To: b@x.example\r\nDate: Mon, 23 Nov 2026 10:42:00 +0100\r\n\r\nx"],
  ["an empty sender", "From: \r\nTo: b@x.example\r\nDate: Mon, 23 Nov 2026 10:42:00 +0100\r\n\r\nx"],
  ["no date", "From: a@os2.example\r\nTo: b@x.example\r\nSubject: a\r\n\r\nx"],
])("a message with %s is refused", async (_, raw) => {
  const { client, ses } = await runSes();
  await expect(
    client.send(new SendRawEmailCommand({ RawMessage: { Data: Buffer.from(raw) } })),
  ).rejects.toMatchObject({ name: "InvalidParameterValue" });
  expect(ses.mailbox.mails()).toEqual([]);
});

test("the longest line that mail allows is taken, and so are letters of any kind in the text", async () => {
  const { client, ses } = await runSes();
  const raw = `${head}Subject: a\r\n\r\n${"x".repeat(998)}\r\nÆrø\r\n`;
  await client.send(new SendRawEmailCommand({ RawMessage: { Data: Buffer.from(raw) } }));
  expect(ses.mailbox.mails()).toHaveLength(1);
});

test("a tag of letters SES doesn't allow is refused, and so is a configuration set nobody made", async () => {
  const { send, client } = await runSes();
  await expect(send({}, "case#1")).rejects.toMatchObject({ name: "InvalidParameterValue" });
  await expect(
    client.send(
      new SendRawEmailCommand({ RawMessage: { Data: await compose({}) }, ConfigurationSetName: "other" }),
    ),
  ).rejects.toMatchObject({ name: "ConfigurationSetDoesNotExistException" });
  await expect(
    client.send(
      new SendRawEmailCommand({ RawMessage: { Data: await compose({}) }, ConfigurationSetName: "paused" }),
    ),
  ).rejects.toMatchObject({ name: "ConfigurationSetSendingPausedException" });
});

test("an address that bounced gets no further mail, and each try is told as a bounce", async () => {
  const { send, ses, events, clock } = await runSes();
  ses.happen((await send()).MessageId ?? "", "bounce");
  await clock.idle();
  events.length = 0;
  await send({ cc: "other@kommune.example" });
  await clock.idle();
  expect(events).toMatchObject([
    { "detail-type": "Email Sent" },
    {
      "detail-type": "Email Bounced",
      detail: {
        bounce: {
          bounceSubType: "OnAccountSuppressionList",
          bouncedRecipients: [{ emailAddress: "aase@kommune.example" }],
        },
      },
    },
    { "detail-type": "Email Delivered", detail: { delivery: { recipients: ["other@kommune.example"] } } },
  ]);
});

const everyBounce = bounceTypes.flatMap((type) =>
  Object.keys(bounces[type]).map((subType) => ({ type, subType })),
);

test.each(everyBounce)(
  "a bounce of $type/$subType closes the address only when it is final",
  async (bounce) => {
    const { send, ses, events, clock } = await runSes();
    ses.happen((await send()).MessageId ?? "", "bounce", bounce);
    await clock.idle();
    expect(events.at(-1)).toMatchObject({
      "detail-type": "Email Bounced",
      detail: {
        eventType: "Bounce",
        bounce: {
          bounceType: bounce.type,
          bounceSubType: bounce.subType,
          bouncedRecipients: [{ emailAddress: "aase@kommune.example" }],
        },
      },
    });
    expect(ses.mailbox.isSuppressed("aase@kommune.example")).toBe(bounce.type === "Permanent");
  },
);

test.each([
  ["throttle", 0, 400],
  ["daily-quota", 0, 400],
  ["answer-lost", 1, 500],
] as const)("with the fault %s there are %i mails and the answer is %i", async (fault, mails, status) => {
  const { send, ses } = await runSes({ fault: () => fault });
  await expect(send()).rejects.toMatchObject({ $metadata: { httpStatusCode: status } });
  expect(ses.mailbox.mails()).toHaveLength(mails);
});

test("events that never come leave the mail without news", async () => {
  const { send, events, clock } = await runSes({ fault: () => "no-events" });
  await send();
  await clock.idle();
  expect(events).toEqual([]);
});

test("what this SES doesn't run it says", async () => {
  const { client } = await runSes();
  const mail = { Source: "a@os2.example", Destination: { ToAddresses: ["b@x.example"] } };
  const Message = { Subject: { Data: "s" }, Body: { Text: { Data: "t" } } };
  await expect(client.send(new SendEmailCommand({ ...mail, Message }))).rejects.toThrow(
    "SendEmail is not run here",
  );
});
