import type { SESClient, SESServiceException } from "@aws-sdk/client-ses";
import * as z from "zod/mini";
import type { Clock } from "../../ports/clock.ts";
import type { Mail, Mailer, SendOutcome } from "../../ports/mailer.ts";
import { systemClock } from "./clock.ts";
import { count } from "./lambda/count.ts";
import { provision } from "./lambda/provide.ts";
import { reportFault } from "./lambda/step-handler.ts";
import { clientOf, type LoadedClient, onFirstUse } from "./sdk/loaded-client.ts";

const sdk = () => import("./sdk/ses.ts");

/** The message tags that come back in SES's events, by which the ledger's line is found. */
export const mailTags = { ledgerKey: "ledger-key", owner: "owner" } as const;

export interface SesMailerOptions {
  client: LoadedClient<SESClient>;
  /** The From header, as `OS2 <medlemskab@os2.eu>`. */
  from: string;
  replyTo: string;
  configurationSet: string;
  clock: Clock;
  /** Says aloud, by a code and ids, that SES refuses us and not the message. */
  report: (code: typeof MAIL_SENDING_REFUSED, ids: Readonly<Record<string, string>>) => void;
}

/** SES refuses whatever we send, until an operator has mended something: a log line at level ERROR, for an alarm to watch. */
export const MAIL_SENDING_REFUSED = "MAIL_SENDING_REFUSED";

/**
 * An SES client that asks once: SendRawEmail has no idempotency key, so a retry of the SDK's own after a lost
 * answer would send the mail twice.
 */
export async function sesClientThatAsksOnce(): Promise<SESClient> {
  return new (await sdk()).SESClient({
    maxAttempts: 1,
    // Without a bound a hanging line would end with the function, and the ledger's line would say nothing more.
    requestHandler: { connectionTimeout: 3_000, requestTimeout: 15_000, throwOnRequestTimeout: true },
  });
}

/** The mailer was given a client that retries by itself. */
export class ClientRetriesMail extends Error {
  override readonly name = "ClientRetriesMail";
}

/** Mail through SES's SendRawEmail. https://docs.aws.amazon.com/ses/latest/APIReference/API_SendRawEmail.html */
export class SesMailer implements Mailer {
  private readonly options: SesMailerOptions;

  constructor(options: SesMailerOptions) {
    this.options = options;
  }

  async send(mail: Mail): Promise<SendOutcome> {
    const { configurationSet } = this.options;
    const client = await clientOf(this.options.client);
    if ((await client.config.maxAttempts()) !== 1)
      throw new ClientRetriesMail("the SES client of the mailer must have maxAttempts 1");
    if ([mail.to, mail.subject, mail.threadId].some(breaksHeaders))
      return { kind: "refused", reason: "LINE_BREAK_IN_HEADER" };
    const message = await this.compose(mail);
    const { SendRawEmailCommand } = await sdk();
    try {
      const { MessageId } = await client.send(
        new SendRawEmailCommand({
          RawMessage: { Data: message },
          ConfigurationSetName: configurationSet,
          Tags: [
            { Name: mailTags.ledgerKey, Value: mail.ledgerKey },
            { Name: mailTags.owner, Value: mail.owner },
          ],
        }),
      );
      // Accepted for certain, but without the name by which SES's events would call it.
      return MessageId === undefined ? { kind: "uncertain" } : { kind: "accepted", messageId: MessageId };
    } catch (error) {
      const { outcome, ours } = failureOf(error);
      if (ours !== undefined) this.options.report(MAIL_SENDING_REFUSED, { error: ours, owner: mail.owner });
      return outcome;
    }
  }

