import { randomBytes, randomUUID } from "node:crypto";
import { simpleParser } from "mailparser";
import * as z from "zod";
import type { LocalClock } from "../clock/clock.ts";
import type { PublishedEvent } from "../events/event-bus.ts";
import { toldInOrder } from "../events/told-in-order.ts";
import type { AwsRequest, AwsResponse, Demand, Service } from "../gateway/service.ts";
import type { Bounce } from "./bounces.ts";
import { configurationSetArn, identityArn, type MailEventKind, mailEvent } from "./mail-events.ts";
import { addresses, type Envelope, type Mailbox, openMailbox } from "./mailbox.ts";
import { checkedHeaders, checkRecipients, checkTags, type Header, MailRefused } from "./message-check.ts";

/**
 * What a test lets go wrong with a message: SES asks to slow down or has no quota left (not taken), or takes it
 * and its answer is lost, or its events never come.
 */
export type SesFault = "throttle" | "daily-quota" | "answer-lost" | "no-events";

export interface SesOptions {
  dataDir: string;
  clock: LocalClock;
  publish: (event: PublishedEvent) => void | Promise<void>;
  /** Properties of the template's AWS::SES::EmailIdentity, resolved, as all that follow. */
  identities: readonly unknown[];
  /** The template's AWS::SES::ConfigurationSet, by the name that functions are given. */
  configurationSets: readonly { name: string; properties: unknown }[];
  /** Properties of the template's AWS::SES::ConfigurationSetEventDestination. */
  eventDestinations: readonly unknown[];
  fault?: (message: {
    destinations: readonly string[];
    tags: Readonly<Record<string, string>>;
  }) => SesFault | undefined;
}

export interface LocalSes extends Service {
  mailbox: Mailbox;
  /** Lets a mail come back (for good, unless said) or be complained about. False when there is no such mail. */
  happen(mailId: string, kind: "bounce" | "complaint", bounce?: Bounce): boolean;
  /** Tells the events that a kill left untold. Call it once the functions can be called. */
  resume(): void;
  close(): Promise<void>;
}

const identityProperties = z.object({
  EmailIdentity: z.string(),
  ConfigurationSetAttributes: z.object({ ConfigurationSetName: z.string().optional() }).optional(),
});

const configurationSetProperties = z.object({
  SendingOptions: z.object({ SendingEnabled: z.boolean().default(true) }).optional(),
  SuppressionOptions: z.object({ SuppressedReasons: z.array(z.string()).optional() }).optional(),
});

const eventDestination = z.object({
  ConfigurationSetName: z.string(),
  EventDestination: z.object({
    Enabled: z.boolean().default(true),
    EventBridgeDestination: z.object({ EventBusArn: z.string() }),
    MatchingEventTypes: z.array(z.string()),
  }),
});

