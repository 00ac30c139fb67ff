import type { AgreementKind, Language } from "../domain/agreement/kind.ts";
import { bilingual } from "./bilingual.ts";

/** Every word that depends on what is applied for. A kind without all of them, in either language, does not compile. */
export interface KindWords {
  /** Whoever has it, as a heading of a column: "Medlem". */
  holder: string;
  /** Inside a sentence and without an article: "medlemsaftale". */
  agreement: string;
  /** The same as the first word of a line. */
  agreementTitle: string;
  getAgreement: string;
  /** What an applicant of this kind is. */
  organisation: string;
  organisationName: string;
  hasAuthority: string;
  /** The card on the front page. */
  door: { above: string; heading: string; text: (memberDues: string) => string };
  /** On another kind's form: for whoever took the wrong door. */
  invitation: string;
  form: { title: string; lead: string };
  /** What it ends in: the last of the steps that the form foretells. */
  lastStep: string;
  /** After the applicant's name. */
  wants: string;
  alreadyIs: string;
  /** What the welcome brings, at the end of the case's timeline. */
  welcomeHint: string;
  welcome: string;
  vote: string;
}

const texts = bilingual<Record<AgreementKind, KindWords>>({
  da: {
    member: {
      holder: "Medlem",
      agreement: "medlemsaftale",
      agreementTitle: "Medlemsaftale",
      getAgreement: "Hent medlemsaftalen (PDF)",
      organisation: "Myndighed",
      organisationName: "Myndighedens navn",
      hasAuthority: "Underskriveren har ret til at skrive under for myndigheden",
      door: {
        above: "For myndigheder",
        heading: "Bliv medlem",
        text: (memberDues) =>
          `Kommuner, regioner, statslige og andre offentlige myndigheder. I får én stemme på generalforsamlingen og betaler ${memberDues} om året uden moms.`,
      },
      invitation: "Er I en offentlig myndighed? Bliv medlem",
      form: {
        title: "Bliv medlem af OS2",
        lead: "Skriv, hvem I er. Bagefter får I aftalen med jeres oplysninger i, klar til underskrift.",
      },
      lastStep: "I bliver medlem, og vi sender den første opkrævning.",
      wants: "vil være medlem",
      alreadyIs: "I er allerede medlem",
      welcomeHint: "I får en velkomst og den første opkrævning",
      welcome: "Velkommen som medlem af OS2",
      vote: "Én stemme på generalforsamlingen",
    },
    partner: {
      holder: "Leverandørpartner",
      agreement: "partneraftale",
      agreementTitle: "Partneraftale",
      getAgreement: "Hent partneraftalen (PDF)",
      organisation: "Virksomhed",
      organisationName: "Virksomhedens navn",
      hasAuthority: "Underskriveren har ret til at skrive under for virksomheden",
      door: {
        above: "For leverandører",
        heading: "Bliv leverandørpartner",
        text: () =>
          "Private virksomheder, der udvikler eller leverer løsninger til OS2. Det koster ikke noget. Partnere har ikke stemmeret.",
      },
      invitation: "Er I en privat virksomhed? Bliv leverandørpartner",
      form: {
        title: "Bliv leverandørpartner i OS2",
        lead: "Skriv, hvem I er. Bagefter får I partneraftalen med jeres oplysninger i, klar til underskrift.",
      },
      lastStep: "I bliver partner. Det koster ikke noget.",
      wants: "vil være leverandørpartner",
      alreadyIs: "I er allerede leverandørpartner",
      welcomeHint: "I får en velkomst. Det koster ikke noget",
      welcome: "Velkommen som leverandørpartner i OS2",
      vote: "Ingen, men I kan deltage i generalforsamlingen",
    },
  },
  en: {
    member: {
      holder: "Member",
      agreement: "member agreement",
      agreementTitle: "Member agreement",
      getAgreement: "Download the member agreement (PDF)",
      organisation: "Authority",
      organisationName: "Name of the authority",
      hasAuthority: "The signer has authority to sign for the authority",
      door: {
        above: "For authorities",
        heading: "Become a member",
        text: (memberDues) =>
          `Municipalities, regions, state and other public authorities. You get one vote at the general assembly and pay ${memberDues} a year without VAT.`,
      },
      invitation: "Are you a public authority? Become a member",
      form: {
        title: "Become a member of OS2",
        lead: "Tell us who you are. You then get the agreement with your details in it, ready to sign.",
      },
      lastStep: "You become a member, and we send the first demand for dues.",
      wants: "wants to be a member",
      alreadyIs: "You are already a member",
      welcomeHint: "You get a welcome and the first demand for dues",
      welcome: "Welcome as a member of OS2",
      vote: "One at the general assembly",
    },
    partner: {
      holder: "Partner",
      agreement: "partner agreement",
      agreementTitle: "Partner agreement",
      getAgreement: "Download the partner agreement (PDF)",
      organisation: "Company",
      organisationName: "Name of the company",
      hasAuthority: "The signer has authority to sign for the company",
      door: {
        above: "For suppliers",
        heading: "Become a supplier partner",
        text: () =>
          "Private companies that develop or deliver solutions for OS2. It costs nothing. Partners have no vote.",
      },
      invitation: "Are you a private company? Become a supplier partner",
      form: {
        title: "Become a supplier partner of OS2",
        lead: "Tell us who you are. You then get the partner agreement with your details in it, ready to sign.",
      },
      lastStep: "You become a partner. It costs nothing.",
      wants: "wants to be a supplier partner",
      alreadyIs: "You are already a supplier partner",
      welcomeHint: "You get a welcome. It costs nothing",
      welcome: "Welcome as a supplier partner of OS2",
      vote: "None, but you may take part in the general assembly",
    },
  },
});

export function kindWords(kind: AgreementKind, language: Language): KindWords {
  return texts[language][kind];
}
