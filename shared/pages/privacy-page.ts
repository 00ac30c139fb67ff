import { bilingual } from "../words/bilingual.ts";
import type { Chrome } from "./kit/shell.ts";
import { type Statement, statementPage } from "./kit/statement.ts";

/** Source: the retention table and the legal basis that the association states. */
const statement = bilingual<Statement>({
  da: {
    title: "Sådan bruger vi jeres oplysninger",
    lead: "Vi bruger kun det, der skal til for at optage jer og holde styr på medlemskabet.",
    sections: [
      {
        heading: "Det gemmer vi",
        items: [
          "Organisationens navn, CVR-nummer, adresse og EAN-nummer.",
          "Navn og titel på den, der skriver under, og jeres kontaktpersons navn, e-mail og telefon.",
          "Den aftale, I sender, og hvad vi fandt, da vi kontrollerede den.",
          "Hvem der afgjorde sagen og hvornår.",
        ],
      },
      {
        heading: "Det bruger vi det til",
        items: [
          "At behandle ansøgningen, svare jer og opkræve kontingent.",
          "Retsgrundlaget er databeskyttelsesforordningens artikel 6, stk. 1, litra f: vores legitime interesse i at føre foreningen. Regnskab gemmer vi, fordi bogføringsloven kræver det.",
          "Vi sælger ikke oplysninger, bruger ingen cookies og følger jer ikke.",
        ],
      },
      {
        heading: "Så længe gemmer vi det",
        items: [
          "Sager, der ikke førte til optagelse: 6 måneder efter, at sagen er lukket.",
          "Filer, I sendte: 90 dage efter, at aftalen er arkiveret.",
          "Oplysninger om sendte mails: 2 år.",
          "Regnskab: 5 år efter regnskabsårets slutning.",
          "Den underskrevne aftale: 10 år efter udmeldelse.",
        ],
      },
      {
        heading: "Jeres rettigheder",
        items: [
          "I kan få indsigt i oplysningerne, få dem rettet eller slettet, og gøre indsigelse.",
          "Oplysningerne ligger hos Amazon Web Services i Stockholm og behandles kun på vores vegne.",
          "I kan klage til Datatilsynet på datatilsynet.dk.",
        ],
      },
    ],
    contact: "Spørgsmål? Skriv til ",
  },
  en: {
    title: "How we use your information",
    lead: "We only use what it takes to admit you and keep track of the membership.",
    sections: [
      {
        heading: "What we keep",
        items: [
          "The organisation’s name, CVR number, address and EAN number.",
          "Name and title of the person who signs, and your contact’s name, email and phone.",
          "The agreement you send, and what we found when we checked it.",
          "Who decided the case and when.",
        ],
      },
      {
        heading: "What we use it for",
        items: [
          "To handle the application, answer you and collect dues.",
          "The legal basis is article 6(1)(f) of the GDPR: our legitimate interest in running the association. Accounts are kept because the Danish Bookkeeping Act requires it.",
          "We don’t sell information, use no cookies and don’t track you.",
        ],
      },
      {
        heading: "How long we keep it",
        items: [
          "Cases that did not lead to admission: 6 months after the case is closed.",
          "Files you sent: 90 days after the agreement is archived.",
          "Records of sent emails: 2 years.",
          "Accounts: 5 years after the end of the financial year.",
          "The signed agreement: 10 years after you leave.",
        ],
      },
      {
        heading: "Your rights",
        items: [
          "You can see the information, have it corrected or erased, and object.",
          "The information is stored with Amazon Web Services in Stockholm and only processed on our behalf.",
          "You can complain to the Danish Data Protection Agency at datatilsynet.dk.",
        ],
      },
    ],
    contact: "Questions? Write to ",
  },
});

export function privacyPage(chrome: Chrome): string {
  return statementPage(statement[chrome.language], chrome);
}
