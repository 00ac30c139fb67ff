import { html } from "./html.ts";
import { mailLink } from "./page-parts.ts";
import { type Chrome, page } from "./shell.ts";

/** A page of plain prose: headings and points, and whom to write to. */
export interface Statement {
  title: string;
  lead: string;
  sections: readonly { heading: string; items: readonly string[] }[];
  contact: string;
}

export function statementPage(statement: Statement, chrome: Chrome): string {
  return page(
    {
      title: statement.title,
      main: html`<div class="o-plain"><h1>${statement.title}</h1>
<p class="font-lead o-lead">${statement.lead}</p>
${statement.sections.map(
  ({ heading, items }) => html`<h2 class="o-h2">${heading}</h2>
<ul>${items.map((item) => html`<li>${item}</li>`)}</ul>`,
)}
<p class="o-action">${statement.contact}${mailLink(chrome.sender.email)}</p></div>`,
    },
    chrome,
  );
}
