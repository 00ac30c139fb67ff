import type { Language } from "../domain/agreement/kind.ts";
import type { Attachment } from "../domain/errands/attachment.ts";
import type { Sender } from "../domain/settings/settings.ts";
import { type Html, html } from "../pages/kit/html.ts";
import { bilingual } from "../words/bilingual.ts";
import { formatCvr, plainSpaces } from "../words/formats.ts";
import { cleanLines, oneLine } from "./mail-text.ts";

/** A mail ready to be sent. Both bodies say the same; the subject is one line. */
export interface Mail {
  subject: string;
  html: string;
  text: string;
  attachments?: readonly Attachment[];
}

/** What a mail is made of, in the order in which it is read. Each block has an HTML and a plain-text face. */
export type MailBlock =
  | { type: "paragraph"; text: string }
  | { type: "facts"; rows: readonly (readonly [term: string, value: string])[] }
  | { type: "points"; heading: string; items: readonly { title: string; text: string }[] }
  | { type: "quote"; heading: string; text: string }
  /** Shown large; in plain text `label: value` on a line of its own. */
  | { type: "code"; label: string; value: string; hint: string }
  /** A button, and the address as text; in plain text the address stands alone on its line. */
  | { type: "link"; label: string; href: string }
  | { type: "note"; text: string };

export interface MailParts {
  subject: string;
  /** The colour beside the heading; never the only bearer of a meaning. */
  tone: "info" | "success" | "warning" | "error";
  /** A word above the heading that says what the colour says, as "Rød" or "Opgave". */
  label?: string | undefined;
  /** The answer. Also what a mailbox shows before the mail is opened. */
  heading: string;
  blocks: readonly MailBlock[];
  /** Why the reader gets this mail. */
  why: string;
  sender: Sender;
}

const texts = bilingual({
  da: {
    link: "Virker knappen ikke, så kopiér adressen:",
    answer: (address: string) => `Svar på denne mail, eller skriv til ${address}.`,
    time: "Klokkeslæt er dansk tid.",
  },
  en: {
    link: "If the button does not work, copy the address:",
    answer: (address: string) => `Answer this email, or write to ${address}.`,
    time: "Times are Danish time.",
  },
});

const fonts = "-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const wrap = "overflow-wrap:anywhere;word-break:break-word";
const tones = {
  info: { line: "#1b86c3", ground: "#e2f2fb" },
  success: { line: "#358000", ground: "#e9f7e0" },
  warning: { line: "#b87700", ground: "#fff3d9" },
  error: { line: "#cc0000", ground: "#ffe9e9" },
} as const;

/** Classes only serve the dark colours; every colour that light mode needs is inline. */
const darkMode = `@media (prefers-color-scheme:dark){.m-body{background:#121212!important}.m-card{background:#1e1e1e!important;border-color:#3a3a3a!important}.m-text{color:#f0f0f0!important}.m-quiet{color:#b8b8b8!important}.m-band{background:#2a2a2a!important}.m-line{border-color:#3a3a3a!important}.m-code{background:#2a2a2a!important;color:#ffffff!important}.m-link{color:#8cc4ff!important}.m-button{background:#1f7683!important}}`;

function htmlOf(block: MailBlock, language: Language): Html {
  const paragraph = `margin:0 0 16px;${wrap}`;
  switch (block.type) {
    case "paragraph":
      return html`<p class="m-text" style="${paragraph}">${block.text}</p>`;
    case "note":
      return html`<p class="m-quiet" style="${paragraph};font-size:14px;line-height:20px;color:#595959">${block.text}</p>`;
    case "facts":
      return html`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="margin:0 0 20px;border-collapse:collapse;table-layout:fixed">${block.rows.map(
        ([
          term,
          value,
        ]) => html`<tr><td class="m-quiet m-line" width="36%" valign="top" style="padding:8px 12px 8px 0;border-top:1px solid #dcdcdc;color:#595959;${wrap}">${term}</td>
<td class="m-text m-line" valign="top" style="padding:8px 0;border-top:1px solid #dcdcdc;${wrap}">${value}</td></tr>`,
      )}</table>`;
    case "points":
      return html`<h2 class="m-text" style="margin:0 0 8px;font-size:18px;line-height:24px">${block.heading}</h2>
${block.items.map(
  ({ title, text }) =>
    html`<p class="m-text m-line" style="margin:0;padding:10px 0;border-top:1px solid #dcdcdc;${wrap}"><strong>${title}</strong><br>${text}</p>`,
)}<p style="margin:0 0 20px;font-size:1px;line-height:1px">&nbsp;</p>`;
    case "quote":
      return html`<h2 class="m-text" style="margin:0 0 8px;font-size:18px;line-height:24px">${block.heading}</h2>
<blockquote class="m-text m-line" style="margin:0 0 20px;padding:4px 0 4px 16px;border-left:4px solid #bfbfbf;${wrap}">${cleanLines(
        block.text,
      ).map((line, position) => html`${position > 0 && html`<br>`}${line}`)}</blockquote>`;
    case "code":
      return html`<p class="m-text" style="margin:0 0 4px">${block.label}</p>
<p class="m-code" style="margin:0 0 4px;padding:10px 16px;display:inline-block;background:#eaf1f2;border-radius:8px;font-size:32px;line-height:40px;font-weight:700;letter-spacing:6px;color:#1a1a1a">${block.value}</p>
<p class="m-quiet" style="margin:0 0 20px;font-size:14px;line-height:20px;color:#595959">${block.hint}</p>`;
    case "link":
      return html`<p style="margin:0 0 12px"><a class="m-button" href="${block.href}" style="display:inline-block;padding:12px 20px;background:#12505b;border-radius:8px;color:#ffffff;font-weight:600;text-decoration:none">${block.label}</a></p>
<p class="m-quiet" style="margin:0 0 20px;font-size:14px;line-height:20px;color:#595959">${texts[language].link}<br><a class="m-link" href="${block.href}" style="color:#004d99;${wrap}">${block.href}</a></p>`;
  }
}

