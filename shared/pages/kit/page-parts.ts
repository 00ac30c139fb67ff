import type { AssetUrls } from "./assets.ts";
import { type Html, type HtmlValue, html } from "./html.ts";
import { type IconName, icon } from "./icon.ts";

export type Tone = "info" | "success" | "warning" | "error";

const toneIcons = {
  info: "info",
  success: "success",
  warning: "warning",
  error: "error",
} as const satisfies Record<Tone, IconName>;

/** The answer of a page: colour, icon and words together. */
export function notice(tone: Tone, heading: HtmlValue, body: HtmlValue, assets: AssetUrls): Html {
  return html`<div class="alert alert-${tone} o-notice">
${icon(toneIcons[tone], assets, "alert-icon")}
<h2 class="alert-heading">${heading}</h2>
<div class="alert-text">${body}</div>
</div>`;
}

/** Facts as a two-column list; a fact without a value is left out. */
export function facts(rows: readonly (readonly [term: string, value: HtmlValue])[]): Html {
  const told = rows.filter(
    ([, value]) => value !== undefined && value !== null && value !== false && value !== "",
  );
  return html`<dl class="o-facts">${told.map(([term, value]) => html`<div><dt>${term}</dt><dd>${value}</dd></div>`)}</dl>`;
}

/** A name fit for a heading: one of 300 letters would push the answer off the screen. The facts have it whole. */
export function headingName(name: string): string {
  const letters = [...name];
  return letters.length <= 100 ? name : `${letters.slice(0, 99).join("")}…`;
}

/** Works without a script: the browser's own disclosure. */
export function fold(summary: string, body: HtmlValue, id?: string): Html {
  return html`<details class="details"${id && html` id="${id}"`}><summary class="details-summary">${summary}</summary><div class="details-text">${body}</div></details>`;
}

/** Words of somebody else, set off so that nobody takes them for ours. */
export function quote(text: string): Html {
  const paragraphs = text.split(/\r?\n\s*\r?\n/).map((paragraph) => paragraph.trim());
  return html`<blockquote class="o-quote">${paragraphs.map(
    (paragraph) =>
      html`<p>${paragraph.split(/\r?\n/).map((line, position) => html`${position > 0 && html`<br>`}${line}`)}</p>`,
  )}</blockquote>`;
}

export function mailLink(address: string): Html {
  return html`<a class="o-address" href="mailto:${address}">${address}</a>`;
}
