import { describe, expect, it } from "vitest";
import { languages } from "../../shared/domain/agreement/kind.ts";
import type { Judgement } from "../../shared/domain/judgement/judgement.ts";
import { decisionPage } from "../../shared/pages/decision-page.ts";
import { pageHeaders } from "../../shared/pages/kit/security-headers.ts";
import { type Chrome, localHref } from "../../shared/pages/kit/shell.ts";
import { fieldErrorMessage } from "../../shared/words/field-errors.ts";
import { verdictOf } from "../../shared/words/verdict.ts";
import { hostileNames, judgements, sender } from "../support/page-fixtures.ts";
import { gallery } from "./gallery.ts";
import { hostileGallery } from "./hostile-gallery.ts";
import { decisionView } from "./sample-views.ts";

const assets = {
  stylesheet: "/assets/site.css",
  icons: "/assets/icons.svg",
  script: "/assets/site.js",
  favicon: "/assets/favicon.svg",
  fonts: ["/assets/a.woff2"],
};
const danish: Chrome = { language: "da", path: "/", assets, sender };
const chromes = languages.map((language): Chrome => ({ ...danish, language, path: `/x?lang=${language}` }));
const pages = Object.entries(gallery);

function draw(name: string, chrome = danish): string {
  const page = gallery[name];
  if (!page) throw new Error(`no page ${name}`);
  return page(chrome);
}

