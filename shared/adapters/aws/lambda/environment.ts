import * as z from "zod";
import { limits } from "../../../contracts/limits.ts";

/** The settings that functions are handed, by name; each handler's schema takes the ones it uses. */
export const environment = {
  TABLE_NAME: z.string().min(1),
  BASE_URL: z.url(),
  INCOMING_BUCKET: z.string().min(1),
  ARCHIVE_BUCKET: z.string().min(1),
  LINK_KEYS_SECRET_ARN: z.string().min(1),
  OUTBOX_LATER_QUEUE_URL: z.string().min(1),
  INTAKE_WORKFLOW_ARN: z.string().min(1),
  MAIL_FROM: z.string().min(1),
  MAIL_REPLY_TO: z.string().min(1),
  CONFIGURATION_SET: z.string().min(1),
  /** PEM certificates that a stage trusts besides the reviewed ones, as JSON. */
  TRUST_ANCHORS: z
    .string()
    .default("[]")
    .transform((text) => z.array(z.string()).parse(JSON.parse(text))),
  LIMITS: z.string().transform((text) => limits.parse(JSON.parse(text))),
} as const;
