import type { Application } from "../domain/agreement/application.ts";
import type { AgreementTemplate } from "../domain/judgement/templates/agreement-template.ts";

/** Sets an agreement with the applicant's details in it, ready to sign by any tool or by hand. */
export interface AgreementPrinter {
  /** A PDF. The template's mark travels in it, so that the upload can be matched to its version. */
  print(
    template: AgreementTemplate,
    application: Omit<Application, "kind" | "language">,
    caseNumber: string,
  ): Promise<Uint8Array>;
}