  private async compose(mail: Mail): Promise<Buffer> {
    const { default: MailComposer } = await import("nodemailer/lib/mail-composer");
    const { from, replyTo, clock } = this.options;
    const domain = from.replace(/^.*@|>.*$/g, "");
    // SES gives every message an id of its own, so mails can't answer one another: they all answer one that was
    // never sent, which is enough for a mail program to put them in one thread. Source: RFC 5322 §3.6.4.
    const thread = `<${mail.threadId}@${domain}>`;
    return new MailComposer({
      from,
      replyTo,
      to: mail.to,
      subject: mail.subject,
      text: mail.text,
      html: mail.html,
      attachments: (mail.attachments ?? []).map(({ fileName, contentType, bytes }) => ({
        filename: fileName,
        contentType,
        content: Buffer.from(bytes),
      })),
      date: new Date(clock.now()),
      inReplyTo: thread,
      references: thread,
      // RFC 3834 §5: no out-of-office notes in answer.
      headers: { "Auto-Submitted": "auto-generated" },
      // The composer's own line end is a bare LF, which servers behind SES give back. RFC 5322 §2.3.
      newline: "windows",
      disableFileAccess: true,
      disableUrlAccess: true,
    })
      .compile()
      .build();
  }
}

function breaksHeaders(value: string): boolean {
  return /\p{Cc}/u.test(value);
}

/** The message itself is at fault; no later try is better. */
const faultsOfMessage: readonly string[] = [
  "MessageRejected",
  "InvalidParameterValue",
  "ValidationError",
  "RequestEntityTooLarge",
];

/** Passes by itself: too many a second, or a day. */
const throttles: readonly string[] = [
  "Throttling",
  "ThrottlingException",
  "RequestThrottled",
  "TooManyRequests",
  "LimitExceeded",
];

/** SES says these of us under the name of a rejected message: the sandbox, an identity nobody verified, a review. */
const oursNotTheMessages = /not verified|sending (?:is |was )?(?:paused|suspended|disabled)/i;

/** Failures before a byte went out. */
const neverConnected: readonly string[] = [
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
];

/** What is known of a mail when SendRawEmail failed; `ours` names what the operator has to mend before any mail goes. */
interface Failure {
  outcome: SendOutcome;
  ours?: string;
}

/**
 * An answer of 4xx: SES did not take it. It waits, unless the message itself is at fault: throttles and quotas pass,
 * and whatever else it is (a paused account, the sandbox, an unverified identity, a missing right, an error that
 * nobody has heard of) is the operator's to mend: no reason to lose mail, and none to keep still about it.
 * Anything else (5xx, a time-out, a broken line) may have come after SES took it.
 * https://docs.aws.amazon.com/ses/latest/dg/using-ses-api-error-codes.html
 * https://docs.aws.amazon.com/ses/latest/APIReference/CommonErrors.html
 */
function failureOf(error: unknown): Failure {
  if (isAnsweredBySes(error)) {
    const { name, message } = error;
    const status = error.$metadata.httpStatusCode ?? 500;
    if (status >= 500) return { outcome: { kind: "uncertain" } };
    if (status === 429 || throttles.includes(name)) return { outcome: { kind: "not-now" } };
    if (faultsOfMessage.includes(name) && !oursNotTheMessages.test(message))
      return { outcome: { kind: "refused", reason: name } };
    return { outcome: { kind: "not-now" }, ours: name };
  }
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return { outcome: { kind: neverConnected.includes(code) ? "not-now" : "uncertain" } };
}

function isAnsweredBySes(error: unknown): error is SESServiceException {
  return error instanceof Error && "$fault" in error && "$metadata" in error;
}

const text = z.string().check(z.minLength(1));

/** For a handler. */
export const mailer = provision(
  { MAIL_FROM: text, MAIL_REPLY_TO: text, CONFIGURATION_SET: text, ...count.settings },
  ({ MAIL_FROM, MAIL_REPLY_TO, CONFIGURATION_SET, ...ofCount }) => {
    const countOne = count.make(ofCount);
    return new SesMailer({
      clock: systemClock,
      client: onFirstUse(sesClientThatAsksOnce),
      from: MAIL_FROM,
      replyTo: MAIL_REPLY_TO,
      configurationSet: CONFIGURATION_SET,
      report: (code, ids) => {
        reportFault(code, ids);
        countOne("mailRefusedUnknown");
      },
    });
  },
);
