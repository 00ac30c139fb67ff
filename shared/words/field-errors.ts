import type { FieldError, FieldErrorCode } from "../domain/agreement/application.ts";
import type { Language } from "../domain/agreement/kind.ts";
import { bilingual } from "./bilingual.ts";

interface ErrorTexts {
  /** What to do about an empty field, where the field's own name says more than "fill this in". */
  required: Readonly<Record<string, string>>;
  byCode: Readonly<Record<FieldErrorCode, string>>;
}

const texts: Record<Language, ErrorTexts> = bilingual<ErrorTexts>({
  da: {
    required: {
      kind: "Vælg, hvad I søger om",
      "organisation.name": "Skriv navnet på jeres organisation",
      "organisation.cvr": "Skriv jeres CVR-nummer",
      "organisation.authorityType": "Vælg, hvad I er for en myndighed",
      "organisation.address.street": "Skriv vej og nummer",
      "organisation.address.postalCode": "Skriv postnummeret",
      "organisation.address.city": "Skriv byen",
      "signer.name": "Skriv navnet på den, der skriver under",
      "signer.title": "Skriv titlen på den, der skriver under",
      "contact.name": "Skriv navnet på jeres kontaktperson",
      "contact.email": "Skriv kontaktpersonens e-mail",
    },
    byCode: {
      REQUIRED: "Udfyld feltet",
      TOO_LONG: "Skriv det kortere. Teksten er for lang",
      ILL_FORMED_TEXT: "Skriv teksten igen. Et tegn i den er gået i stykker",
      CONTROL_CHARACTERS: "Fjern linjeskift og styretegn",
      WEB_ADDRESS:
        "Skriv det uden webadresse, for mailprogrammer gør den til et link. Er den en del af navnet, så skriv et mellemrum i stedet for punktum",
      CVR_FORMAT: "Skriv CVR-nummeret med otte cifre, som 12 34 56 74",
      CVR_CHECK_DIGIT: "Se CVR-nummeret efter. Et ciffer må være forkert",
      CVR_IS_P_NUMBER:
        "Skriv CVR-nummeret, som har otte cifre. Et nummer med ti cifre er et P-nummer og gælder kun én adresse",
      GLN_FORMAT: "Skriv EAN-nummeret med 13 cifre",
      GLN_CHECK_DIGIT: "Se EAN-nummeret efter. Et ciffer må være forkert",
      EMAIL_FORMAT: "Skriv e-mailen som navn@eksempel.dk",
      PHONE_FORMAT: "Skriv telefonnummeret med mindst fem cifre, som 12 34 56 78",
      POSTAL_CODE_FORMAT: "Skriv postnummeret, som 8000, eller FO-100 på Færøerne",
      POPULATION_FORMAT: "Skriv antallet af borgere som et helt tal, som 59500 eller 59.500",
      ATTESTATION_REQUIRED: "Bekræft, at underskriveren har ret til at skrive under",
      NOT_A_CHOICE: "Vælg en af mulighederne",
      NOT_TEXT: "Skriv værdien som tekst",
    },
  },
  en: {
    required: {
      kind: "Choose what you apply for",
      "organisation.name": "Enter the name of your organisation",
      "organisation.cvr": "Enter your CVR number",
      "organisation.authorityType": "Choose what kind of authority you are",
      "organisation.address.street": "Enter street and number",
      "organisation.address.postalCode": "Enter the postal code",
      "organisation.address.city": "Enter the city",
      "signer.name": "Enter the name of the person who signs",
      "signer.title": "Enter the title of the person who signs",
      "contact.name": "Enter the name of your contact person",
      "contact.email": "Enter the contact person’s email address",
    },
    byCode: {
      REQUIRED: "Fill in this field",
      TOO_LONG: "Make it shorter. The text is too long",
      ILL_FORMED_TEXT: "Enter the text again. One of its characters is broken",
      CONTROL_CHARACTERS: "Remove line breaks and control characters",
      WEB_ADDRESS:
        "Enter it without a web address, for mail programs make a link of it. If it is part of the name, put a space in place of the dot",
      CVR_FORMAT: "Enter the CVR number with eight digits, as 12 34 56 74",
      CVR_CHECK_DIGIT: "Check the CVR number. One of its digits must be wrong",
      CVR_IS_P_NUMBER:
        "Enter the CVR number, which has eight digits. A number of ten digits is a P-number and stands for one address only",
      GLN_FORMAT: "Enter the EAN number with 13 digits",
      GLN_CHECK_DIGIT: "Check the EAN number. One of its digits must be wrong",
      EMAIL_FORMAT: "Enter the email address as name@example.com",
      PHONE_FORMAT: "Enter the phone number with five digits at least, as 12 34 56 78",
      POSTAL_CODE_FORMAT: "Enter the postal code, as 8000, or FO-100 in the Faroes",
      POPULATION_FORMAT: "Enter the number of citizens as a whole number, as 59500 or 59.500",
      ATTESTATION_REQUIRED: "Confirm that the signer has authority to sign",
      NOT_A_CHOICE: "Choose one of the options",
      NOT_TEXT: "Give the value as text",
    },
  },
});

/** What to do about one field, in words: for the form's page and for the API's `message`. */
export function fieldErrorMessage({ field, code }: FieldError, language: Language): string {
  const { required, byCode } = texts[language];
  const special = code === "REQUIRED" && Object.hasOwn(required, field) ? required[field] : undefined;
  return special ?? byCode[code];
}
