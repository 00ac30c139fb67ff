import type { AgreementKind } from "../agreement/kind.ts";
import type { CaseDeadlines } from "../agreement/transitions.ts";
import type { DuesRate } from "../dues/dues-rate.ts";
import type { EmailAddress } from "../organisation/email-address.ts";
import type { PayeeReadiness } from "./payee.ts";

/** People come and go: who decides is a setting with an audited change, not a deployment parameter. */
export interface People {
  secretaries: readonly EmailAddress[];
  chair: EmailAddress;
}

/** Who sends. Sources disagree on the association's CVR, so it is configuration. */
export interface Sender {
  name: string;
  cvr: string;
  gln: string;
  street: string;
  postalCode: string;
  city: string;
  email: EmailAddress;
}

/** What holds at one moment: the dated settings of the table over the defaults of the repository. */
export interface Settings {
  people: People;
  /** As confirmed, or the default: for the foot of pages and mails. */
  sender: Sender;
  /** Whether money may be asked for, and by whom. */
  payee: PayeeReadiness;
  deadlines: CaseDeadlines;
  countersignature: Readonly<Record<AgreementKind, boolean>>;
  /** Days from admission to the first invoice's due date. */
  firstInvoiceDueDays: number;
  rates: readonly DuesRate[];
}