/** The embedded SES: takes raw messages into a mailbox, and tells the bus what became of them. */
export function createSes(options: SesOptions): LocalSes {
  const { clock } = options;
  const mailbox = openMailbox(options.dataDir);
  const wanted = wantedEvents(options.eventDestinations);
  const { tell, stop } = toldInOrder("The embedded SES", clock, async () => {
    for (const { id, event } of mailbox.pendingEvents()) {
      await options.publish(event as PublishedEvent);
      mailbox.forgetEvent(id);
    }
  });

  const identities = options.identities.map((properties) => identityProperties.parse(properties));
  const sets = new Map(
    options.configurationSets.map(({ name, properties }) => [
      name,
      configurationSetProperties.parse(properties),
    ]),
  );
  const suppresses = (set: string, kind: "BOUNCE" | "COMPLAINT") =>
    sets.get(set)?.SuppressionOptions?.SuppressedReasons?.includes(kind) ?? false;

  const send = async (request: AwsRequest): Promise<string> => {
    const { raw, envelope } = await readMessage(request);
    const identity = identityOf(envelope.source, identities);
    if (identity === undefined) {
      throw new MailRefused(
        "MessageRejected",
        `Email address is not verified. The following identities failed the check: ${envelope.source}`,
      );
    }
    const set = envelope.configurationSet ?? identity.ConfigurationSetAttributes?.ConfigurationSetName;
    refuseUnlessOpen(set, sets);
    const fault = options.fault?.(envelope);
    if (fault === "throttle") throw new MailRefused("Throttling", "Maximum sending rate exceeded.");
    if (fault === "daily-quota") throw new MailRefused("Throttling", "Daily message quota exceeded.");
    const messageId = `0110${randomBytes(6).toString("hex")}-${randomUUID()}-000000`;
    const kept = { ...envelope, ...(set === undefined ? {} : { configurationSet: set }) };
    const events = set === undefined || fault === "no-events" ? [] : eventsOfSending(set, messageId, kept);
    await mailbox.accept(messageId, raw, kept, clock.now(), events);
    tell();
    if (fault === "answer-lost") throw new AnswerLost();
    return messageId;
  };

  const eventsOfSending = (set: string, messageId: string, envelope: Envelope): PublishedEvent[] => {
    const now = clock.now();
    const { destinations } = envelope;
    const suppressed = destinations.filter((address) => mailbox.isSuppressed(address));
    const delivered = destinations.filter((address) => !suppressed.includes(address));
    const told: [MailEventKind, string[]][] = [
      ["SEND", destinations],
      ["BOUNCE", suppressed],
      ["DELIVERY", delivered],
    ];
    return told
      .filter(([kind, recipients]) => recipients.length > 0 && wanted(set, kind))
      .map(([kind, recipients]) =>
        mailEvent(kind, messageId, envelope, recipients, now, now, {
          type: "Permanent",
          subType: "OnAccountSuppressionList",
        }),
      );
  };

  return {
    signingNames: ["ses"],
    mailbox,
    demands: (request) => demandsOf(request, identities),
    handle: async (request) => {
      const action = new URLSearchParams(request.body.toString()).get("Action") ?? "";
      if (action !== "SendRawEmail") {
        return failure(501, "NotImplemented", `SES's ${action} is not run here: local/ses`);
      }
      try {
        return success(await send(request));
      } catch (error) {
        if (error instanceof MailRefused) return failure(400, error.code, error.message);
        if (error instanceof AnswerLost) return failure(500, "InternalFailure", "The answer was lost");
        throw error;
      }
    },
    happen: (mailId, kind, bounce) => {
      const found = mailbox.envelope(mailId);
      if (found === undefined) return false;
      const { envelope, atMs } = found;
      const { destinations, configurationSet: set } = envelope;
      const eventKind = ({ bounce: "BOUNCE", complaint: "COMPLAINT" } as const)[kind];
      if (set === undefined) return true;
      // SES closes an address for what is final, never for a full mailbox or an answer by machine.
      const final = kind === "complaint" || bounce === undefined || bounce.type === "Permanent";
      if (final && suppresses(set, eventKind)) mailbox.suppress(destinations);
      if (wanted(set, eventKind)) {
        mailbox.addEvent(mailEvent(eventKind, mailId, envelope, destinations, atMs, clock.now(), bounce));
        tell();
      }
      return true;
    },
    resume: tell,
    close: async () => {
      await stop();
      mailbox.close();
    },
  };
}

class AnswerLost extends Error {}

function wantedEvents(destinations: readonly unknown[]): (set: string, kind: MailEventKind) => boolean {
  const parsed = destinations.map((properties) => eventDestination.parse(properties));
  return (set, kind) =>
    parsed.some(
      ({ ConfigurationSetName, EventDestination }) =>
        ConfigurationSetName === set &&
        EventDestination.Enabled &&
        EventDestination.MatchingEventTypes.some((type) => type.toUpperCase() === kind),
    );
}

type Identity = z.infer<typeof identityProperties>;

/** The verified identity a sender's address falls under: the address itself, or its domain. */
function identityOf(address: string, identities: readonly Identity[]): Identity | undefined {
  const domain = address.split("@")[1] ?? "";
  return [address, domain]
    .map((name) => identities.find(({ EmailIdentity }) => EmailIdentity === name))
    .find((identity) => identity !== undefined);
}

function refuseUnlessOpen(
  set: string | undefined,
  sets: ReadonlyMap<string, z.infer<typeof configurationSetProperties>>,
): void {
  if (set === undefined) return;
  const found = sets.get(set);
  if (found === undefined) {
    throw new MailRefused("ConfigurationSetDoesNotExist", `Configuration set <${set}> does not exist.`);
  }
  if (found.SendingOptions?.SendingEnabled === false) {
    throw new MailRefused(
      "ConfigurationSetSendingPausedException",
      `Email sending is disabled for configuration set <${set}>.`,
    );
  }
}

