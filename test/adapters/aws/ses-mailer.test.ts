import { SESClient, SESServiceException, SendRawEmailCommand } from "@aws-sdk/client-ses";
import { mockClient } from "aws-sdk-client-mock";
import { simpleParser } from "mailparser";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { reportFault } from "../../../shared/adapters/aws/lambda/step-handler.ts";
import {
  ClientRetriesMail,
  MAIL_SENDING_REFUSED,
  SesMailer,
} from "../../../shared/adapters/aws/ses-mailer.ts";
import type { Mail } from "../../../shared/ports/mailer.ts";
import { address, aMonday } from "../../support/builders/an-application.ts";

const mail: Mail = {
  to: address("soeren@aarhus.example"),
  subject: "A-2026-0117: Ærø Kommunes aftale er modtaget",
  html: "<p>Kære Søren</p>",
  text: "Kære Søren",
  threadId: "A-2026-0117",
  ledgerKey: "receipt_1_0123456789abcdef",
  owner: "case-1",
};

function aMailer(maxAttempts = 1) {
  const client = new SESClient({ region: "eu-north-1", maxAttempts });
  const mock = mockClient(client);
  mock.on(SendRawEmailCommand).resolves({ MessageId: "m-1" });
  const reported: [code: string, ids: Readonly<Record<string, string>>][] = [];
  const mailer = new SesMailer({
    report: (...said) => {
      reported.push(said);
    },
    client,
    from: "OS2 <medlemskab@os2.eu>",
    replyTo: "os2@os2.eu",
    configurationSet: "events",
    clock: { now: () => aMonday },
  });
  const sent = () => mock.commandCalls(SendRawEmailCommand).map((call) => call.args[0].input);
  return { mailer, mock, sent, reported };
}

describe("A mail", () => {
  it("goes out as text and HTML with its letters whole, and asks for no out-of-office note", async () => {
    const { mailer, sent } = aMailer();
    expect(await mailer.send(mail)).toEqual({ kind: "accepted", messageId: "m-1" });
    const parsed = await simpleParser(Buffer.from(sent()[0]?.RawMessage?.Data ?? []));
    expect(parsed).toMatchObject({ subject: mail.subject, date: new Date(aMonday) });
    expect(parsed.text?.trim()).toBe(mail.text);
    expect(parsed.html).toBe(mail.html);
    expect(parsed.from?.text).toBe('"OS2" <medlemskab@os2.eu>');
    expect(parsed.replyTo?.text).toBe("os2@os2.eu");
    expect(parsed.headers.get("auto-submitted")).toBe("auto-generated");
    expect(parsed.headers.get("content-type")).toMatchObject({ value: "multipart/alternative" });
  });

  it("stands in one thread with the case's other mails", async () => {
    const { mailer, sent } = aMailer();
    await mailer.send(mail);
    await mailer.send({ ...mail, subject: "Another" });
    for (const { RawMessage } of sent()) {
      const parsed = await simpleParser(Buffer.from(RawMessage?.Data ?? []));
      expect(parsed.references).toBe("<A-2026-0117@os2.eu>");
      expect(parsed.inReplyTo).toBe("<A-2026-0117@os2.eu>");
    }
  });

  it("carries the ledger's key and its owner as tags, and names the configuration set", async () => {
    const { mailer, sent } = aMailer();
    await mailer.send(mail);
    expect(sent()[0]).toMatchObject({
      ConfigurationSetName: "events",
      Tags: [
        { Name: "ledger-key", Value: "receipt_1_0123456789abcdef" },
        { Name: "owner", Value: "case-1" },
      ],
    });
  });

  it.each([
    { field: "subject", value: "Hej\r\nBcc: x@y.dk" },
    { field: "subject", value: "Hej\nBcc: x@y.dk" },
    { field: "to", value: "a@b.dk\r\nBcc: x@y.dk" },
    { field: "threadId", value: "A\r\nBcc: x@y.dk" },
  ])("is refused with a line break in its $field", async ({ field, value }) => {
    const { mailer, mock } = aMailer();
    const outcome = await mailer.send({ ...mail, [field]: value });
    expect(outcome).toEqual({ kind: "refused", reason: "LINE_BREAK_IN_HEADER" });
    expect(mock.calls()).toHaveLength(0);
  });

  it("is not sent at all by a client that would send again by itself", async () => {
    await expect(aMailer(3).mailer.send(mail)).rejects.toThrow(ClientRetriesMail);
  });
});

