import { forEachKind, kindRules } from "../../../shared/domain/agreement/kind.ts";
import { defaultDeadlines } from "../../../shared/domain/agreement/transitions.ts";
import { knownRates } from "../../../shared/domain/dues/dues-rate.ts";
import type { EmailAddress } from "../../../shared/domain/organisation/email-address.ts";
import { type Payee, type PayeeReadiness, payeeOf } from "../../../shared/domain/settings/payee.ts";
import type { Settings } from "../../../shared/domain/settings/settings.ts";

const sender = {
  name: "OS2",
  cvr: "55133018",
  gln: "5790000423408",
  street: "c/o Aarhus Kommune, Dokk1, Hack Kampmanns Plads 2",
  postalCode: "8000",
  city: "Aarhus C",
  email: "os2@os2.eu" as EmailAddress,
};

/** What two persons have confirmed; state what differs. */
export function confirmed(given: { [Part in keyof Payee]?: Payee[Part] | undefined } = {}): PayeeReadiness {
  return payeeOf({
    sender,
    account: { registrationNumber: "0000", accountNumber: "0000000000" },
    vat: { category: "S", percent: 25 },
    ...given,
  });
}

/** The settings of the local stage. */
export const localSettings: Settings = {
  people: {
    secretaries: ["sekretaer1@os2.example" as EmailAddress, "sekretaer2@os2.example" as EmailAddress],
    chair: "formand@os2.example" as EmailAddress,
  },
  sender,
  payee: confirmed(),
  deadlines: defaultDeadlines,
  countersignature: forEachKind((kind) => kindRules[kind].countersignedByChair),
  firstInvoiceDueDays: 30,
  rates: knownRates,
};
