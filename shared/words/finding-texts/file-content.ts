import type { documentFindings } from "../../domain/judgement/finding-codes.ts";
import type { TextsFor } from "./finding-text.ts";

type Rules = typeof documentFindings;
type Readable = {
  [Code in keyof Rules as Rules[Code]["severity"] extends "reject" ? never : Code]: Rules[Code];
};

const sendBackForPlain = {
  da: "Send tilbage, og bed om en almindelig PDF, hvis du er i tvivl.",
  en: "Send it back and ask for an ordinary PDF if you are in doubt.",
};

/** Read by the secretariat and the chair: the file does more than show pages, or was hard to read. */
export const fileContentTexts: TextsFor<Readable> = {
  JAVASCRIPT: {
    da: {
      headline: "Filen indeholder et program",
      meaning: "JavaScript kan ændre, hvad du ser. Billedet på denne side er tegnet uden at køre det.",
      advice: "Send tilbage, og bed om en PDF uden program.",
    },
    en: {
      headline: "The file contains a program",
      meaning: "JavaScript can change what you see. The image on this page was drawn without running it.",
      advice: "Send it back and ask for a PDF without a program.",
    },
  },
  OPEN_ACTION: {
    da: {
      headline: "Filen gør noget, når den åbnes",
      meaning: "Ofte vælger den kun en side eller en zoom. Vi kan ikke udelukke andet.",
      advice: sendBackForPlain.da,
    },
    en: {
      headline: "The file does something when it opens",
      meaning: "Often it only chooses a page or a zoom. We can’t rule out more.",
      advice: sendBackForPlain.en,
    },
  },
  AUTOMATIC_ACTION: {
    da: {
      headline: "Filen gør noget af sig selv",
      meaning: "En side eller et felt har en handling, der kører uden klik.",
      advice: sendBackForPlain.da,
    },
    en: {
      headline: "The file does something by itself",
      meaning: "A page or a field has an action that runs without a click.",
      advice: sendBackForPlain.en,
    },
  },
  SUBMIT_FORM_ACTION: {
    da: {
      headline: "Filen kan sende oplysninger af sted",
      meaning: "En knap i dokumentet sender felternes indhold til en adresse.",
      advice: "Klik ikke på knapper i dokumentet.",
    },
    en: {
      headline: "The file can send information away",
      meaning: "A button in the document sends the fields’ content to an address.",
      advice: "Don’t click any buttons in the document.",
    },
  },
  IMPORT_DATA_ACTION: {
    da: {
      headline: "Filen kan hente oplysninger ind udefra",
      meaning: "Det, du ser, kan ændre sig efter underskriften.",
      advice: sendBackForPlain.da,
    },
    en: {
      headline: "The file can fetch information from outside",
      meaning: "What you see may change after the signing.",
      advice: sendBackForPlain.en,
    },
  },
  GO_TO_REMOTE_ACTION: {
    da: {
      headline: "Filen henviser til en anden fil",
      meaning: "Et link i dokumentet åbner en anden PDF.",
      advice: "Se efter, at hele aftalen står i denne fil.",
    },
    en: {
      headline: "The file refers to another file",
      meaning: "A link in the document opens another PDF.",
      advice: "See that the whole agreement stands in this file.",
    },
  },
  GO_TO_EMBEDDED_ACTION: {
    da: {
      headline: "Filen henviser til en vedhæftet fil",
      meaning: "Et link i dokumentet åbner en fil, der ligger inde i PDF’en.",
      advice: "Se efter, at hele aftalen står på siderne.",
    },
    en: {
      headline: "The file refers to an attached file",
      meaning: "A link in the document opens a file inside the PDF.",
      advice: "See that the whole agreement stands on the pages.",
    },
  },
  OTHER_ACTION: {
    da: {
      headline: "Filen kan vise, skjule eller afspille noget",
      meaning: "Det, du ser, kan afhænge af, hvor du klikker.",
      advice: sendBackForPlain.da,
    },
    en: {
      headline: "The file can show, hide or play something",
      meaning: "What you see may depend on where you click.",
      advice: sendBackForPlain.en,
    },
  },
  EMBEDDED_FILE: {
    da: {
      headline: "Der ligger filer inde i PDF’en",
      meaning: "Nogle underskriftstjenester lægger deres bevis her. Vi har ikke læst filerne.",
      advice: "Åbn dem ikke, hvis du ikke ved, hvad de er.",
    },
    en: {
      headline: "There are files inside the PDF",
      meaning: "Some signing services put their evidence here. We have not read the files.",
      advice: "Don’t open them unless you know what they are.",
    },
  },
  PORTFOLIO: {
    da: {
      headline: "Filen er en samling af flere filer",
      meaning: "Billedet her viser kun forsiden af samlingen.",
      advice: "Send tilbage, og bed om aftalen alene.",
    },
    en: {
      headline: "The file is a collection of several files",
      meaning: "The image here shows only the cover of the collection.",
      advice: "Send it back and ask for the agreement alone.",
    },
  },
  XFA_FORM: {
    da: {
      headline: "Filen er en formular, der tegnes på ny hver gang",
      meaning: "Det, du ser, kan være noget andet end det, der blev skrevet under på.",
      advice: "Send tilbage, og bed om en PDF med faste sider.",
    },
    en: {
      headline: "The file is a form that is drawn anew each time",
      meaning: "What you see may differ from what was signed.",
      advice: "Send it back and ask for a PDF with fixed pages.",
    },
  },
  RICH_MEDIA: {
    da: {
      headline: "Filen indeholder lyd, film eller 3D",
      meaning: "Det hører ikke til i en aftale.",
      advice: sendBackForPlain.da,
    },
    en: {
      headline: "The file contains sound, film or 3D",
      meaning: "That does not belong in an agreement.",
      advice: sendBackForPlain.en,
    },
  },
  EXTERNAL_STREAM: {
    da: {
      headline: "En del af indholdet ligger uden for filen",
      meaning: "Det, du ser, kan ændre sig efter underskriften.",
      advice: "Send tilbage, og bed om en PDF med alt indhold i.",
    },
    en: {
      headline: "Part of the content lies outside the file",
      meaning: "What you see may change after the signing.",
      advice: "Send it back and ask for a PDF with all its content inside.",
    },
  },
  XREF_REPAIRED: {
    da: {
      headline: "Filen var beskadiget, men kunne læses",
      meaning: "Vi har fundet siderne ved at lede. Andre programmer kan vise noget andet.",
      advice: "Se alle sider efter, før du afgør.",
    },
    en: {
      headline: "The file was damaged but could be read",
      meaning: "We found the pages by searching. Other programs may show something else.",
      advice: "Look through all pages before you decide.",
    },
  },
  OBJECT_SHADOWED: {
    da: {
      headline: "To programmer kan se to forskellige dokumenter",
      meaning: "En del af filen findes i to udgaver på samme tid.",
      advice: "Send tilbage, og bed om en ny PDF.",
    },
    en: {
      headline: "Two programs may see two different documents",
      meaning: "A part of the file exists in two versions at once.",
      advice: "Send it back and ask for a new PDF.",
    },
  },
  HYBRID_XREF: {
    da: {
      headline: "Gamle og nye programmer kan se forskelligt indhold",
      meaning: "Filen har to indholdsfortegnelser.",
      advice: "Se alle sider efter, før du afgør.",
    },
    en: {
      headline: "Old and new programs may see different content",
      meaning: "The file has two internal indexes.",
      advice: "Look through all pages before you decide.",
    },
  },
  WHITE_SPACE_BEFORE_HEADER: {
    da: {
      headline: "Filen begynder med tomme tegn",
      meaning: "Nogle programmer læser filen anderledes end andre, når den ikke begynder med sig selv.",
      advice: "Se alle sider efter, før du afgør.",
    },
    en: {
      headline: "The file begins with blank characters",
      meaning: "Some programs read a file in another way than others do, when it does not begin with itself.",
      advice: "Look through all pages before you decide.",
    },
  },
  TRAILING_DATA: {
    da: {
      headline: "Der ligger noget efter slutningen af dokumentet",
      meaning: "Det vises ikke, og det er ikke dækket af underskriften.",
      advice: "Se alle sider efter, før du afgør.",
    },
    en: {
      headline: "There is something after the end of the document",
      meaning: "It is not shown, and no signature covers it.",
      advice: "Look through all pages before you decide.",
    },
  },
  SYNTAX_ERRORS: {
    da: {
      headline: "Filen har små formfejl",
      meaning: "De ændrer ikke, hvad siderne viser.",
    },
    en: {
      headline: "The file has small errors of form",
      meaning: "They don’t change what the pages show.",
    },
  },
};
