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
  taskLink: string;
  expiresAt: number;
}

const texts = bilingual({
  da: {
    subject: (name: string) => `Løs en opgave: ${name}`,
    label: "Opgave",
    applicant: "Sag",
    since: "Siden",
    detail: "Teknisk",
    button: "Se og løs opgaven",
    valid: (date: string) =>
      `Linket gælder til ${date}. Begge sekretærer har fået mailen; den første, der løser opgaven, lukker den.`,
  },
  en: {
    subject: (name: string) => `Solve a task: ${name}`,
    label: "Task",
    applicant: "Case",
    since: "Since",
    detail: "Technical",
    button: "See and solve the task",
    valid: (date: string) =>
      `The link is valid until ${date}. Both secretaries have this email; the first to solve the task closes it.`,
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
        {
          type: "facts",
          rows: [
            [text.applicant, `${words.name}, ${data.caseNumber}`],
            [text.since, formatDateTime(data.openedAt, language)],
            ...(data.detail === undefined ? [] : [[text.detail, data.detail] as const]),
          ],
        },
        { type: "link", label: text.button, href: data.taskLink },
        { type: "note", text: text.valid(formatDate(data.expiresAt, language)) },
      ],
      why: words.whySecretary,
      sender: data.sender,
    },
    language,
  );
}
