import type { CaseFile } from "../../domain/agreement/case-file.ts";
import { contactOf, signerOf } from "../../domain/agreement/case-questions.ts";

/** The application as the form's fields, so that nobody types it twice. The attestation is given anew. */
export function applicationValues(file: CaseFile): Record<string, string> {
  const { organisation } = file;
  const signer = signerOf(file);
  const contact = contactOf(file);
  const values: Record<string, string | undefined> = {
    "organisation.name": organisation.name,
    "organisation.cvr": organisation.cvr,
    "organisation.gln": organisation.gln,
    "organisation.authorityType": organisation.authorityType,
    "organisation.population": organisation.population?.toString(),
    "organisation.address.street": organisation.address?.street,
    "organisation.address.postalCode": organisation.address?.postalCode,
    "organisation.address.city": organisation.address?.city,
    "signer.name": signer.name,
    "signer.title": signer.title,
    "contact.name": contact.name,
    "contact.email": contact.email,
    "contact.phone": contact.phone,
  };
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  );
}