function textOf(block: MailBlock): string {
  switch (block.type) {
    case "paragraph":
    case "note":
      return block.text;
    case "facts":
      return block.rows.map(([term, value]) => `${term}: ${value}`).join("\n");
    case "points":
      return [block.heading, ...block.items.map(({ title, text }) => `- ${title}\n  ${text}`)].join("\n");
    case "quote":
      return [block.heading, ...cleanLines(block.text).map((line) => `> ${line}`)].join("\n");
    case "code":
      return `${block.label}: ${block.value}\n${block.hint}`;
    case "link":
      return `${block.label}:\n${block.href}`;
  }
}

function senderLine(sender: Sender): string {
  return `${sender.name} · CVR ${formatCvr(sender.cvr)} · ${sender.street}, ${sender.postalCode} ${sender.city}`;
}

/** Lays a mail out: one table of at most 600 px, no images, legible where style sheets and dark mode are ignored. */
export function layOut(parts: MailParts, language: Language): Mail {
  const { tone, heading, blocks, sender } = parts;
  const colours = tones[tone];
  const text = texts[language];
  const footer = [parts.why, text.answer(sender.email), text.time, senderLine(sender)];
  return {
    subject: plainSpaces(oneLine(parts.subject, 200)),
    html: html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${oneLine(parts.subject, 200)}</title>
<style>:root{color-scheme:light dark}${darkMode}</style>
</head>
<body class="m-body" style="margin:0;padding:0;background:#f2f4f4">
<div style="display:none;max-height:0;overflow:hidden">${heading}</div>
<table class="m-body" role="presentation" width="100%" cellpadding="0" cellspacing="0" style="background:#f2f4f4"><tr><td align="center" style="padding:20px 8px">
<table class="m-card" role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:600px;width:100%;background:#ffffff;border:1px solid #dcdcdc;border-radius:8px;border-collapse:separate;font-family:${fonts};font-size:16px;line-height:24px;color:#1a1a1a;text-align:left">
<tr><td class="m-text" style="padding:16px 20px;font-weight:700;font-size:18px;color:#12505b">OS2aftale</td></tr>
<tr><td class="m-band" style="padding:16px 20px;background:${colours.ground};border-left:6px solid ${colours.line}">
${parts.label && html`<p class="m-text" style="margin:0 0 4px;font-size:14px;line-height:20px;font-weight:600">${parts.label}</p>`}
<h1 class="m-text" style="margin:0;font-size:22px;line-height:30px;color:#1a1a1a;${wrap}">${heading}</h1></td></tr>
<tr><td style="padding:24px 20px 8px">${blocks.map((block) => htmlOf(block, language))}</td></tr>
<tr><td class="m-quiet m-line" style="padding:16px 20px;border-top:1px solid #dcdcdc;font-size:14px;line-height:20px;color:#595959;${wrap}">${footer.map(
      (line, position) => html`${position > 0 && html`<br>`}${line}`,
    )}</td></tr>
</table>
</td></tr></table>
</body>
</html>
`.toString(),
    text: plainSpaces(
      [
        ...(parts.label === undefined ? [] : [parts.label.toUpperCase()]),
        heading,
        "",
        ...blocks.flatMap((block) => [textOf(block), ""]),
        "-- ",
        ...footer,
        "",
      ].join("\n"),
    ),
  };
}
