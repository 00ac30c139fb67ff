import { type Html, type HtmlValue, html } from "./html.ts";
import { notice, type Tone } from "./page-parts.ts";
import { type Chrome, page } from "./shell.ts";

/** A page that says one thing: what happened, and what to do now. */
export interface PlainPage {
  /** Small line above the heading, as the case number. */
  above?: string | undefined;
  title: string;
  tone: Tone;
  heading: string;
  body: HtmlValue;
  /** What to do, as a button or a form. */
  action?: Html | false | undefined;
  more?: HtmlValue;
  hasErrors?: boolean;
}

export function plainPage(parts: PlainPage, chrome: Chrome): string {
  return page(
    {
      title: parts.title,
      hasErrors: parts.hasErrors ?? false,
      main: html`<div class="o-plain">
${parts.above && html`<p class="subheading o-above">${parts.above}</p>`}
<h1 class="o-name">${parts.title}</h1>
${notice(parts.tone, parts.heading, parts.body, chrome.assets)}
${parts.action && html`<div class="o-action">${parts.action}</div>`}
${parts.more}
</div>`,
    },
    chrome,
  );
}
