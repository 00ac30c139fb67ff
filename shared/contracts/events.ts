import * as z from "zod";
import type { CaseId } from "../domain/agreement/agreement-case.ts";
import { scanVerdicts } from "../domain/agreement/case-file.ts";

const caseId = z.string().transform((id) => id as CaseId);

/** S3 percent-encodes keys in some notifications, not in those through EventBridge. Source: AWS, "EventBridge event message structure". */
export const objectCreated = z
  .object({ detail: z.object({ object: z.object({ key: z.string(), "version-id": z.string() }) }) })
  .transform(({ detail }) => ({ key: detail.object.key, versionId: detail.object["version-id"] }));

/** Source: AWS GuardDuty, "Monitoring S3 object scans with Amazon EventBridge". */
export const scanResult = z
  .object({
    detail: z.object({
      s3ObjectDetails: z.object({ objectKey: z.string(), versionId: z.string() }),
      scanResultDetails: z.object({ scanResultStatus: z.enum(scanVerdicts) }),
    }),
  })
  .transform(({ detail }) => ({
    key: detail.s3ObjectDetails.objectKey,
    versionId: detail.s3ObjectDetails.versionId,
    verdict: detail.scanResultDetails.scanResultStatus,
  }));

const stateOf = {
  "Email Sent": "sent",
  "Email Delivered": "delivered",
  "Email Bounced": "bounced",
  "Email Complaint Received": "complained",
} as const;

/** Tags come as lists of values. Source: AWS SES, "Examples of event data that Amazon SES publishes to EventBridge". */
export const mailEvent = z
  .object({
    "detail-type": z.enum(["Email Sent", "Email Delivered", "Email Bounced", "Email Complaint Received"]),
    detail: z.object({
      mail: z.object({
        messageId: z.string(),
        tags: z.object({ "ledger-key": z.tuple([z.string()]), owner: z.tuple([caseId]) }),
      }),
    }),
  })
  .transform((event) => ({
    state: stateOf[event["detail-type"]],
    messageId: event.detail.mail.messageId,
    ledgerKey: event.detail.mail.tags["ledger-key"][0],
    caseId: event.detail.mail.tags.owner[0],
  }));

/** Messages of the outbox's queues. Source: Lambda developer guide, "Using Lambda with Amazon SQS". */
export const outboxMessages = z.object({
  Records: z.array(z.object({ messageId: z.string(), body: z.string() })),
});

/** What such a message says: whose errands are to be run. */
export const outboxOwner = z.object({
  owner: z
    .string()
    .regex(/^case_[A-Za-z0-9_-]+$/)
    .transform((owner) => owner.slice("case_".length) as CaseId),
});
