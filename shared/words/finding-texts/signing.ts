import type { signingFindings } from "../../domain/judgement/finding-codes.ts";
import type { TextsFor } from "./finding-text.ts";

/** What all signatures together say about the file. */
export const signingTexts: TextsFor<typeof signingFindings> = {
  UNSIGNED: {
    da: {
      headline: "Der er ingen digital underskrift",
      meaning: "Aftalen kan være underskrevet i hånden og scannet. Det kan vi ikke kontrollere.",
      advice: "Se efter en underskrift på siderne. Kontakt underskriveren, hvis du er i tvivl.",
    },
    en: {
      headline: "There is no digital signature",
      meaning: "The agreement may be signed by hand and scanned. We can’t check that.",
      advice: "Look for a signature on the pages. Contact the signer if you are in doubt.",
    },
  },
  SIGNATURE_FAILED: {
    da: {
      headline: "En underskrift holder ikke",
      meaning: "Den passer ikke til dokumentet, eller den er lavet forkert.",
      advice: "Send tilbage, og bed om en ny underskrift.",
    },
    en: {
      headline: "A signature does not hold",
      meaning: "It does not fit the document, or it was made wrongly.",
      advice: "Send it back and ask for a new signature.",
    },
  },
  SIGNATURE_UNDETERMINED: {
    da: {
      headline: "En underskrift kan ikke bekræftes",
      meaning: "Den er hel, men vi kan ikke bevise, hvem der står bag.",
      advice: "Kontakt underskriveren, eller bed om en underskrift med MitID Erhverv.",
    },
    en: {
      headline: "A signature can’t be confirmed",
      meaning: "It is whole, but we can’t prove who is behind it.",
      advice: "Contact the signer, or ask for a signature with MitID Erhverv.",
    },
  },
  CHANGED_AFTER_SIGNING: {
    da: {
      headline: "Dokumentet er ændret, efter at der blev skrevet under",
      meaning: "Underskriften dækker ikke det, der står der nu.",
      advice: "Send tilbage, og bed om den fil, der blev skrevet under.",
    },
    en: {
      headline: "The document was changed after it was signed",
      meaning: "The signature does not cover what stands there now.",
      advice: "Send it back and ask for the file that was signed.",
    },
  },
  SEALED_BY_PLATFORM_ONLY: {
    da: {
      headline: "Filen er forseglet af platformen",
      meaning: "Seglet viser, at filen er uændret. Det viser ikke i sig selv, hvem der skrev under.",
      advice: "Se navn og tidspunkt på platformens underskriftsside i dokumentet.",
    },
    en: {
      headline: "The file is sealed by the platform",
      meaning: "The seal shows that the file is unchanged. By itself it does not show who signed.",
      advice: "See name and time on the platform’s signature page in the document.",
    },
  },
  EMPTY_SIGNATURE_FIELD: {
    da: {
      headline: "Et underskriftsfelt er tomt",
      meaning: "Det kan være feltet til formanden, eller en underskrift kan mangle.",
    },
    en: {
      headline: "A signature field is empty",
      meaning: "It may be the chair’s field, or a signature may be missing.",
    },
  },
  ALL_SIGNATURES_VALID: {
    da: {
      headline: "Alle underskrifter er gyldige",
      meaning: "De er lavet med betroede certifikater og dækker dokumentet.",
    },
    en: {
      headline: "All signatures are valid",
      meaning: "They are made with trusted certificates and cover the document.",
    },
  },
};