/** ses:SendRawEmail on the identity and on the configuration set. */
function demandsOf(request: AwsRequest, identities: readonly Identity[]): Demand[] {
  const form = new URLSearchParams(request.body.toString());
  const raw = Buffer.from(form.get("RawMessage.Data") ?? "", "base64");
  const head = raw.toString("latin1", 0, Math.max(0, raw.indexOf("\r\n\r\n")));
  const from = form.get("Source") ?? /^from:\s*(.*)$/im.exec(head)?.[1] ?? "";
  const address = bareAddress(from);
  const set = form.get("ConfigurationSetName") ?? /^x-ses-configuration-set:\s*(\S+)/im.exec(head)?.[1];
  const action = `ses:${form.get("Action")}`;
  return [
    { action, resource: identityArn(identityOf(address, identities)?.EmailIdentity ?? address) },
    ...(set === undefined ? [] : [{ action, resource: configurationSetArn(set) }]),
  ];
}

const bareAddress = (text: string) => (/<([^<>]*)>\s*$/.exec(text.trim())?.[1] ?? text).trim();

async function readMessage(request: AwsRequest): Promise<{ raw: Buffer; envelope: Envelope }> {
  const form = new URLSearchParams(request.body.toString());
  const raw = Buffer.from(form.get("RawMessage.Data") ?? "", "base64");
  const headers = checkedHeaders(raw);
  const { from, to, cc, bcc } = await simpleParser(raw.subarray(0, raw.indexOf("\r\n\r\n") + 4));
  const named = members(form, "Destinations.member.");
  const destinations = named.length > 0 ? named : [to, cc, bcc].flatMap(addresses);
  checkRecipients(destinations);
  const header = (name: string) => headers.find(([known]) => known === name)?.[1];
  const configurationSet = form.get("ConfigurationSetName") ?? header("x-ses-configuration-set");
  const tags = { ...tagsOfHeader(header("x-ses-message-tags")), ...tagsOfForm(form) };
  checkTags(tags);
  return {
    raw,
    envelope: {
      source: bareAddress(form.get("Source") ?? addresses(from)[0] ?? ""),
      destinations,
      ...(configurationSet === undefined ? {} : { configurationSet }),
      tags,
      callerIdentity: request.caller.principal,
      headers: headers
        .filter(([name]) => isShown(name))
        .map(([name, value]): [string, string] => [name, value]),
    },
  };
}

/** SES takes its own headers and Bcc out before it sends. */
const isShown = (name: Header[0]) => name !== "bcc" && !name.startsWith("x-ses-");

function members(form: URLSearchParams, prefix: string): string[] {
  return [...form].filter(([name]) => name.startsWith(prefix)).map(([, value]) => value);
}

function tagsOfForm(form: URLSearchParams): Record<string, string> {
  const tags: Record<string, string> = {};
  for (let index = 1; form.has(`Tags.member.${index}.Name`); index += 1) {
    tags[form.get(`Tags.member.${index}.Name`) ?? ""] = form.get(`Tags.member.${index}.Value`) ?? "";
  }
  return tags;
}

function tagsOfHeader(header: string | undefined): Record<string, string> {
  const pairs = (header ?? "").split(",").map((pair) => pair.split("=").map((part) => part.trim()));
  return Object.fromEntries(
    pairs.filter(([name]) => name !== "").map(([name = "", value = ""]) => [name, value]),
  );
}

const NAMESPACE = 'xmlns="http://ses.amazonaws.com/doc/2010-12-01/"';

function success(messageId: string): AwsResponse {
  return xml(
    200,
    `<SendRawEmailResponse ${NAMESPACE}><SendRawEmailResult><MessageId>${messageId}</MessageId></SendRawEmailResult><ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></SendRawEmailResponse>`,
  );
}

function failure(status: number, code: string, message: string): AwsResponse {
  const escaped = message.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return xml(
    status,
    `<ErrorResponse ${NAMESPACE}><Error><Type>Sender</Type><Code>${code}</Code><Message>${escaped}</Message></Error><RequestId>${randomUUID()}</RequestId></ErrorResponse>`,
  );
}

const xml = (status: number, body: string): AwsResponse => ({
  status,
  headers: { "content-type": "text/xml" },
  body,
});
