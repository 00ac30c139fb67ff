import { randomUUID } from "node:crypto";
import type { PublishedEvent } from "../events/event-bus.ts";
import { type Bounce, reportOf } from "./bounces.ts";
import type { Envelope } from "./mailbox.ts";

/** The kinds of event that are made here, by SES's name for them in an event destination. */
export type MailEventKind = "SEND" | "DELIVERY" | "BOUNCE" | "COMPLAINT";

const DETAIL_TYPES: Record<MailEventKind, string> = {
  SEND: "Email Sent",
  DELIVERY: "Email Delivered",
  BOUNCE: "Email Bounced",
  COMPLAINT: "Email Complaint Received",
};

/**
 * What SES tells EventBridge of a message sent with a configuration set.
 * https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-eventbridge-examples.html
 *
 * @param recipients whom it happened to.
 * @param bounce how it came back, where it did.
 * @param sentMs when SES took the message; `nowMs` when this happened to it. Epoch ms, local clock.
 */
export function mailEvent(
  kind: MailEventKind,
  messageId: string,
  envelope: Envelope,
  recipients: readonly string[],
  sentMs: number,
  nowMs: number,
  bounce: Bounce = { type: "Permanent", subType: "General" },
): PublishedEvent {
  const at = new Date(nowMs).toISOString();
  const header = (name: string) => envelope.headers.find(([known]) => known === name)?.[1];
  return {
    source: "aws.ses",
    "detail-type": DETAIL_TYPES[kind],
    resources: [configurationSetArn(envelope.configurationSet ?? "")],
    time: `${at.slice(0, 19)}Z`,
    detail: {
      eventType: { SEND: "Send", DELIVERY: "Delivery", BOUNCE: "Bounce", COMPLAINT: "Complaint" }[kind],
      mail: {
        timestamp: new Date(sentMs).toISOString(),
        source: envelope.source,
        sendingAccountId: "000000000000",
        messageId,
        destination: envelope.destinations,
        headersTruncated: false,
        headers: envelope.headers.map(([name, value]) => ({ name, value })),
        commonHeaders: {
          from: [header("from") ?? ""],
          to: [header("to") ?? ""],
          messageId,
          subject: header("subject") ?? "",
        },
        tags: {
          "ses:operation": ["SendRawEmail"],
          "ses:configuration-set": [envelope.configurationSet ?? ""],
          "ses:source-ip": ["127.0.0.1"],
          "ses:from-domain": [envelope.source.split("@")[1] ?? ""],
          "ses:caller-identity": [envelope.callerIdentity],
          ...Object.fromEntries(Object.entries(envelope.tags).map(([name, value]) => [name, [value]])),
        },
      },
      ...happening(kind, recipients, at, bounce),
    },
  };
}

function happening(
  kind: MailEventKind,
  recipients: readonly string[],
  timestamp: string,
  bounce: Bounce,
): Record<string, unknown> {
  const feedbackId = `01100000-${randomUUID()}-000000`;
  switch (kind) {
    case "SEND":
      return { send: {} };
    case "DELIVERY":
      return {
        delivery: {
          timestamp,
          processingTimeMillis: 500,
          recipients,
          smtpResponse: "250 2.6.0 Message received",
          remoteMtaIp: "127.0.0.1",
          reportingMTA: "local.example",
        },
      };
    case "BOUNCE":
      return {
        bounce: {
          feedbackId,
          bounceType: bounce.type,
          bounceSubType: bounce.subType,
          bouncedRecipients: recipients.map((emailAddress) => ({ emailAddress, ...reportOf(bounce) })),
          timestamp,
          reportingMTA: "dsn; local.example",
        },
      };
    case "COMPLAINT":
      return {
        complaint: {
          feedbackId,
          complaintSubType: null,
          complainedRecipients: recipients.map((emailAddress) => ({ emailAddress })),
          timestamp,
          userAgent: "local",
          complaintFeedbackType: "abuse",
          arrivalDate: timestamp,
        },
      };
  }
}

export const identityArn = (identity: string) => `arn:aws:ses:eu-north-1:000000000000:identity/${identity}`;
export const configurationSetArn = (name: string) =>
  `arn:aws:ses:eu-north-1:000000000000:configuration-set/${name}`;