describe("When SES doesn't say yes, a mail", () => {
  const answer = (name: string, httpStatusCode: number, message = name) =>
    new SESServiceException({ name, message, $fault: "client", $metadata: { httpStatusCode } });
  const broken = (code: string) => Object.assign(new Error(code), { code });

  it.each([
    { what: "too many a second", error: answer("Throttling", 400), kind: "not-now" },
    {
      what: "over the day's quota",
      error: answer("Throttling", 400, "Daily message quota exceeded"),
      kind: "not-now",
    },
    { what: "too many at the door", error: answer("Unheard", 429), kind: "not-now" },
    { what: "nobody answers the door", error: broken("ECONNREFUSED"), kind: "not-now" },
    { what: "no such host", error: broken("ENOTFOUND"), kind: "not-now" },
    { what: "the message is refused", error: answer("MessageRejected", 400), kind: "refused" },
    { what: "the address is none", error: answer("InvalidParameterValue", 400), kind: "refused" },
    { what: "the message is too large", error: answer("RequestEntityTooLarge", 413), kind: "refused" },
    { what: "SES breaks down", error: answer("InternalFailure", 500), kind: "uncertain" },
    { what: "SES is not there", error: answer("ServiceUnavailable", 503), kind: "uncertain" },
    { what: "the line breaks", error: broken("ECONNRESET"), kind: "uncertain" },
    {
      what: "no answer comes in time",
      error: Object.assign(new Error(), { name: "TimeoutError" }),
      kind: "uncertain",
    },
  ])("is $kind, and no operator is called: $what", async ({ error, kind }) => {
    const { mailer, mock, reported } = aMailer();
    mock.on(SendRawEmailCommand).rejects(error);
    expect((await mailer.send(mail)).kind).toBe(kind);
    expect(mock.calls()).toHaveLength(1);
    expect(reported).toEqual([]);
  });

  it.each([
    { what: "the account is paused", error: answer("AccountSendingPausedException", 400) },
    {
      what: "the account is under review",
      error: answer("MessageRejected", 400, "Sending paused for this account. For more information, …"),
    },
    { what: "our mails are paused", error: answer("ConfigurationSetSendingPausedException", 400) },
    { what: "the configuration set is gone", error: answer("ConfigurationSetDoesNotExistException", 400) },
    { what: "the bounce domain isn't known", error: answer("MailFromDomainNotVerifiedException", 400) },
    { what: "a grant is missing", error: answer("AccessDenied", 403) },
    { what: "the credentials ran out", error: answer("ExpiredToken", 403) },
    {
      what: "still in the sandbox, or the sender isn't verified",
      error: answer("MessageRejected", 400, "Email address is not verified."),
    },
    { what: "an error that nobody has heard of", error: answer("SomethingNew", 418) },
  ])("waits, and the operator is called: $what", async ({ error }) => {
    const { mailer, mock, reported } = aMailer();
    mock.on(SendRawEmailCommand).rejects(error);
    expect(await mailer.send(mail)).toEqual({ kind: "not-now" });
    expect(mock.calls()).toHaveLength(1);
    expect(reported).toEqual([[MAIL_SENDING_REFUSED, { error: error.name, owner: mail.owner }]]);
  });

  it("that SES refuses us stands in the log at level ERROR", () => {
    const written: string[] = [];
    for (const stream of [process.stdout, process.stderr]) {
      const spy = vi.spyOn(stream, "write").mockImplementation((line) => written.push(String(line)) > 0);
      onTestFinished(() => spy.mockRestore());
    }
    reportFault(MAIL_SENDING_REFUSED, { error: "AccessDenied", owner: "case_1" });
    expect(written.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { level: "ERROR", message: MAIL_SENDING_REFUSED, error: "AccessDenied", owner: "case_1" },
    ]);
  });
});
