import * as z from "zod";
import { kindRules } from "../../../domain/agreement/kind.ts";
import { defaultDeadlines } from "../../../domain/agreement/transitions.ts";
import type { EmailAddress } from "../../../domain/organisation/email-address.ts";
import type { Sender } from "../../../domain/settings/settings.ts";
import { emailAddress, moment } from "./brands.ts";

const days = z.int().positive();

/** What stands on an opkrævning until the operator has set the account; `npm run doctor` looks for it. */
export const BANK_ACCOUNT_NOT_SET = "bank account not set";

/**
 * Every dated setting by its name in the table, with its shape and what stands until somebody sets it.
 * Without a fallback the system can't work before it is set: nobody would be there to decide.
 */
export const storedSettings = {
  secretaries: { schema: z.array(emailAddress).min(1).max(20), fallback: undefined },
  chair: { schema: emailAddress, fallback: undefined },
  sender: {
    schema: z.object({
      name: z.string().min(1),
      cvr: z.string().regex(/^\d{8}$/),
      gln: z.string().regex(/^\d{13}$/),
      street: z.string().min(1),
      postalCode: z.string().min(1),
      city: z.string().min(1),
      email: emailAddress,
      bankAccount: z.string().min(1),
    }) satisfies z.ZodType<Sender>,
    // Source: OS2's "about" page; its privacy policy names another CVR (41849983), so this is a setting.
    fallback: {
      name: "OS2",
      cvr: "55133018",
      gln: "5790000423408",
      street: "c/o Aarhus Kommune, Dokk1, Hack Kampmanns Plads 2",
      postalCode: "8000",
      city: "Aarhus C",
      email: "os2@os2.eu" as EmailAddress,
      bankAccount: BANK_ACCOUNT_NOT_SET,
    },
  },
  deadlines: {
    schema: z.object({ uploadDays: days, newUploadDays: days, roundDays: days }),
    fallback: defaultDeadlines,
  },
  countersignature: {
    schema: z.object({ member: z.boolean(), partner: z.boolean() }),
    fallback: {
      member: kindRules.member.countersignedByChair,
      partner: kindRules.partner.countersignedByChair,
    },
  },
  "first-invoice-due-days": { schema: days, fallback: 30 },
} as const satisfies Record<string, { schema: z.ZodType; fallback: unknown }>;

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
