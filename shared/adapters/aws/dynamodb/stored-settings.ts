import * as z from "zod/mini";
import { agreementKinds, forEachKind, kindRules } from "../../../domain/agreement/kind.ts";
import { defaultDeadlines } from "../../../domain/agreement/transitions.ts";
import { defaultSender } from "../../../domain/settings/default-sender.ts";
import type { Sender } from "../../../domain/settings/settings.ts";
import { emailAddress, moment } from "./brands.ts";

const days = z.int().check(z.positive());

/**
 * Every dated setting by its name in the table, with its shape and what stands until somebody sets it.
 * Without a fallback the system can't work before it is set: nobody would be there to decide.
 */
export const storedSettings = {
  secretaries: { schema: z.array(emailAddress).check(z.minLength(1), z.maxLength(20)), fallback: undefined },
  chair: { schema: emailAddress, fallback: undefined },
  sender: {
    schema: z.object({
      name: z.string().check(z.minLength(1)),
      cvr: z.string().check(z.regex(/^\d{8}$/)),
      gln: z.string().check(z.regex(/^\d{13}$/)),
      street: z.string().check(z.minLength(1)),
      postalCode: z.string().check(z.minLength(1)),
      city: z.string().check(z.minLength(1)),
      email: emailAddress,
      bankAccount: z.string().check(z.minLength(1)),
    }) satisfies z.ZodMiniType<Sender>,
    fallback: defaultSender,
  },
  deadlines: {
    schema: z.object({ uploadDays: days, newUploadDays: days, roundDays: days }),
    fallback: defaultDeadlines,
  },
  countersignature: {
    schema: z.record(z.enum(agreementKinds), z.boolean()),
    fallback: forEachKind((kind) => kindRules[kind].countersignedByChair),
  },
  "first-invoice-due-days": { schema: days, fallback: 30 },
} as const satisfies Record<string, { schema: z.ZodMiniType; fallback: unknown }>;

export type SettingName = keyof typeof storedSettings;
export const settingNames = Object.keys(storedSettings) as SettingName[];
export type SettingValue<Name extends SettingName> = z.output<(typeof storedSettings)[Name]["schema"]>;

/** A setting from one moment on. */
export const settingItem = z.object({
  value: z.unknown(),
  validFrom: moment,
  /** Hashed with the value into the audit trail, so that the value can be erased and the trail stays valid. */
  salt: z.string(),
});
