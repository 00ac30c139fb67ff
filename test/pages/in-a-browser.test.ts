import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Language, languages } from "../../shared/domain/agreement/kind.ts";
import { buildAssets } from "../../shared/pages/browser/build-assets.ts";
import { accessibilityViolations, overflowing, startBrowser } from "../support/browser.ts";
import { hostileNames, sender } from "../support/page-fixtures.ts";
import { gallery } from "./gallery.ts";
import { hostileGallery } from "./hostile-gallery.ts";
import { origin, servePages } from "./page-server.ts";
import type { Draw } from "./sample-views.ts";

const hostilePages = Object.entries(hostileNames).flatMap(([kind, name]) =>
  Object.entries(hostileGallery(name)).map(([page, draw]): [string, Draw] => [`${page}-${kind}`, draw]),
);
const all: Record<string, Draw> = { ...gallery, ...Object.fromEntries(hostilePages) };

/** Pages of one template that differ in words only: their English is read in one of them. */
const sharesItsShape =
  /^(link-(?!unknown|expired)|task-(?!STEP_FAILED)|error-(?!not-found)|status-(?!rejected|awaiting))/;

let browser: Browser;
let page: Page;
let folder: string;
const complaints: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "assets-"));
  const [{ urls, files }, started] = await Promise.all([buildAssets(folder), startBrowser()]);
  browser = started;
  const context = await browser.newContext();
  await servePages(context, folder, { urls, files }, (path) => {
    const [language, name] = path.split("/") as [Language, string];
    const draw = all[name];
    if (!draw) throw new Error(`no page ${name}`);
    return draw({ language, path: `/${path}`, assets: urls, sender });
  });
  page = await context.newPage();
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("dialog", async (dialog) => {
    complaints.push(`a script of a stranger ran: ${dialog.message()}`);
    await dialog.dismiss();
  });
});

afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

async function open(name: string, language: Language, width: number): Promise<void> {
  await page.setViewportSize({ width, height: 900 });
  await page.goto(`${origin}/${language}/${name}`);
}

async function cutOffAt(widths: readonly number[]): Promise<string[]> {
  const found: string[] = [];
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    found.push(...(await overflowing(page)).map((element) => `${width}: ${element}`));
  }
  return found;
}

describe("in a browser, in both languages", () => {
  it.each(Object.keys(gallery))(
    "%s can be used by everybody and fits screens of 320, 360 and 1440",
    async (name) => {
      for (const language of languages) {
        // Both layouts are read: the wide one in Danish, the narrow one in English.
        await open(name, language, language === "da" ? 1440 : 360);
        if (language === "da" || !sharesItsShape.test(name))
          expect(await accessibilityViolations(page)).toEqual([]);
        expect(await cutOffAt([320, 360, 1440])).toEqual([]);
      }
      expect(complaints).toEqual([]);
    },
  );

  it.each(hostilePages.map(([name]) => name))(
    "%s keeps a stranger's name within the page, as text",
    async (name) => {
      await open(name, "da", 320);
      expect(await cutOffAt([320, 1440])).toEqual([]);
      expect(complaints).toEqual([]);
    },
  );

  it("puts the focus on what has to be mended, and each line there leads to its field", async () => {
    await open("form-errors", "da", 1440);
    expect(await page.evaluate("document.activeElement.hasAttribute('data-error-summary')")).toBe(true);
    await page.getByRole("link", { name: "Skriv EAN-nummeret med 13 cifre" }).click();
    expect(await page.evaluate("document.activeElement.id")).toBe("organisation.gln");
  });

  it("finds a page that is too wide and one that nobody can read aloud, or these tests would prove nothing", async () => {
    await open("front", "da", 360);
    await page.evaluate(`{
      const sheet = new CSSStyleSheet();
      sheet.replaceSync("main, main * { overflow-wrap: normal !important }");
      document.adoptedStyleSheets = [sheet];
      document.querySelector("main").append("W".repeat(200), document.createElement("input"));
    }`);
    expect(await overflowing(page)).not.toEqual([]);
    expect((await accessibilityViolations(page)).map(({ rule }) => rule)).toContain("label");
  });
});
