import type { Application } from "../domain/agreement/application.ts";
import type { AgreementTemplate } from "../domain/judgement/templates/agreement-template.ts";
import type { Sender } from "../domain/settings/settings.ts";

/** The two parties as they stand in the paper. */
export interface AgreementDetails extends Pick<Application, "organisation" | "signer" | "contact"> {
  /** OS2, as its settings say. */
  sender: Sender;
}

/** Sets an agreement with the applicant's details in it, ready to sign by any tool or by hand. */
export interface AgreementPrinter {
  /** A PDF. The template's mark travels in it, so that the upload can be matched to its version. */
  print(template: AgreementTemplate, details: AgreementDetails, caseNumber: string): Promise<Uint8Array>;
}
