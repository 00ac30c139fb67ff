import { type Html, html } from "../kit/html.ts";

export interface Bar {
  label: string;
  /** Zero or more; the longest bar is the highest. */
  value: number;
  /** As people read it. */
  shown: string;
}

/**
 * Horizontal bars as a table, which is its own alternative for whoever doesn't see them: no script, no style and no
 * text inside the picture.
 */
export function bars(rows: readonly Bar[], caption: string): Html {
  const longest = Math.max(1, ...rows.map(({ value }) => value));
  const width = (value: number) => Math.round((value / longest) * 1000) / 10;
  return html`<table class="o-bars"><caption class="sr-only">${caption}</caption><tbody>${rows.map(
    ({ label, value, shown }) =>
      html`<tr><th scope="row">${label}</th><td class="o-bar-cell"><svg class="o-bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false"><rect x="0" y="0" width="${width(value)}" height="10"></rect></svg></td><td class="o-bar-value">${shown}</td></tr>`,
  )}</tbody></table>`;
}
