import { type LinkOpening, openLinkOf } from "../../shared/casework/open-link.ts";
import type { CaseFile } from "../../shared/domain/agreement/case-file.ts";
import { contactOf, signerOf } from "../../shared/domain/agreement/case-questions.ts";
import { currentTemplate } from "../../shared/domain/judgement/templates/recognise-agreement.ts";
import { errorReply } from "../../shared/http/error-reply.ts";
import type { Reply } from "../../shared/http/reply.ts";
import type { HttpRequest } from "../../shared/http/request.ts";
import type { AssetUrls } from "../../shared/pages/kit/assets.ts";
import type { AgreementPrinter } from "../../shared/ports/agreement-printer.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { SettingsSource } from "../../shared/ports/settings-source.ts";

export interface OfferAgreementDependencies extends LinkOpening {
  printer: AgreementPrinter;
  settings: SettingsSource;
  clock: Clock;
  assets: AssetUrls;
}

/** `GET /agreements/{key}/agreement.pdf`: the current agreement of the case's kind, filled with the applicant's details. */
export async function offerAgreement(
  request: HttpRequest,
  dependencies: OfferAgreementDependencies,
): Promise<Reply> {
  const { printer, settings, clock, assets } = dependencies;
  const opened = await openLinkOf("case", "status", request.parameters["key"], dependencies);
  const agreement = opened?.file.case;
  const template = agreement && currentTemplate(agreement.kind, agreement.language);
  if (!opened || !agreement || !template) return errorReply("not-found", request, assets);
  const { sender } = await settings.at(clock.now());
  const pdf = await printer.print(template, { ...detailsOf(opened.file), sender }, agreement.caseNumber);
  const headers = {
    "content-type": "application/pdf",
    "content-disposition": `attachment; filename="OS2-${agreement.caseNumber}.pdf"`,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  };
  return { outcome: "shown", bytes: pdf, headers };
}

function detailsOf(file: CaseFile) {
  const { name, title } = signerOf(file);
  return { organisation: file.organisation, signer: { name, title }, contact: contactOf(file) };
}
