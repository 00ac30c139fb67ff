import * as z from "zod/mini";
import { agreementKinds, forEachKind, kindRules } from "../../../domain/agreement/kind.ts";
import { defaultDeadlines } from "../../../domain/agreement/transitions.ts";
import { defaultSender } from "../../../domain/settings/default-sender.ts";
import { emailAddress, moment } from "./brands.ts";
import { duesVat, payeeAccount, sender } from "./stored-payee.ts";

const days = z.int().check(z.positive());

/**
 * Every dated setting by its name in the table, with its shape and what stands until somebody sets it.
 * Without a fallback for the people the system can't work before they are set: nobody would be there to decide.
 * Without an account or a VAT category it works, and asks nobody for money.
 */
export const storedSettings = {
  secretaries: { schema: z.array(emailAddress).check(z.minLength(1), z.maxLength(20)), fallback: undefined },
  chair: { schema: emailAddress, fallback: undefined },
  /** These three ask for money: what one person enters holds only once another has confirmed it. */
  sender: { schema: sender, fallback: defaultSender, twoPeople: true },
  account: { schema: payeeAccount, fallback: undefined, twoPeople: true },
  vat: { schema: duesVat, fallback: undefined, twoPeople: true },
  deadlines: {
    schema: z.object({ uploadDays: days, confirmationDays: days, newUploadDays: days, roundDays: days }),
    fallback: defaultDeadlines,
  },
  countersignature: {
    schema: z.record(z.enum(agreementKinds), z.boolean()),
    fallback: forEachKind((kind) => kindRules[kind].countersignedByChair),
  },
  "first-invoice-due-days": { schema: days, fallback: 30 },
} as const satisfies Record<string, { schema: z.ZodMiniType; fallback: unknown; twoPeople?: true }>;

export type SettingName = keyof typeof storedSettings;
export type TwoPeopleSetting = {
  [Name in SettingName]: (typeof storedSettings)[Name] extends { twoPeople: true } ? Name : never;
}[SettingName];
export type OnePersonSetting = Exclude<SettingName, TwoPeopleSetting>;

export function needsTwoPeople(name: SettingName): name is TwoPeopleSetting {
  return "twoPeople" in storedSettings[name];
}
export const settingNames = Object.keys(storedSettings) as SettingName[];
export type SettingValue<Name extends SettingName> = z.output<(typeof storedSettings)[Name]["schema"]>;

/** A setting from one moment on. */
export const settingItem = z.object({
  value: z.unknown(),
  validFrom: moment,
  /** Hashed with the value into the audit trail, so that the value can be erased and the trail stays valid. */
  salt: z.string(),
});
