import type { agreementFindings } from "../../domain/judgement/finding-codes.ts";
import type { TextsFor } from "./finding-text.ts";

/** Is it the agreement that was asked for? */
export const agreementTexts: TextsFor<typeof agreementFindings> = {
  NO_TEXT: {
    da: {
      headline: "Siderne er billeder",
      meaning: "Dokumentet er scannet. Vi kan ikke læse teksten, det kan kun et menneske.",
    },
    en: {
      headline: "The pages are pictures",
      meaning: "The document is a scan. We can’t read the text, only a person can.",
    },
  },
  TEXT_COULD_NOT_BE_CHECKED: {
    da: {
      headline: "Teksten kunne ikke kontrolleres",
      meaning: "Dokumentet er scannet, eller teksten kan ikke læses ud af filen.",
      advice: "Læs aftalen, og se efter navn, CVR-nummer og underskrift.",
    },
    en: {
      headline: "The text could not be checked",
      meaning: "The document is a scan, or its text can’t be read from the file.",
      advice: "Read the agreement and look for the name, the CVR number and the signature.",
    },
  },
  CVR_NOT_IN_TEXT: {
    da: {
      headline: "CVR-nummeret står ikke i dokumentet",
      meaning: "Vi har ikke fundet ansøgerens CVR-nummer i teksten.",
      advice: "Se efter, at aftalen er udfyldt for den rigtige organisation.",
    },
    en: {
      headline: "The CVR number is not in the document",
      meaning: "We did not find the applicant’s CVR number in the text.",
      advice: "See that the agreement is filled in for the right organisation.",
    },
  },
  OTHER_CVR_IN_TEXT: {
    da: {
      headline: "Der står et andet CVR-nummer i dokumentet",
      meaning: "Det er ikke det nummer, ansøgeren har skrevet.",
      advice: "Se, hvem aftalen er for. Send tilbage, hvis det er en anden.",
    },
    en: {
      headline: "The document holds another CVR number",
      meaning: "It is not the number the applicant gave.",
      advice: "See who the agreement is for. Send it back if it is somebody else.",
    },
  },
  CVR_IN_TEXT: {
    da: { headline: "CVR-nummeret passer", meaning: "Ansøgerens CVR-nummer står i aftalen." },
    en: {
      headline: "The CVR number matches",
      meaning: "The applicant’s CVR number stands in the agreement.",
    },
  },
  AGREEMENT_NOT_RECOGNISED: {
    da: {
      headline: "Vi genkender ikke aftalen",
      meaning: "Teksten ligner ingen af de aftaler, OS2 har brugt.",
      advice: "Læs dokumentet. Send tilbage, hvis det er et andet dokument.",
    },
    en: {
      headline: "We don’t recognise the agreement",
      meaning: "The text is like none of the agreements OS2 has used.",
      advice: "Read the document. Send it back if it is another document.",
    },
  },
  AGREEMENT_RECOGNISED: {
    da: { headline: "Det er den rigtige aftale", meaning: "Teksten er en aftale fra OS2." },
    en: { headline: "It is the right agreement", meaning: "The text is an agreement from OS2." },
  },
  AGREEMENT_WRONG_KIND: {
    da: {
      headline: "Det er den forkerte slags aftale",
      meaning: "Ansøgeren søger om noget andet, end dokumentet handler om.",
      advice: "Send tilbage, og bed om den rigtige aftale.",
    },
    en: {
      headline: "It is the wrong kind of agreement",
      meaning: "The applicant asks for something else than the document is about.",
      advice: "Send it back and ask for the right agreement.",
    },
  },
  AGREEMENT_VERSION_OLD: {
    da: {
      headline: "Det er en ældre udgave af aftalen",
      meaning: "OS2 har siden udsendt en nyere tekst.",
      advice: "Godkend, hvis I accepterer den gamle tekst. Ellers send tilbage.",
    },
    en: {
      headline: "It is an older version of the agreement",
      meaning: "OS2 has since issued a newer text.",
      advice: "Approve if you accept the old text. Otherwise send it back.",
    },
  },
  AGREEMENT_CLAUSES_MISSING: {
    da: {
      headline: "Der mangler afsnit i aftalen",
      meaning: "Teksten er fra OS2, men noget, der skal stå der, er væk.",
      advice: "Se, hvad der mangler. Send tilbage, og bed om hele aftalen.",
    },
    en: {
      headline: "Sections of the agreement are missing",
      meaning: "The text is from OS2, but something that must be there is gone.",
      advice: "See what is missing. Send it back and ask for the whole agreement.",
    },
  },
  SIGNER_CVR_DIFFERS: {
    da: {
      headline: "Underskriverens certifikat er udstedt til en anden organisation",
      meaning: "CVR-nummeret i certifikatet er ikke det, ansøgeren har skrevet.",
      advice: "Spørg ansøgeren, hvem der har skrevet under, eller send tilbage.",
    },
    en: {
      headline: "The signer’s certificate belongs to another organisation",
      meaning: "The CVR number in the certificate is not the one the applicant gave.",
      advice: "Ask the applicant who signed, or send it back.",
    },
  },
  SIGNER_CVR_MATCHES: {
    da: {
      headline: "Underskriveren hører til organisationen",
      meaning: "Certifikatet er udstedt til ansøgerens CVR-nummer.",
    },
    en: {
      headline: "The signer belongs to the organisation",
      meaning: "The certificate is issued to the applicant’s CVR number.",
    },
  },
};
