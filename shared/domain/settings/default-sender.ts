import type { EmailAddress } from "../organisation/email-address.ts";
import type { Sender } from "./settings.ts";

/**
 * Stands at the foot of pages and mails until two persons have said who sends; it never asks for money.
 * Source: OS2's "about" page, with Aarhus Kommune's CVR; its privacy policy names another (41849983).
 */
export const defaultSender: Sender = {
  name: "OS2, det offentlige digitaliseringsfællesskab",
  cvr: "55133018",
  gln: "5790000423408",
  street: "c/o Aarhus Kommune, Dokk1, Hack Kampmanns Plads 2",
  postalCode: "8000",
  city: "Aarhus C",
  email: "os2@os2.eu" as EmailAddress,
};
