import type { Language } from "../domain/agreement/kind.ts";
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
      NOT_INVOICE_READY: {
        heading: "EAN-nummer mangler til fakturaen",
        meaning: "Medlemmet er optaget, men opkrævningen kan ikke sendes.",
        advice: "Bed kontaktpersonen om EAN-nummeret. Markér opgaven som løst, når det er på plads.",
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
    resolutions: {
      retry: { label: "Prøv igen", hint: "Sagen går videre, hvor den slap." },
      "ask-for-new-file": {
        label: "Bed om en ny fil",
        hint: "Ansøgeren får en mail med en måde at sende den på.",
      },
      "send-again": { label: "Send mailen igen", hint: "Modtageren kan få den to gange." },
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
      NOT_INVOICE_READY: {
        heading: "The EAN number for the invoice is missing",
        meaning: "The member is admitted, but the demand can’t be sent.",
        advice: "Ask the contact for the EAN number. Mark the task as done when it is in place.",
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
    resolutions: {
      retry: { label: "Try again", hint: "The case goes on from where it stopped." },
      "ask-for-new-file": {
        label: "Ask for a new file",
        hint: "The applicant gets an email with a way to send it.",
      },
      "send-again": { label: "Send the email again", hint: "The recipient may get it twice." },
      "mark-done": { label: "Mark as done", hint: "You have settled the rest yourself." },
    },
  },
});

/** Why a person is needed, in plain words: for the task's page and its mail. */
export function taskWords(reason: TaskReason, language: Language): TaskTexts {
  return texts[language].reasons[reason];
}

export function resolutionWords(resolution: TaskResolution, language: Language): ResolutionTexts {
  return texts[language].resolutions[resolution];
}
