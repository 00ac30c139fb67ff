import { bilingual } from "../words/bilingual.ts";
import type { Chrome } from "./kit/shell.ts";
import { type Statement, statementPage } from "./kit/statement.ts";

/** Says only what has been tested, and how. */
const statement = bilingual<Statement>({
  da: {
    title: "Tilgængelighedserklæring",
    lead: "Alle skal kunne bruge OS2aftale. Siden er bygget efter WCAG 2.1, niveau AA.",
    sections: [
      {
        heading: "Det har vi gjort",
        items: [
          "Alt virker med tastatur, med skærmlæser og uden JavaScript.",
          "Farver bærer aldrig en betydning alene. Teksten kan forstørres, og siden passer til skærme på 320 billedpunkter.",
          "Hver side bliver kontrolleret automatisk med axe i Chromium, hver gang programmet ændres. Der er ingen kendte fejl.",
        ],
      },
      {
        heading: "Det ved vi ikke alt om",
        items: [
          "De aftaler, I sender, er jeres egne filer. Vi kan ikke love, at de er tilgængelige.",
          "Siden er ikke prøvet af mange brugere med hjælpemidler endnu.",
        ],
      },
      {
        heading: "Hvis noget ikke virker",
        items: [
          "Skriv til os. Vi svarer, og vi kan tage imod aftalen på en anden måde.",
          "I kan klage til Digitaliseringsstyrelsen, hvis I ikke er tilfredse med svaret.",
        ],
      },
    ],
    contact: "Skriv til ",
  },
  en: {
    title: "Accessibility statement",
    lead: "Everybody must be able to use OS2aftale. The site is built to WCAG 2.1, level AA.",
    sections: [
      {
        heading: "What we have done",
        items: [
          "Everything works by keyboard, with a screen reader and without JavaScript.",
          "Colour never bears a meaning alone. Text can be enlarged, and the page fits screens of 320 pixels.",
          "Every page is checked automatically with axe in Chromium each time the program changes. There are no known faults.",
        ],
      },
      {
        heading: "What we don’t know everything about",
        items: [
          "The agreements you send are your own files. We can’t promise that they are accessible.",
          "The site has not been tried by many users with assistive technology yet.",
        ],
      },
      {
        heading: "If something does not work",
        items: [
          "Write to us. We answer, and we can take the agreement in another way.",
          "You can complain to the Danish Agency for Digital Government if you are not satisfied with the answer.",
        ],
      },
    ],
    contact: "Write to ",
  },
});

export function accessibilityPage(chrome: Chrome): string {
  return statementPage(statement[chrome.language], chrome);
}
