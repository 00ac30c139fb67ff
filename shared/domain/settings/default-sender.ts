import type { EmailAddress } from "../organisation/email-address.ts";
import type { Sender } from "./settings.ts";

/** Stands where the account's number should, until somebody has set it; the doctor asks for it. */
export const BANK_ACCOUNT_NOT_SET = "(not set)";

/** Source: OS2's "about" page; its privacy policy names another CVR (41849983), so this is a setting. */
export const defaultSender: Sender = {
  name: "OS2, det offentlige digitaliseringsfællesskab",
  cvr: "55133018",
  gln: "5790000423408",
  street: "c/o Aarhus Kommune, Dokk1, Hack Kampmanns Plads 2",
  postalCode: "8000",
  city: "Aarhus C",
  email: "os2@os2.eu" as EmailAddress,
  bankAccount: BANK_ACCOUNT_NOT_SET,
};
