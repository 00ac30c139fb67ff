import type { signaturePlaceFindings } from "../../domain/judgement/finding-codes.ts";
import type { TextsFor } from "./finding-text.ts";

const newSignature = {
  da: "Send tilbage, og bed om en ny underskrift.",
  en: "Send it back and ask for a new signature.",
};
const signedFile = {
  da: "Send tilbage, og bed om den fil, der blev skrevet under.",
  en: "Send it back and ask for the file that was signed.",
};

/** One signature: where it lies in the file and what happened to the file afterwards. */
export const signaturePlaceTexts: TextsFor<typeof signaturePlaceFindings> = {
  SIGNATURE_VALUE_MISSING: {
    da: {
      headline: "Underskriften er tom",
      meaning: "Feltet ser underskrevet ud, men selve underskriften mangler.",
      advice: newSignature.da,
    },
    en: {
      headline: "The signature is empty",
      meaning: "The field looks signed, but the signature itself is missing.",
      advice: newSignature.en,
    },
  },
  BYTE_RANGE_INVALID: {
    da: {
      headline: "Underskriften dækker ikke filen rigtigt",
      meaning:
        "Underskriften siger forkert, hvilken del af filen den dækker. Sådan ser et forsøg på at forfalske ud.",
      advice: newSignature.da,
    },
    en: {
      headline: "The signature does not cover the file properly",
      meaning: "The signature misstates which part of the file it covers. That is what a forgery looks like.",
      advice: newSignature.en,
    },
  },
  BYTE_RANGE_NOT_FROM_START: {
    da: {
      headline: "Underskriften dækker ikke begyndelsen af filen",
      meaning: "Noget af dokumentet kan være skiftet ud.",
      advice: newSignature.da,
    },
    en: {
      headline: "The signature does not cover the beginning of the file",
      meaning: "Part of the document may have been replaced.",
      advice: newSignature.en,
    },
  },
  BYTE_RANGE_HOLE_MISMATCH: {
    da: {
      headline: "Underskriften springer noget af filen over",
      meaning: "Noget af dokumentet kan være skiftet ud.",
      advice: newSignature.da,
    },
    en: {
      headline: "The signature skips part of the file",
      meaning: "Part of the document may have been replaced.",
      advice: newSignature.en,
    },
  },
  BYTE_RANGE_OVERLAP: {
    da: {
      headline: "Underskriften dækker den samme del to gange",
      meaning:
        "Underskriften siger forkert, hvilken del af filen den dækker. Sådan ser et forsøg på at forfalske ud.",
      advice: newSignature.da,
    },
    en: {
      headline: "The signature covers the same part twice",
      meaning: "The signature misstates which part of the file it covers. That is what a forgery looks like.",
      advice: newSignature.en,
    },
  },
  BYTE_RANGE_BEYOND_FILE: {
    da: {
      headline: "Underskriften dækker mere, end filen rummer",
      meaning: "Slutningen af filen kan være skåret af.",
      advice: newSignature.da,
    },
    en: {
      headline: "The signature covers more than the file holds",
      meaning: "The end of the file may have been cut off.",
      advice: newSignature.en,
    },
  },
  SIGNATURE_DICTIONARY_OUTSIDE_RANGE: {
    da: {
      headline: "Oplysningerne om underskriften er ikke dækket af den",
      meaning: "De kan være skiftet ud bagefter.",
      advice: newSignature.da,
    },
    en: {
      headline: "The signature does not cover its own details",
      meaning: "They may have been replaced afterwards.",
      advice: newSignature.en,
    },
  },
  SIGNATURE_WITHOUT_FIELD: {
    da: {
      headline: "En underskrift ligger skjult i filen",
      meaning: "Intet felt i dokumentet viser den.",
      advice: newSignature.da,
    },
    en: {
      headline: "A signature lies hidden in the file",
      meaning: "No field of the document shows it.",
      advice: newSignature.en,
    },
  },
  SIGNED_REVISION_MALFORMED: {
    da: {
      headline: "Den underskrevne udgave kan ikke læses",
      meaning: "Vi kan ikke vise, hvad der blev skrevet under på.",
      advice: newSignature.da,
    },
    en: {
      headline: "The signed version can’t be read",
      meaning: "We can’t show what was signed.",
      advice: newSignature.en,
    },
  },
  SIGNED_REVISION_REACHES_OUTSIDE: {
    da: {
      headline: "Den underskrevne udgave bruger noget, underskriften ikke dækker",
      meaning: "Det, der blev skrevet under på, kan være skiftet ud.",
      advice: newSignature.da,
    },
    en: {
      headline: "The signed version uses something the signature does not cover",
      meaning: "What was signed may have been replaced.",
      advice: newSignature.en,
    },
  },
  REVISION_CHAIN_BROKEN: {
    da: {
      headline: "Filens udgaver hænger ikke sammen",
      meaning: "Vi kan ikke følge, hvad der er ændret efter underskriften.",
      advice: newSignature.da,
    },
    en: {
      headline: "The versions of the file don’t hang together",
      meaning: "We can’t follow what changed after the signing.",
      advice: newSignature.en,
    },
  },
  SIGNED_OBJECT_SHADOWED: {
    da: {
      headline: "En underskrevet del er skjult bag en anden",
      meaning: "Det, du ser, er måske ikke det, der blev skrevet under på.",
      advice: newSignature.da,
    },
    en: {
      headline: "A signed part is hidden behind another",
      meaning: "What you see may not be what was signed.",
      advice: newSignature.en,
    },
  },
  UNACCOUNTED_BYTES_AFTER_SIGNING: {
    da: {
      headline: "Der er tilføjet noget efter underskriften",
      meaning: "Vi kan ikke gøre rede for, hvad det er.",
      advice: newSignature.da,
    },
    en: {
      headline: "Something was added after the signing",
      meaning: "We can’t account for what it is.",
      advice: newSignature.en,
    },
  },
  CONTENT_CHANGED_AFTER_SIGNING: {
    da: {
      headline: "Indholdet er ændret efter underskriften",
      meaning: "En side viser noget andet, end der blev skrevet under på.",
      advice: signedFile.da,
    },
    en: {
      headline: "The content was changed after the signing",
      meaning: "A page shows something else than what was signed.",
      advice: signedFile.en,
    },
  },
  TAGS_CHANGED_AFTER_SIGNING: {
    da: {
      headline: "Teksten for skærmlæsere er ændret efter underskriften",
      meaning: "Siderne ser ens ud, men de bliver læst anderledes højt.",
      advice: signedFile.da,
    },
    en: {
      headline: "The text for screen readers was changed after the signing",
      meaning: "The pages look the same, but they are read aloud differently.",
      advice: signedFile.en,
    },
  },
  ANNOTATED_AFTER_SIGNING: {
    da: {
      headline: "Der er skrevet oven på siderne efter underskriften",
      meaning: "Noter eller felter kan dække eller ændre det, du ser.",
      advice: signedFile.da,
    },
    en: {
      headline: "The pages were written on after the signing",
      meaning: "Notes or fields may cover or change what you see.",
      advice: signedFile.en,
    },
  },
  FORM_FILLED_AFTER_SIGNING: {
    da: {
      headline: "Felter er udfyldt efter underskriften",
      meaning: "Ingen gyldig underskrift dækker det, der står i felterne nu.",
      advice: signedFile.da,
    },
    en: {
      headline: "Fields were filled in after the signing",
      meaning: "No valid signature covers what the fields hold now.",
      advice: signedFile.en,
    },
  },
  FORM_FILLED_BEFORE_LATER_SIGNATURE: {
    da: {
      headline: "Felter er udfyldt mellem to underskrifter",
      meaning: "Den sidste underskrift dækker dem, den første gør ikke.",
      advice: "Se efter, at den første underskriver kender det, der står i felterne.",
    },
    en: {
      headline: "Fields were filled in between two signatures",
      meaning: "The last signature covers them, the first does not.",
      advice: "See that the first signer knows what the fields say.",
    },
  },
  UNPROVEN_SIGNATURE_ADDED: {
    da: {
      headline: "Der er lagt en underskrift oven på, som ikke holder",
      meaning: "Den er synlig på siderne, men den er ikke gyldig.",
      advice: newSignature.da,
    },
    en: {
      headline: "A signature that does not hold was laid on top",
      meaning: "It shows on the pages, but it is not valid.",
      advice: newSignature.en,
    },
  },
  CERTIFICATION_VIOLATED: {
    da: {
      headline: "Filen er ændret på en måde, den låser for",
      meaning: "Den, der forseglede den, tillod ikke denne ændring.",
      advice: signedFile.da,
    },
    en: {
      headline: "The file was changed in a way it forbids",
      meaning: "Whoever sealed it did not allow this change.",
      advice: signedFile.en,
    },
  },
  FIELD_LOCK_VIOLATED: {
    da: {
      headline: "Et låst felt er ændret",
      meaning: "Underskriften låste feltet, og det er ændret bagefter.",
      advice: signedFile.da,
    },
    en: {
      headline: "A locked field was changed",
      meaning: "The signature locked the field, and it was changed afterwards.",
      advice: signedFile.en,
    },
  },
  COMPARISON_FAILED: {
    da: {
      headline: "Vi kunne ikke sammenligne med den underskrevne udgave",
      meaning: "Derfor kan vi ikke udelukke, at noget er ændret.",
      advice: newSignature.da,
    },
    en: {
      headline: "We could not compare with the signed version",
      meaning: "So we can’t rule out that something was changed.",
      advice: newSignature.en,
    },
  },
  ANOTHER_SIGNATURE_BROKEN: {
    da: {
      headline: "En anden underskrift i filen holder ikke",
      meaning: "Denne underskrift er hel for sig, men står i en fil, hvor en anden er brudt.",
      advice: signedFile.da,
    },
    en: {
      headline: "Another signature in the file does not hold",
      meaning: "This signature is intact by itself, but stands in a file where another one is broken.",
      advice: signedFile.en,
    },
  },
  VALIDATION_DATA_REMOVED_AFTERWARDS: {
    da: {
      headline: "Der er fjernet bevis efter underskriften",
      meaning: "Oplysninger, som underskriften kontrolleres med, er taget ud. Siderne er uændrede.",
      advice: signedFile.da,
    },
    en: {
      headline: "Evidence was removed after the signing",
      meaning: "Data used to check the signature was taken out. The pages are unchanged.",
      advice: signedFile.en,
    },
  },
  SIGNED_AGAIN_AFTERWARDS: {
    da: {
      headline: "Der er skrevet under flere gange",
      meaning: "En senere underskrift er lagt til. Det er i orden.",
    },
    en: {
      headline: "It was signed more than once",
      meaning: "A later signature was added. That is in order.",
    },
  },
  VALIDATION_DATA_ADDED_AFTERWARDS: {
    da: {
      headline: "Der er lagt bevis til efter underskriften",
      meaning: "Det gør underskriften holdbar i mange år. Det er i orden.",
    },
    en: {
      headline: "Evidence was added after the signing",
      meaning: "It makes the signature last for many years. That is in order.",
    },
  },
  ADDED_WITHOUT_EFFECT_AFTERWARDS: {
    da: {
      headline: "Filen er blevet længere efter underskriften, men viser det samme",
      meaning: "Der er kun kommet tomme tegn eller en tilføjelse, som ikke ændrer noget. Det er i orden.",
    },
    en: {
      headline: "The file grew after the signing, but shows the same",
      meaning: "Only blank characters came, or an addition that changes nothing. That is in order.",
    },
  },
};
