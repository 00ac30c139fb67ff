import type { ContactPerson, Organisation, Signer } from "../organisation/organisation.ts";
import type { AgreementKind, Language } from "./kind.ts";

/** What an authority or a supplier tells us before it sends the signed paper. */
export interface Application {
  kind: AgreementKind;
  organisation: Organisation;
  signer: Signer;
  contact: ContactPerson;
  language: Language;
}

/** Everything that can be wrong with a field; the pages and the API have a sentence for each in both languages. */
export const fieldErrorCodes = [
  "REQUIRED",
  "TOO_LONG",
  "ILL_FORMED_TEXT",
  "CONTROL_CHARACTERS",
  "WEB_ADDRESS",
  "CVR_FORMAT",
  "CVR_CHECK_DIGIT",
  "CVR_IS_P_NUMBER",
  "GLN_FORMAT",
  "GLN_CHECK_DIGIT",
  "EMAIL_FORMAT",
  "PHONE_FORMAT",
  "POSTAL_CODE_FORMAT",
  "POPULATION_FORMAT",
  "ATTESTATION_REQUIRED",
  "NOT_A_CHOICE",
  "NOT_TEXT",
] as const;
export type FieldErrorCode = (typeof fieldErrorCodes)[number];

/** `field` in the dotted names of the form, as `organisation.cvr`. */
export interface FieldError {
  field: string;
  code: FieldErrorCode;
}