describe("every page", () => {
  it.each(pages)("%s says its language, its title, one heading and where else to go", (_name, page) => {
    for (const chrome of chromes) {
      const html = page(chrome);
      expect(html).toMatch(new RegExp(`^<!doctype html>\\n<html lang="${chrome.language}">`));
      expect(html.match(/<h1[ >]/g)).toHaveLength(1);
      expect(html).toMatch(/<title>[^<]+ · OS2aftale<\/title>/);
      expect(html).toContain(`?lang=${chrome.language === "da" ? "en" : "da"}"`);
      expect(html).not.toMatch(/undefined|NaN|\[object|Invalid/);
    }
  });

  it.each(pages)("%s has no inline style or script, which our CSP would refuse", (_name, page) => {
    const html = page(danish);
    expect(html).not.toMatch(/ style=|<style| on[a-z]+=|javascript:/i);
    expect(html.match(/<script/g)).toHaveLength(1);
  });

  it.each(Object.entries(hostileNames))("shows a name of %s as text", (_kind, name) => {
    for (const page of Object.values(hostileGallery(name))) {
      const html = page(danish);
      expect(html).not.toMatch(/<script>|<img src=x|\u202e/);
      expect(html.match(/<script/g)).toHaveLength(1);
    }
  });

  it("cuts a name of 300 letters in the heading, so that the answer stays in sight, and shows it whole below", () => {
    for (const name of ["status", "decision"]) {
      const html = hostileGallery(hostileNames.endless)[name]?.(danish) ?? "";
      expect(/<h1[^>]*>([^<]*)<\/h1>/.exec(html)?.[1]?.length).toBeLessThan(140);
      expect(html).toContain(hostileNames.endless);
    }
  });

  it("begins the title with what is wrong when something has to be mended", () => {
    for (const name of ["form-errors", "decision-refused", "error-broken"]) {
      expect(draw(name)).toContain("<title>Fejl: ");
      expect(draw(name, { ...danish, language: "en" })).toContain("<title>Error: ");
    }
    expect(draw("front")).not.toContain("Fejl: ");
  });
});

describe("links within the site", () => {
  it("stay in the language that somebody chose, and are short when nobody did", () => {
    expect(localHref("/privacy", danish)).toBe("/privacy");
    expect(localHref("/privacy", { language: "en", path: "/" })).toBe("/privacy?lang=en");
    expect(localHref("/a?kind=member", { language: "da", path: "/?lang=da" })).toBe("/a?kind=member&lang=da");
  });

  it("keep path and query when only the language changes", () => {
    const html = gallery["form-partner"]?.({ ...danish, path: "/agreements/new?kind=partner" });
    expect(html).toContain('href="/agreements/new?kind=partner&amp;lang=en"');
  });
});

describe("the form", () => {
  it("comes back with every error at once, each a link to its field, and all that was typed", () => {
    const html = draw("form-errors");
    for (const field of [
      "organisation.name",
      "organisation.cvr",
      "organisation.gln",
      "signer.hasAuthority",
      "contact.email",
    ]) {
      expect(html).toContain(`<a href="#${field}">`);
      expect(html).toContain(`id="${field}-error"`);
    }
    expect(html).toContain('value="41849984"');
    expect(html).toContain("Ret disse 5 fejl");
  });

  it("asks a supplier nothing about invoices or citizens", () => {
    expect(draw("form-partner")).not.toMatch(/organisation\.(gln|population|authorityType)/);
  });

  it("has a sentence for an error in a field that nobody knows", () => {
    expect(fieldErrorMessage({ field: "constructor", code: "REQUIRED" }, "da")).toBe("Udfyld feltet");
  });
});

describe("the decision page", () => {
  it("chooses nothing for anybody and decides by a post only", () => {
    const html = draw("decision-green");
    expect(html).not.toMatch(/<input[^>]* checked/);
    expect(html.match(/<form method="post"/g)).toHaveLength(1);
    for (const choice of ["approve", "return", "decline"]) expect(html).toContain(`value="${choice}"`);
  });

  it("keeps what was chosen and written after a refusal, but never the code", () => {
    const html = draw("decision-refused");
    expect(html).toMatch(/value="return" checked/);
    expect(html).toContain("Du har 3 forsøg igen");
    expect(html).toMatch(/name="caseCode" type="text" value=""/);
  });

  it.each(languages)("tells four kinds of files apart in its first words (%s)", (language) => {
    const headlines = [judgements.signed, judgements.scan, judgements.changed, judgements.wrongKind].map(
      (judgement) => verdictOf(judgement, language).headline,
    );
    expect(new Set(headlines).size).toBe(4);
  });

  it("says what is missing of the agreement, and does not praise it for the rest", () => {
    const findings = [
      { code: "AGREEMENT_RECOGNISED", severity: "info", detail: "member-2026-03" },
      { code: "AGREEMENT_CLAUSES_MISSING", severity: "needs-human", detail: "Stemmeret" },
    ] as const;
    const html = decisionPage(
      { ...decisionView, judgement: { ...judgements.wrongKind, findings: [...findings] } },
      danish,
    );
    expect(html).toContain("Mangler: Stemmeret.");
    expect(html).not.toContain("</span>Det er den rigtige aftale</h3>");
  });

  it("advises to send back what was changed, and asks for a reason whatever is chosen", () => {
    const html = draw("decision-changed");
    expect(html).toContain("Det råder vi til.");
    expect(html).toContain("o-reason--always");
    expect(html).toContain("Side 2: indholdet");
  });
});

describe("the word Gyldig", () => {
  const unproven: readonly (readonly [string, Judgement])[] = Object.entries(judgements).filter(
    ([, judgement]) => judgement.light !== "green",
  );

  it.each(unproven)("never stands in the verdict on a file that is not green (%s)", (_name, judgement) => {
    const { headline, meaning, advice } = verdictOf(judgement, "da");
    expect(`${headline} ${meaning} ${advice}`).not.toMatch(/gyldig/i);
  });

  it("is said of a signature only when it passed in full; a platform's seal is called a seal", () => {
    expect(draw("decision-green")).toContain("<strong>Gyldig</strong>");
    expect(draw("decision-changed")).not.toContain("<strong>Gyldig</strong>");
    expect(draw("decision-sealed")).not.toContain("<strong>Gyldig</strong>");
    expect(draw("decision-sealed")).toContain("Forseglet af platformen Penneo");
  });
});

describe("a refused link", () => {
  it.each(["expired", "locked"])("offers a new one when it is %s, to the registered address only", (why) => {
    const html = draw(`link-${why}`);
    expect(html).toMatch(/<form method="post" action="\/decisions\/[^"]+\/renew">/);
    expect(html).toContain("Intet er afgjort.");
  });

  it.each(["unknown", "foreign-origin", "superseded", "too-many"])("offers nothing when it is %s", (why) => {
    expect(draw(`link-${why}`)).not.toContain("<form");
  });
});

describe("the headers of a page", () => {
  it("let nothing in from elsewhere and let forms go to us and to S3", () => {
    const headers = pageHeaders("https://incoming.s3.eu-north-1.amazonaws.com");
    const policy = headers["content-security-policy"] ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("form-action 'self' https://incoming.s3.eu-north-1.amazonaws.com");
    expect(policy).not.toMatch(/unsafe|\*/);
    expect(headers["referrer-policy"]).toBe("same-origin");
    expect(headers["cache-control"]).toBe("no-store");
  });
});
