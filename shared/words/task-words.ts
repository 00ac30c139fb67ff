import type { Language } from "../domain/agreement/kind.ts";
import { type MissingForInvoice, missingForInvoice } from "../domain/dues/invoice-readiness.ts";
import type { TaskReason, TaskResolution } from "../domain/filing/task.ts";
import { bilingual } from "./bilingual.ts";

interface TaskTexts {
  heading: string;
  meaning: string;
  advice: string;
}

interface ResolutionTexts {
  label: string;
  hint: string;
}

const texts = bilingual<{
  reasons: Record<TaskReason, TaskTexts>;
  /** What a member's demand waits for, by the code in the task's detail. */
  missing: Record<MissingForInvoice, string>;
  resolutions: Record<TaskResolution, ResolutionTexts>;
}>({
  da: {
    reasons: {
      STEP_FAILED: {
        heading: "Sagen er gået i stå",
        meaning: "Et skridt mislykkedes flere gange. Intet er tabt, og ansøgeren kan se, at vi er på sagen.",
        advice: "Prøv igen. Går den i stå igen, så kontakt driften.",
      },
      SCAN_MISSING: {
        heading: "Viruskontrollen har ikke svaret",
        meaning: "Ingen får filen at se, før den er kontrolleret.",
        advice: "Prøv igen, eller bed ansøgeren om en ny fil.",
      },
      THREATS_FOUND: {
        heading: "Der er fundet virus i filen",
        meaning: "Filen er lukket, og ingen har fået den at se.",
        advice: "Bed ansøgeren om en ny fil. Åbn ikke den gamle.",
      },
      NOT_SCANNABLE: {
        heading: "Filen kunne ikke kontrolleres for virus",
        meaning: "Ingen får filen at se, før den er kontrolleret.",
        advice: "Prøv igen, eller bed ansøgeren om en ny fil.",
      },
      RIVAL_ADMITTED: {
        heading: "En anden ansøgning for samme CVR-nummer er optaget",
        meaning: "Denne sag var allerede godkendt, da den anden blev optaget. Ingen kan optages to gange.",
        advice: "Luk sagen, når du har set efter, at den rigtige er optaget. Ansøgeren får besked.",
      },
      NOT_INVOICE_READY: {
        heading: "Opkrævningen kan ikke sendes endnu",
        meaning: "Medlemmet er optaget og har fået sin velkomst, men noget mangler til opkrævningen.",
        advice: "Prøv igen, når det er på plads. Så får fakturaen sit nummer og kan afleveres.",
      },
      INVOICE_TO_HAND_OVER: {
        heading: "En e-faktura skal afleveres",
        meaning: "Fakturaen er lavet. Kontaktpersonen får sin kopi, når e-fakturaen er afleveret.",
        advice: "Aflever e-fakturaen, og meld det her.",
      },
      MAIL_UNCERTAIN: {
        heading: "Vi ved ikke, om en mail blev sendt",
        meaning:
          "Vi fik intet svar fra mailtjenesten. Vi sender aldrig igen af os selv, så ingen får den to gange.",
        advice: "Send igen, hvis modtageren ikke har fået den. Ellers markér opgaven som løst.",
      },
      MAIL_UNDELIVERED: {
        heading: "En mail kom ikke frem",
        meaning:
          "Adressen afviste mailen eller har meldt den som uønsket. Vi sender ikke flere mails til den af os selv.",
        advice:
          "Send mailen igen, når adressen virker. Ellers kontakt modtageren på en anden måde, og markér opgaven som løst.",
      },
    },
    missing: {
      SENDER: "To personer har endnu ikke bekræftet, hvem der opkræver (afsender).",
      ACCOUNT: "To personer har endnu ikke bekræftet den konto, der skal betales til.",
      VAT: "To personer har endnu ikke bekræftet momsen, eller satsen siger noget andet.",
      GLN: "Medlemmets EAN-nummer mangler. Bed kontaktpersonen om det.",
    },
    resolutions: {
      retry: { label: "Prøv igen", hint: "Det går videre, hvor det slap." },
      "ask-for-new-file": {
        label: "Bed om en ny fil",
        hint: "Ansøgeren får en mail med en måde at sende den på.",
      },
      "send-again": { label: "Send mailen igen", hint: "Modtageren kan få den to gange." },
      "close-case": { label: "Luk sagen", hint: "Ansøgeren får at vide, at en anden ansøgning er optaget." },
      "handed-over": {
        label: "E-fakturaen er afleveret",
        hint: "Kontaktpersonen får en kopi med det samme.",
      },
      "mark-done": { label: "Markér som løst", hint: "Du har selv klaret resten." },
    },
  },
  en: {
    reasons: {
      STEP_FAILED: {
        heading: "The case has stopped",
        meaning: "A step failed several times. Nothing is lost, and the applicant can see that we are on it.",
        advice: "Try again. If it stops again, contact operations.",
      },
      SCAN_MISSING: {
        heading: "The malware check has not answered",
        meaning: "Nobody gets to see the file until it is checked.",
        advice: "Try again, or ask the applicant for a new file.",
      },
      THREATS_FOUND: {
        heading: "Malware was found in the file",
        meaning: "The file is closed, and nobody got to see it.",
        advice: "Ask the applicant for a new file. Don’t open the old one.",
      },
      NOT_SCANNABLE: {
        heading: "The file could not be checked for malware",
        meaning: "Nobody gets to see the file until it is checked.",
        advice: "Try again, or ask the applicant for a new file.",
      },
      RIVAL_ADMITTED: {
        heading: "Another application for the same CVR number is admitted",
        meaning: "This case was approved already when the other was admitted. Nobody can be admitted twice.",
        advice: "Close the case once you have seen that the right one is admitted. The applicant is told.",
      },
      NOT_INVOICE_READY: {
        heading: "The demand can’t be sent yet",
        meaning: "The member is admitted and welcomed, but something is missing for the demand.",
        advice: "Try again when it is in place. The invoice then gets its number and can be handed over.",
      },
      INVOICE_TO_HAND_OVER: {
        heading: "An e-invoice is to be handed over",
        meaning: "The invoice is made. The contact gets its copy once the e-invoice is handed over.",
        advice: "Hand the e-invoice over, and say so here.",
      },
      MAIL_UNCERTAIN: {
        heading: "We don’t know whether an email was sent",
        meaning:
          "We got no answer from the mail service. We never resend by ourselves, so nobody gets it twice.",
        advice: "Send it again if the recipient has not got it. Otherwise mark the task as done.",
      },
      MAIL_UNDELIVERED: {
        heading: "An email did not arrive",
        meaning:
          "The address refused it or reported it as unwanted. We send no more emails there by ourselves.",
        advice:
          "Send the email again when the address works. Otherwise contact the recipient in another way, and mark the task as done.",
      },
    },
    missing: {
      SENDER: "Two persons have not yet confirmed who demands the dues (the sender).",
      ACCOUNT: "Two persons have not yet confirmed the account to pay to.",
      VAT: "Two persons have not yet confirmed the VAT, or the rate says something else.",
      GLN: "The member’s EAN number is missing. Ask the contact for it.",
    },
    resolutions: {
      retry: { label: "Try again", hint: "It goes on from where it stopped." },
      "ask-for-new-file": {
        label: "Ask for a new file",
        hint: "The applicant gets an email with a way to send it.",
      },
      "send-again": { label: "Send the email again", hint: "The recipient may get it twice." },
      "close-case": {
        label: "Close the case",
        hint: "The applicant is told that another application is admitted.",
      },
      "handed-over": { label: "The e-invoice is handed over", hint: "The contact gets a copy at once." },
      "mark-done": { label: "Mark as done", hint: "You have settled the rest yourself." },
    },
  },
});

/**
 * Why a person is needed, in plain words: for the task's page and its mail.
 * @param detail the task's own; where it says what is missing, the words do
 */
export function taskWords(reason: TaskReason, language: Language, detail?: string): TaskTexts {
  const { reasons, missing } = texts[language];
  const words = reasons[reason];
  const code = missingForInvoice.find((candidate) => candidate === detail);
  return reason === "NOT_INVOICE_READY" && code
    ? { ...words, meaning: `${words.meaning} ${missing[code]}` }
    : words;
}

export function resolutionWords(resolution: TaskResolution, language: Language): ResolutionTexts {
  return texts[language].resolutions[resolution];
}
