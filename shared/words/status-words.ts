import type { CaseStatus } from "../domain/agreement/agreement-case.ts";
import { bilingual } from "./bilingual.ts";

/** A case's status as those in the house say it, in lists; what the applicant is told stands on the status page. */
export const caseStatusWords = bilingual<Record<CaseStatus | "held", string>>({
  da: {
    "awaiting-upload": "Venter på aftalen",
    "under-review": "Filen kontrolleres",
    rejected: "Venter på en ny fil",
    "awaiting-confirmation": "Venter på, at mailadressen bekræftes",
    "awaiting-secretariat": "Venter på sekretariatet",
    endorsed: "Godkendt af sekretariatet",
    "awaiting-chair": "Venter på formanden",
    approved: "Godkendt, optages nu",
    admitted: "Optaget",
    declined: "Afvist",
    expired: "Udløbet",
    withdrawn: "Trukket tilbage",
    closed: "Lukket uden afgørelse",
    held: "Holdt tilbage, venter på et menneske",
  },
  en: {
    "awaiting-upload": "Waits for the agreement",
    "under-review": "The file is being checked",
    rejected: "Waits for another file",
    "awaiting-confirmation": "Waits for the email address to be confirmed",
    "awaiting-secretariat": "Waits for the secretariat",
    endorsed: "Approved by the secretariat",
    "awaiting-chair": "Waits for the chair",
    approved: "Approved, about to be admitted",
    admitted: "Admitted",
    declined: "Declined",
    expired: "Expired",
    withdrawn: "Withdrawn",
    closed: "Closed without a decision",
    held: "Held, waits for a person",
  },
});
