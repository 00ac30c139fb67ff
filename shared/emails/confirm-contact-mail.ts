import type { Language } from "../domain/agreement/kind.ts";
import type { Sender } from "../domain/settings/settings.ts";
import { bilingual } from "../words/bilingual.ts";
import { formatWeekday } from "../words/formats.ts";
import { layOut, type Mail } from "./mail-layout.ts";

/** Not a `CaseMail`: nothing that the applicant typed can get into it. */
export interface ConfirmContactMail {
  sender: Sender;
  caseNumber: string;
  /** Absolute address of the confirmation page. */
  confirmLink: string;
  /** Epoch ms at which the application is gone. */
  until: number;
}

const texts = bilingual({
  da: {
    subject: (caseNumber: string) => `Bekræft jeres mailadresse (${caseNumber})`,
    heading: "Bekræft, at ansøgningen er jeres",
    lead: "Nogen har søgt om optagelse i OS2 og skrevet denne mailadresse som kontakt. Er det jer, så bekræft det. Først derefter ser sekretariatet på sagen.",
    caseNumber: "Sagsnummer",
    deadline: "Senest",
    button: "Bekræft mailadressen",
    note: (date: string) =>
      `Kender I ikke til ansøgningen, skal I ikke gøre noget. Den forsvinder af sig selv ${date}.`,
    why: "Mailen er sendt, fordi adressen står i en ansøgning til OS2.",
  },
  en: {
    subject: (caseNumber: string) => `Confirm your email address (${caseNumber})`,
    heading: "Confirm that the application is yours",
    lead: "Somebody has applied for admission to OS2 and gave this email address as the contact. If it was you, confirm it. Only then does the secretariat look at the case.",
    caseNumber: "Case number",
    deadline: "By",
    button: "Confirm the email address",
    note: (date: string) =>
      `If you know nothing of the application, you need not do anything. It disappears by itself on ${date}.`,
    why: "This email was sent because the address stands in an application to OS2.",
  },
});

/** The one text that an address gets before it has answered: fixed, but for the case number, the date and the link. */
export function confirmContactMail(data: ConfirmContactMail, language: Language): Mail {
  const text = texts[language];
  const date = formatWeekday(data.until, language);
  return layOut(
    {
      subject: text.subject(data.caseNumber),
      tone: "info",
      heading: text.heading,
      blocks: [
        { type: "paragraph", text: text.lead },
        {
          type: "facts",
          rows: [
            [text.caseNumber, data.caseNumber],
            [text.deadline, date],
          ],
        },
        { type: "link", label: text.button, href: data.confirmLink },
        { type: "note", text: text.note(date) },
      ],
      why: text.why,
      sender: data.sender,
    },
    language,
  );
}
