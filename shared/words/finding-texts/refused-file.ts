import type { documentFindings } from "../../domain/judgement/finding-codes.ts";
import type { TextsFor } from "./finding-text.ts";

type Rules = typeof documentFindings;
type Refused = {
  [Code in keyof Rules as Rules[Code]["severity"] extends "reject" ? Code : never]: Rules[Code];
};

/** Read by whoever sent the file: why we can't take it, and how to make one that we can. */
export const refusedFileTexts: TextsFor<Refused> = {
  FILE_EMPTY: {
    da: {
      headline: "Filen er tom",
      meaning: "Der er ikke noget i den fil, vi fik.",
      advice: "Gem aftalen som PDF igen, og send den nye fil.",
    },
    en: {
      headline: "The file is empty",
      meaning: "There is nothing in the file we received.",
      advice: "Save the agreement as a PDF again and send the new file.",
    },
  },
  FILE_TOO_LARGE: {
    da: {
      headline: "Filen er for stor",
      meaning: "Vi kan tage imod højst 25 MB.",
      advice: "Scan i lavere opløsning, eller gem en mindre PDF.",
    },
    en: {
      headline: "The file is too large",
      meaning: "We can take 25 MB at most.",
      advice: "Scan at a lower resolution, or save a smaller PDF.",
    },
  },
  NOT_A_PDF: {
    da: {
      headline: "Filen er ikke en PDF",
      meaning: "Navnet kan slutte på .pdf, men indholdet er noget andet, for eksempel et billede.",
      advice: "Gem eller udskriv aftalen som PDF, og send den fil.",
    },
    en: {
      headline: "The file is not a PDF",
      meaning: "Its name may end in .pdf, but the content is something else, such as a picture.",
      advice: "Save or print the agreement as a PDF and send that file.",
    },
  },
  ENCRYPTED: {
    da: {
      headline: "Filen er beskyttet med adgangskode eller kryptering",
      meaning: "Vi kan ikke kontrollere en låst fil, heller ikke når den åbner uden adgangskode hos jer.",
      advice: "Fjern beskyttelsen, få skrevet under igen om nødvendigt, og send den ulåste fil.",
    },
    en: {
      headline: "The file is protected by a password or encryption",
      meaning: "We can’t check a locked file, even if it opens without a password at your end.",
      advice: "Remove the protection, have it signed again if necessary, and send the unlocked file.",
    },
  },
  TRUNCATED: {
    da: {
      headline: "Slutningen af filen mangler",
      meaning: "Filen stopper midt i det hele. Det sker, når en overførsel bliver afbrudt.",
      advice: "Hent filen igen, hvor I har den fra, og send den hele fil.",
    },
    en: {
      headline: "The end of the file is missing",
      meaning: "The file stops in the middle. That happens when a transfer is interrupted.",
      advice: "Download the file again from its source and send the whole file.",
    },
  },
  DAMAGED_BEYOND_REPAIR: {
    da: {
      headline: "Filen er beskadiget",
      meaning: "Vi kan ikke finde siderne i den.",
      advice: "Hent eller scan aftalen igen, og send den nye fil.",
    },
    en: {
      headline: "The file is damaged",
      meaning: "We can’t find the pages in it.",
      advice: "Download or scan the agreement again and send the new file.",
    },
  },
  XREF_LOOP: {
    da: {
      headline: "Filens indholdsfortegnelse går i ring",
      meaning: "Filen kan ikke læses sikkert.",
      advice: "Udskriv aftalen til en ny PDF, få den underskrevet, og send den.",
    },
    en: {
      headline: "The file’s internal index goes round in circles",
      meaning: "The file can’t be read safely.",
      advice: "Print the agreement to a new PDF, have it signed, and send it.",
    },
  },
  PAGE_TREE_LOOP: {
    da: {
      headline: "Filens sider henviser til sig selv",
      meaning: "Filen kan ikke læses sikkert.",
      advice: "Udskriv aftalen til en ny PDF, få den underskrevet, og send den.",
    },
    en: {
      headline: "The file’s pages refer to themselves",
      meaning: "The file can’t be read safely.",
      advice: "Print the agreement to a new PDF, have it signed, and send it.",
    },
  },
  NO_PAGES: {
    da: {
      headline: "Filen har ingen sider",
      meaning: "Det er en PDF, men der er ikke noget at vise.",
      advice: "Gem aftalen som PDF igen, og se, at siderne er med.",
    },
    en: {
      headline: "The file has no pages",
      meaning: "It is a PDF, but there is nothing to show.",
      advice: "Save the agreement as a PDF again and see that the pages are there.",
    },
  },
  TOO_MANY_PAGES: {
    da: {
      headline: "Filen har for mange sider",
      meaning: "En aftale fylder få sider. Så mange læser vi ikke.",
      advice: "Send kun aftalen og dens bilag.",
    },
    en: {
      headline: "The file has too many pages",
      meaning: "An agreement takes a few pages. We don’t read this many.",
      advice: "Send only the agreement and its annexes.",
    },
  },
  DECOMPRESSION_BOMB: {
    da: {
      headline: "Filen fylder alt for meget, når den pakkes ud",
      meaning: "Den kan ikke læses sikkert.",
      advice: "Udskriv aftalen til en ny PDF, få den underskrevet, og send den.",
    },
    en: {
      headline: "The file unfolds to far too much data",
      meaning: "It can’t be read safely.",
      advice: "Print the agreement to a new PDF, have it signed, and send it.",
    },
  },
  TOO_MANY_OBJECTS: {
    da: {
      headline: "Filen har for mange dele",
      meaning: "Den kan ikke læses sikkert.",
      advice: "Udskriv aftalen til en ny PDF, få den underskrevet, og send den.",
    },
    en: {
      headline: "The file has too many parts",
      meaning: "It can’t be read safely.",
      advice: "Print the agreement to a new PDF, have it signed, and send it.",
    },
  },
  NESTED_TOO_DEEPLY: {
    da: {
      headline: "Filens dele ligger for dybt inde i hinanden",
      meaning: "Den kan ikke læses sikkert.",
      advice: "Udskriv aftalen til en ny PDF, få den underskrevet, og send den.",
    },
    en: {
      headline: "The file’s parts lie too deep inside each other",
      meaning: "It can’t be read safely.",
      advice: "Print the agreement to a new PDF, have it signed, and send it.",
    },
  },
  PIXEL_FLOOD: {
    da: {
      headline: "En side eller et billede er alt for stort",
      meaning: "Det har flere billedpunkter, end der kan vises.",
      advice: "Scan i 300 dpi eller mindre, og send den nye fil.",
    },
    en: {
      headline: "A page or picture is far too big",
      meaning: "It has more pixels than can be shown.",
      advice: "Scan at 300 dpi or less and send the new file.",
    },
  },
  COULD_NOT_BE_READ_SAFELY: {
    da: {
      headline: "Filen kunne ikke læses sikkert",
      meaning: "Vi stoppede, fordi den krævede for meget tid eller hukommelse.",
      advice: "Udskriv aftalen til en ny PDF, få den underskrevet, og send den.",
    },
    en: {
      headline: "The file could not be read safely",
      meaning: "We stopped because it took too much time or memory.",
      advice: "Print the agreement to a new PDF, have it signed, and send it.",
    },
  },
  LATE_HEADER: {
    da: {
      headline: "Der står noget foran PDF’en i filen",
      meaning: "Programmer kan så se forskellige dokumenter i den samme fil.",
      advice: "Gem aftalen som en ny PDF, få den underskrevet, og send den.",
    },
    en: {
      headline: "Something stands before the PDF in the file",
      meaning: "Programs may then see different documents in the same file.",
      advice: "Save the agreement as a new PDF, have it signed, and send it.",
    },
  },
  POLYGLOT: {
    da: {
      headline: "Filen er også noget andet end en PDF",
      meaning: "Den kan åbnes som en anden slags fil, for eksempel et arkiv eller en webside.",
      advice: "Gem aftalen som en ny PDF, få den underskrevet, og send den.",
    },
    en: {
      headline: "The file is also something else than a PDF",
      meaning: "It can be opened as another kind of file, such as an archive or a web page.",
      advice: "Save the agreement as a new PDF, have it signed, and send it.",
    },
  },
  LAUNCH_ACTION: {
    da: {
      headline: "Filen vil starte et program",
      meaning: "Et dokument, der starter programmer, åbner vi ikke.",
      advice: "Udskriv aftalen til en ny PDF, få den underskrevet, og send den.",
    },
    en: {
      headline: "The file wants to start a program",
      meaning: "We don’t open a document that starts programs.",
      advice: "Print the agreement to a new PDF, have it signed, and send it.",
    },
  },
};
