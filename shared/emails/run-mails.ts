import type { Language } from "../domain/agreement/kind.ts";
import type { PlanSummary } from "../domain/dues/dues-plan.ts";
import type { RunReport } from "../domain/dues/dues-run.ts";
import type { Sender } from "../domain/settings/settings.ts";
import { bilingual } from "../words/bilingual.ts";
import { formatDateTime, formatKroner, formatNumber } from "../words/formats.ts";
import { obstacleText, planFigures } from "../words/plan-words.ts";
import { layOut, type Mail, type MailBlock } from "./mail-layout.ts";
import { oneLine } from "./mail-text.ts";

/** What every mail about a run knows. */
export interface RunMail {
  sender: Sender;
  year: number;
  /** Who reads it: it says why they do. */
  role: "secretary" | "chair";
}

/** The way to the run's page: the code is typed there, so the link alone does nothing. */
export interface RunLink {
  link: string;
  caseCode: string;
}

export interface PlanRequestMail extends RunMail, RunLink {
  summary: PlanSummary;
}

export interface RunConfirmedMail extends RunMail, RunLink {
  summary: PlanSummary;
  held: number;
  confirmedBy: string;
  sendsAt: number;
}

export interface RunCancelledMail extends RunMail {
  by: string;
  reason: string;
}

export interface RunStoppedMail extends RunMail {
  by: string;
  at: number;
}

export interface RunReportMail extends RunMail, RunLink {
  report: RunReport;
}

const texts = bilingual({
  da: {
    title: (year: number) => `Kontingent ${year}`,
    plan: {
      subject: (lines: number, total: string) => `${lines} linjer, ${total} i alt`,
      heading: (lines: number, total: string) => `${lines} opkrævninger på i alt ${total} venter på dig`,
      lead: "Intet er sendt. Se planen igennem, hold linjer tilbage, og bekræft – eller få den lavet om.",
      obstacles: "Kan ikke bekræftes endnu",
      button: (code: string) => `Se planen, kode ${code}`,
      note: "En af jer bekræfter. Linket er kun til dig, og intet sker, før du skriver koden.",
    },
    rows: { lines: "Sendes", total: "I alt med moms", held: "Holdt tilbage" },
    code: "Sagskode",
    codeHint: "Skriv koden på siden.",
    confirmed: {
      subject: "bekræftet",
      heading: (when: string) => `Sendes ${when}, hvis ingen stopper det`,
      lead: (by: string) => `${by} har bekræftet planen.`,
      button: (code: string) => `Se eller stop kørslen, kode ${code}`,
    },
    cancelled: {
      subject: "køres ikke",
      heading: "Årets kørsel er aflyst",
      lead: (by: string) => `${by} har aflyst kørslen. Intet er sendt.`,
      reason: "Begrundelse",
    },
    stopped: {
      subject: "stoppet",
      heading: "Kørslen er stoppet",
      lead: (by: string, at: string) =>
        `${by} stoppede kørslen ${at}. Det, der var sendt, står; resten venter på en ny plan.`,
    },
    report: {
      subject: (sent: number) => `${sent} fakturaer er lavet`,
      heading: (sent: number, total: string) => `${sent} fakturaer på i alt ${total}`,
      lead: "Fakturaerne skal nu afleveres som e-fakturaer. Kopien til kontaktpersonen går, når det er meldt.",
      sent: "Lavet",
      changed: "Ændret siden planen",
      failed: "Prøves igen",
      button: (code: string) => `Hent e-fakturaerne, kode ${code}`,
    },
    why: {
      secretary: "Du får mailen, fordi du er sekretær i OS2.",
      chair: "Du får mailen, fordi du er formand for OS2.",
    },
  },
  en: {
    title: (year: number) => `Dues ${year}`,
    plan: {
      subject: (lines: number, total: string) => `${lines} lines, ${total} in all`,
      heading: (lines: number, total: string) => `${lines} demands of ${total} in all wait for you`,
      lead: "Nothing is sent. Read the plan, hold lines back, and confirm – or have it made again.",
      obstacles: "Cannot be confirmed yet",
      button: (code: string) => `See the plan, code ${code}`,
      note: "One of you confirms. The link is only for you, and nothing happens until you type the code.",
    },
    rows: { lines: "To be sent", total: "In all with VAT", held: "Held back" },
    code: "Case code",
    codeHint: "Type the code on the page.",
    confirmed: {
      subject: "confirmed",
      heading: (when: string) => `Goes out ${when} unless somebody stops it`,
      lead: (by: string) => `${by} has confirmed the plan.`,
      button: (code: string) => `See or stop the run, code ${code}`,
    },
    cancelled: {
      subject: "is not run",
      heading: "This year's run is cancelled",
      lead: (by: string) => `${by} has cancelled the run. Nothing is sent.`,
      reason: "Reason",
    },
    stopped: {
      subject: "stopped",
      heading: "The run is stopped",
      lead: (by: string, at: string) =>
        `${by} stopped the run on ${at}. What was sent stands; the rest waits for a new plan.`,
    },
    report: {
      subject: (sent: number) => `${sent} invoices are made`,
      heading: (sent: number, total: string) => `${sent} invoices of ${total} in all`,
      lead: "The invoices are now to be handed over as e-invoices. The contact's copy goes when that is said.",
      sent: "Made",
      changed: "Changed since the plan",
      failed: "To be tried again",
      button: (code: string) => `Fetch the e-invoices, code ${code}`,
    },
    why: {
      secretary: "You get this email because you are a secretary of OS2.",
      chair: "You get this email because you chair OS2.",
    },
  },
});

