import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { escapeHtml, type Html, html } from "../../../shared/pages/kit/html.ts";

describe("markup is only what we wrote as markup", () => {
  it("keeps whatever a stranger typed as text, in an element and in an attribute", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (typed) => {
        const drawn = html`<p title="${typed}">${typed}</p>`.toString();
        const shown = /^<p title="([^"<>]*)">([^<>]*)<\/p>$/s.exec(drawn);
        expect(shown?.[1]).toBe(shown?.[2]);
      }),
    );
  });

  it("gives back the very text that went in, when a browser reads it", () => {
    const undo: Record<string, string> = {
      "&lt;": "<",
      "&gt;": ">",
      "&quot;": '"',
      "&#39;": "'",
      "&amp;": "&",
    };
    fc.assert(
      fc.property(fc.stringMatching(/^[\x20-\x7eæøåÆØÅ]*$/), (typed) => {
        expect(escapeHtml(typed).replace(/&(?:lt|gt|quot|amp|#39);/g, (entity) => undo[entity] ?? "")).toBe(
          typed,
        );
      }),
    );
  });

  it.each([
    [`<script>alert("x")</script>`, "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;"],
    ["' onmouseover='alert(1)", "&#39; onmouseover=&#39;alert(1)"],
    ["a\u0000b\u001bc", "a\ufffdb\ufffdc"],
    ["gnp.\u202Eexe", "gnp.exe"],
  ])("makes %j harmless", (typed, shown) => {
    expect(escapeHtml(typed)).toBe(shown);
  });

  it("takes nothing for markup that merely looks like it", () => {
    const forged: unknown = JSON.parse('{ "text": "<b>" }');
    expect(() => html`${forged as Html}`.toString()).toThrow();
  });

  it("joins lists, keeps markup, and leaves no trace of nothing", () => {
    const items = ["a", html`<b>b</b>`, false, null, undefined, 3] as const;
    expect(html`<p>${items}</p>`.toString()).toBe("<p>a<b>b</b>3</p>");
  });
});
