import * as z from "zod/mini";
import { scanVerdicts } from "../domain/agreement/case-file.ts";
import { parseOwner } from "../domain/owner.ts";

/** An owner as one word, as it stands in tags and queues. */
const owner = z.pipe(
  z.string(),
  z.transform((text, context) => {
    const parsed = parseOwner(text);
    if (parsed) return parsed;
    context.issues.push({ code: "custom", input: text, message: "not an owner" });
    return z.NEVER;
  }),
);

/** S3 percent-encodes keys in some notifications, not in those through EventBridge. Source: AWS, "EventBridge event message structure". */
export const objectCreated = z.pipe(
  z.object({ detail: z.object({ object: z.object({ key: z.string(), "version-id": z.string() }) }) }),
  z.transform(({ detail }) => ({ key: detail.object.key, versionId: detail.object["version-id"] })),
);

/** Source: AWS GuardDuty, "Monitoring S3 object scans with Amazon EventBridge". */
export const scanResult = z.pipe(
  z.object({
    detail: z.object({
      s3ObjectDetails: z.object({ objectKey: z.string(), versionId: z.string() }),
      scanResultDetails: z.object({ scanResultStatus: z.enum(scanVerdicts) }),
    }),
  }),
  z.transform(({ detail }) => ({
    key: detail.s3ObjectDetails.objectKey,
    versionId: detail.s3ObjectDetails.versionId,
    verdict: detail.scanResultDetails.scanResultStatus,
  })),
);

const sentMail = {
  mail: z.object({
    messageId: z.string(),
    tags: z.object({ "ledger-key": z.tuple([z.string()]), owner: z.tuple([owner]) }),
  }),
};

/** A code of SES's, as it may stand in the trail. */
const code = z.catch(z.string().check(z.regex(/^[A-Za-z]{1,60}$/)), "Unknown");

const settles = <Name extends string, State extends string>(name: Name, state: State) =>
  z.pipe(
    z.object({ "detail-type": z.literal(name), detail: z.object(sentMail) }),
    z.transform(({ detail }) => ({ state, ...whichMail(detail) })),
  );

/**
 * Only what is final says that an address takes no mail. SES reports an answer by machine (out of office) as a bounce
 * too, as Transient/General, beside full mailboxes and mails that were too large: those are noted.
 */
const bounced = z.pipe(
  z.object({
    "detail-type": z.literal("Email Bounced"),
    detail: z.object({ ...sentMail, bounce: z.object({ bounceType: code, bounceSubType: code }) }),
  }),
  z.transform(({ detail }) => ({
    state: detail.bounce.bounceType === "Permanent" ? ("bounced" as const) : ("noted" as const),
    bounce: `${detail.bounce.bounceType}/${detail.bounce.bounceSubType}`,
    ...whichMail(detail),
  })),
);

function whichMail({ mail }: z.output<z.ZodMiniObject<typeof sentMail>>) {
  return {
    messageId: mail.messageId,
    ledgerKey: mail.tags["ledger-key"][0],
    owner: mail.tags.owner[0],
  };
}

/** Tags come as lists of values. Source: AWS SES, "Examples of event data that Amazon SES publishes to EventBridge". */
export const mailEvent = z.union([
  settles("Email Sent", "sent" as const),
  settles("Email Delivered", "delivered" as const),
  bounced,
  settles("Email Complaint Received", "complained" as const),
]);

/** What a queue of the outbox holds: whose errands are to be run, and how often they have been put off in a row. */
const errandsOf = z.object({ owner, tries: z._default(z.int().check(z.nonnegative()), 0) });

/** Source: AWS Lambda, "Using Lambda with Amazon SQS". A body that is no owner's is a poison message: it is left to fail. */
export const outboxBatch = z.pipe(
  z.object({ Records: z.array(z.object({ messageId: z.string(), body: z.string() })) }),
  z.transform(({ Records }) =>
    Records.map(({ messageId, body }) => ({ messageId, errands: errandsOf.safeParse(parsed(body)).data })),
  ),
);
export type OutboxMessage = z.output<typeof outboxBatch>[number];

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