function about(data: RunMail, words: string, language: Language) {
  const text = texts[language];
  return {
    subject: `${text.title(data.year)}: ${words}`,
    label: text.title(data.year),
    why: text.why[data.role],
    sender: data.sender,
  };
}

function codeAndLink({ link, caseCode }: RunLink, label: (code: string) => string, language: Language) {
  const text = texts[language];
  return [
    { type: "code", label: text.code, value: caseCode, hint: text.codeHint },
    { type: "link", label: label(caseCode), href: link },
  ] as const satisfies MailBlock[];
}

/** The dry run, to a secretary: what would be sent, and the way to look through it. */
export function planRequestMail(data: PlanRequestMail, language: Language): Mail {
  const text = texts[language];
  const { summary } = data;
  const money = (amount: number) => formatKroner(amount, language);
  const total = money(summary.totalOere);
  const { obstacles } = summary;
  return layOut(
    {
      ...about(data, text.plan.subject(summary.charged, total), language),
      tone: obstacles.length > 0 ? "warning" : "info",
      heading: text.plan.heading(summary.charged, total),
      blocks: [
        { type: "paragraph", text: text.plan.lead },
        ...(obstacles.length > 0
          ? [
              {
                type: "points",
                heading: text.plan.obstacles,
                items: obstacles.map((obstacle) => obstacleText(obstacle, data.year, language)),
              } as const,
            ]
          : []),
        { type: "facts", rows: planFigures(summary, language) },
        ...codeAndLink(data, text.plan.button, language),
        { type: "note", text: text.plan.note },
      ],
    },
    language,
  );
}

/** To both secretaries and the chair: it is about to go, and each can stop it. */
export function runConfirmedMail(data: RunConfirmedMail, language: Language): Mail {
  const text = texts[language];
  const { rows, confirmed } = text;
  return layOut(
    {
      ...about(data, confirmed.subject, language),
      tone: "warning",
      heading: confirmed.heading(formatDateTime(data.sendsAt, language)),
      blocks: [
        { type: "paragraph", text: confirmed.lead(oneLine(data.confirmedBy)) },
        {
          type: "facts",
          rows: [
            [rows.lines, formatNumber(data.summary.charged - data.held, language)],
            ...(data.held > 0 ? [[rows.held, formatNumber(data.held, language)] as const] : []),
            [rows.total, formatKroner(data.summary.totalOere, language)],
          ],
        },
        ...codeAndLink(data, confirmed.button, language),
      ],
    },
    language,
  );
}

export function runCancelledMail(data: RunCancelledMail, language: Language): Mail {
  const { cancelled } = texts[language];
  return layOut(
    {
      ...about(data, cancelled.subject, language),
      tone: "info",
      heading: cancelled.heading,
      blocks: [
        { type: "paragraph", text: cancelled.lead(oneLine(data.by)) },
        { type: "quote", heading: cancelled.reason, text: data.reason },
      ],
    },
    language,
  );
}

export function runStoppedMail(data: RunStoppedMail, language: Language): Mail {
  const { stopped } = texts[language];
  return layOut(
    {
      ...about(data, stopped.subject, language),
      tone: "warning",
      heading: stopped.heading,
      blocks: [
        { type: "paragraph", text: stopped.lead(oneLine(data.by), formatDateTime(data.at, language)) },
      ],
    },
    language,
  );
}

/** What became of every line, and the way to the e-invoices. */
export function runReportMail(data: RunReportMail, language: Language): Mail {
  const text = texts[language];
  const { report } = data;
  const counted = [
    [text.report.sent, report.sent],
    [text.rows.held, report.held],
    [text.report.changed, report.changed],
    [text.report.failed, report.failed],
  ] as const;
  return layOut(
    {
      ...about(data, text.report.subject(report.sent), language),
      tone: report.failed + report.changed > 0 ? "warning" : "success",
      heading: text.report.heading(report.sent, formatKroner(report.sentOere, language)),
      blocks: [
        { type: "paragraph", text: text.report.lead },
        { type: "facts", rows: counted.map(([row, count]) => [row, formatNumber(count, language)] as const) },
        ...codeAndLink(data, text.report.button, language),
      ],
    },
    language,
  );
}
