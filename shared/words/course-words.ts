import type { Language } from "../domain/agreement/kind.ts";
import type { AuditCode } from "../domain/filing/audit-event.ts";
import { bilingual } from "./bilingual.ts";
import { formatDateTime } from "./formats.ts";

/** One line of what has happened in a case: a code, when, and in which role somebody acted. */
export interface CourseEntry {
  at: number;
  code: AuditCode;
  by: "system" | "submitter" | "secretariat" | "chair";
}

const texts = bilingual({
  da: {
    title: "Sagens forløb",
    by: {
      system: "systemet",
      submitter: "ansøgeren",
      secretariat: "sekretariatet",
      chair: "formanden",
    },
    events: {
      APPLICATION_RECEIVED: "Ansøgningen er modtaget",
      CONTACT_CONFIRMED: "Kontaktpersonen har bekræftet mailadressen",
      CONFIRMATION_AWAITED: "Filen kan læses; mailadressen er ikke bekræftet",
      UPLOAD_REGISTERED: "Filen er modtaget",
      UPLOAD_SUPERSEDED: "En nyere fil har afløst den",
      UPLOAD_REPEATED: "Den samme fil er sendt igen",
      UPLOAD_OVER_LIMIT: "Der er sendt flere filer, end vi tager imod på et døgn",
      DOCUMENT_JUDGED: "Filen er læst og bedømt",
      SCAN_VERDICT: "Filen er kontrolleret for virus",
      UPLOAD_REJECTED: "Filen kunne ikke bruges",
      ROUND_OPENED: "Der er bedt om en afgørelse",
      APPROVED: "Godkendt",
      SENT_BACK: "Sendt tilbage",
      DECLINED: "Afvist",
      WRONG_CASE_CODE: "Forkert sagskode",
      LINK_LOCKED: "Et link er låst efter fem forkerte koder",
      LINK_RENEWED: "Et nyt link er sendt",
      WITHDRAWN: "Trukket tilbage",
      EXPIRED: "Fristen er udløbet",
      CLOSED: "Sagen er lukket uden afgørelse",
      ARCHIVED: "Aftalen er arkiveret",
      ADMITTED: "Optaget i OS2",
      HELD: "Sagen venter på et menneske",
      TASK_OPENED: "En opgave er oprettet",
      TASK_RESOLVED: "En opgave er løst",
      MAIL_REFUSED: "En mail kunne ikke sendes",
      MAIL_BOUNCED: "En mail kom retur",
      MAIL_COMPLAINED: "En mail blev meldt som uønsket",
      MAIL_BOUNCE_NOTED: "Et automatisk svar kom på en mail: den er måske ikke læst",
      RUN_BEGUN: "Årets kørsel er begyndt",
      RUN_PLANNED: "Planen er lagt",
      RUN_CONFIRMED: "Planen er bekræftet",
      RUN_CANCELLED: "Kørslen er aflyst",
      RUN_SENDING: "Fakturaerne laves",
      RUN_STOPPED: "Kørslen er stoppet",
      RUN_ACTED_ON: "En person har handlet på kørslen",
      RUN_REPORTED: "Kørslen er færdig",
      DUES_CHARGED: "Kontingentet er faktureret",
      HANDED_OVER: "E-fakturaen er afleveret",
      PAYMENT_BOOKED: "En betaling er bogført",
      SETTING_CHANGED: "En indstilling er ændret",
      SETTING_ENTERED: "En indstilling er skrevet ind og venter på en anden",
      SETTING_CONFIRMED: "En anden har bekræftet en indstilling",
    },
  },
  en: {
    title: "The course of the case",
    by: {
      system: "the system",
      submitter: "the applicant",
      secretariat: "the secretariat",
      chair: "the chair",
    },
    events: {
      APPLICATION_RECEIVED: "The application is received",
      CONTACT_CONFIRMED: "The contact has confirmed the email address",
      CONFIRMATION_AWAITED: "The file can be read; the email address is not confirmed",
      UPLOAD_REGISTERED: "The file is received",
      UPLOAD_SUPERSEDED: "A newer file has replaced it",
      UPLOAD_REPEATED: "The same file was sent again",
      UPLOAD_OVER_LIMIT: "More files were sent than we take in a day",
      DOCUMENT_JUDGED: "The file is read and judged",
      SCAN_VERDICT: "The file is checked for malware",
      UPLOAD_REJECTED: "The file could not be used",
      ROUND_OPENED: "A decision was asked for",
      APPROVED: "Approved",
      SENT_BACK: "Sent back",
      DECLINED: "Declined",
      WRONG_CASE_CODE: "Wrong case code",
      LINK_LOCKED: "A link is locked after five wrong codes",
      LINK_RENEWED: "A new link is sent",
      WITHDRAWN: "Withdrawn",
      EXPIRED: "The deadline has passed",
      CLOSED: "The case is closed without a decision",
      ARCHIVED: "The agreement is archived",
      ADMITTED: "Admitted to OS2",
      HELD: "The case waits for a person",
      TASK_OPENED: "A task is opened",
      TASK_RESOLVED: "A task is resolved",
      MAIL_REFUSED: "An email could not be sent",
      MAIL_BOUNCED: "An email came back",
      MAIL_COMPLAINED: "An email was reported as unwanted",
      MAIL_BOUNCE_NOTED: "An automatic answer came to an email: it may not have been read",
      RUN_BEGUN: "The year's run has begun",
      RUN_PLANNED: "The plan is laid",
      RUN_CONFIRMED: "The plan is confirmed",
      RUN_CANCELLED: "The run is cancelled",
      RUN_SENDING: "The invoices are being made",
      RUN_STOPPED: "The run is stopped",
      RUN_ACTED_ON: "A person acted on the run",
      RUN_REPORTED: "The run is finished",
      DUES_CHARGED: "The dues are invoiced",
      HANDED_OVER: "The e-invoice is handed over",
      PAYMENT_BOOKED: "A payment is booked",
      SETTING_CHANGED: "A setting is changed",
      SETTING_ENTERED: "A setting is entered and waits for somebody else",
      SETTING_CONFIRMED: "Somebody else has confirmed a setting",
    },
  },
});

export function courseTitle(language: Language): string {
  return texts[language].title;
}

/** "23. november 2026 kl. 10.42: Godkendt (sekretariatet)". */
export function courseLine({ at, code, by: who }: CourseEntry, language: Language): string {
  const { events, by } = texts[language];
  return `${formatDateTime(at, language)}: ${events[code]} (${by[who]})`;
}
