import type { Language } from "../domain/agreement/kind.ts";
import type { TaskReason } from "../domain/filing/task.ts";
import { bilingual } from "../words/bilingual.ts";
import { formatDate, formatDateTime } from "../words/formats.ts";
import { taskWords } from "../words/task-words.ts";
import { type FileMail, fileWords } from "./case-mail.ts";
import { layOut, type Mail } from "./mail-layout.ts";

export interface TaskOpenedMail extends FileMail {
  reason: TaskReason;
  /** A code or an id, as the task has it. */
  detail?: string | undefined;
  openedAt: number;
  /** Absolute address; it alone settles nothing, the code is typed too. */
  taskLink: string;
  /** Four digits, drawn for this link. */
  caseCode: string;
  expiresAt: number;
  /** A new link after an old one ran out or was locked. */
  renewed?: boolean | undefined;
}

const texts = bilingual({
  da: {
    subject: (name: string) => `Løs en opgave: ${name}`,
    label: "Opgave",
    applicant: "Sag",
    since: "Siden",
    detail: "Teknisk",
    renewed: "Her er et nyt link. Det gamle virker ikke længere.",
    code: "Sagskode",
    codeHint: "Skriv koden på siden, når du løser opgaven.",
    button: (code: string) => `Se og løs opgaven, kode ${code}`,
    valid: (date: string) =>
      `Linket gælder til ${date} og er kun til dig. Begge sekretærer har fået en mail; den første, der løser opgaven, lukker den.`,
  },
  en: {
    subject: (name: string) => `Solve a task: ${name}`,
    label: "Task",
    applicant: "Case",
    since: "Since",
    detail: "Technical",
    renewed: "Here is a new link. The old one no longer works.",
    code: "Case code",
    codeHint: "Type the code on the page when you solve the task.",
    button: (code: string) => `See and solve the task, code ${code}`,
    valid: (date: string) =>
      `The link is valid until ${date} and only for you. Both secretaries have an email; the first to solve the task closes it.`,
  },
});

/** To both secretaries: the system can't go on alone, or a mail did not arrive. */
export function taskOpenedMail(data: TaskOpenedMail, language: Language): Mail {
  const text = texts[language];
  const words = fileWords(data, language);
  const { heading, meaning, advice } = taskWords(data.reason, language, data.detail);
  return layOut(
    {
      subject: words.subject(text.subject),
      tone: "warning",
      label: text.label,
      heading,
      blocks: [
        { type: "paragraph", text: `${meaning} ${advice}` },
        ...(data.renewed ? [{ type: "paragraph", text: text.renewed } as const] : []),
        {
          type: "facts",
          rows: [
            [text.applicant, `${words.name}, ${data.caseNumber}`],
            [text.since, formatDateTime(data.openedAt, language)],
            ...(data.detail === undefined ? [] : [[text.detail, data.detail] as const]),
          ],
        },
        { type: "code", label: text.code, value: data.caseCode, hint: text.codeHint },
        { type: "link", label: text.button(data.caseCode), href: data.taskLink },
        { type: "note", text: text.valid(formatDate(data.expiresAt, language)) },
      ],
      why: words.whySecretary,
      sender: data.sender,
    },
    language,
  );
}
