import type { Language } from "../../domain/agreement/kind.ts";
import type { Sender } from "../../domain/settings/settings.ts";
import { bilingual } from "../../words/bilingual.ts";
import { formatCvr } from "../../words/formats.ts";
import type { AssetUrls } from "./assets.ts";
import { type Html, html } from "./html.ts";

/** What a page needs beyond its own view. */
export interface Chrome {
  language: Language;
  /** Path and query of a GET that shows this page again: the language link changes only its `lang`. */
  path: string;
  assets: AssetUrls;
  /** Who runs the service, for the footer. */
  sender: Pick<Sender, "name" | "cvr" | "email">;
}

export interface PageParts {
  title: string;
  /** An error the reader has to mend: the title then begins with "Fejl: ". */
  hasErrors?: boolean;
  main: Html;
}

const texts = bilingual({
  da: {
    skip: "Gå til indhold",
    otherLanguage: "English",
    error: "Fejl: ",
    accessibility: "Tilgængelighedserklæring",
    privacy: "Sådan bruger vi jeres oplysninger",
    contact: "Kontakt og vilkår",
    time: "Klokkeslæt er dansk tid",
  },
  en: {
    skip: "Skip to content",
    otherLanguage: "Dansk",
    error: "Error: ",
    accessibility: "Accessibility statement",
    privacy: "How we use your information",
    contact: "Contact and terms",
    time: "Times are Danish time",
  },
});

const otherLanguage = { da: "en", en: "da" } as const satisfies Record<Language, Language>;

/**
 * A path as a link within the site. What a browser would read as another host is read as a path here: it takes `\\`
 * for `/`, leaves tabs and line breaks out, and `//name` leads to name. Source: WHATWG URL, "relative slash state".
 */
function local(path: string): string {
  return `/${path.replace(/^[\s/\\]+/, "")}`;
}

function withLanguage(path: string, language: Language): string {
  const [place = "/", fragment] = local(path).split("#", 2);
  const [pathname = "/", query = ""] = place.split("?", 2);
  const parameters = new URLSearchParams(query);
  parameters.set("lang", language);
  return `${pathname}?${parameters}${fragment === undefined ? "" : `#${fragment}`}`;
}

/** A link within the site that stays in the language somebody chose; without a choice the address stays short. */
export function localHref(path: string, chrome: Pick<Chrome, "language" | "path">): string {
  const chosen = new URLSearchParams(chrome.path.split("?", 2)[1] ?? "").has("lang");
  return chosen || chrome.language !== "da" ? withLanguage(path, chrome.language) : local(path);
}

/** The frame of every page: skip link, name, language, main, footer. Pure: the same view gives the same bytes. */
export function page(parts: PageParts, chrome: Chrome): string {
  const { language, assets, sender } = chrome;
  const text = texts[language];
  const other = otherLanguage[language];
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${parts.hasErrors && text.error}${parts.title} · OS2aftale</title>
${assets.fonts.map((font) => html`<link rel="preload" href="${font}" as="font" type="font/woff2" crossorigin>\n`)}<link rel="stylesheet" href="${assets.stylesheet}">
<link rel="icon" href="${assets.favicon}" type="image/svg+xml">
<script src="${assets.script}" defer></script>
</head>
<body>
<a class="skipnav" href="#main-content">${text.skip}</a>
<header class="header o-header">
<div class="solution-info"><div class="solution-info-inner container">
<div class="solution-heading"><a class="o-brand" href="${localHref("/", chrome)}"><svg class="o-logo" viewBox="0 0 28 28" aria-hidden="true" focusable="false"><rect width="28" height="28" rx="6" class="o-logo-ground"></rect><path d="M7.5 14.5l4.5 4.5 9-10" class="o-logo-tick"></path></svg>OS2aftale</a></div>
<a class="o-language" href="${withLanguage(chrome.path, other)}" lang="${other}" hreflang="${other}">${text.otherLanguage}</a>
</div></div>
</header>
<main class="container page-container" id="main-content" tabindex="-1">
${parts.main}
</main>
<footer class="o-footer"><div class="footer"><div class="container">
<ul class="o-footer-list" role="list" aria-label="${text.contact}">
<li><strong>${sender.name}</strong></li>
<li>CVR ${formatCvr(sender.cvr)}</li>
<li><a href="mailto:${sender.email}">${sender.email}</a></li>
<li><a href="${localHref("/accessibility", chrome)}">${text.accessibility}</a></li>
<li><a href="${localHref("/privacy", chrome)}">${text.privacy}</a></li>
<li class="o-quiet">${text.time}</li>
</ul>
</div></div></footer>
</body>
</html>
`.toString();
}
