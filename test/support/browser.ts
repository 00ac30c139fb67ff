import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import chromium from "@sparticuz/chromium";
import { type Browser, type Page, chromium as playwright } from "playwright-core";
import { unpackedChromium } from "./unpacked-chromium.ts";

/** A finding of axe, short enough to read in a failed test. */
export interface AccessibilityViolation {
  rule: string;
  targets: string[];
  summary: string;
}

/**
 * Starts Chromium as it comes from npm, with the libraries it brings for machines that have none.
 * Left out of its own arguments: `--single-process` and `--no-zygote` (closing a context would end it) and
 * `--disable-web-security` (CORS and CSP would never fail).
 */
export async function startBrowser(): Promise<Browser> {
  const { executablePath, env } = await unpackedChromium();
  // A graphics card in software takes three fifths of the processor, and no page of ours draws with one.
  chromium.setGraphicsMode = false;
  const unwanted = ["--single-process", "--no-zygote", "--disable-web-security"];
  return playwright.launch({
    executablePath,
    env: { ...process.env, ...env },
    args: chromium.args.filter((argument) => !unwanted.includes(argument)),
    headless: true,
  });
}

let axeSource: Promise<string> | undefined;

/** WCAG 2.1 A and AA by axe. Evaluated, for the pages' CSP refuses a script tag. */
export async function accessibilityViolations(page: Page): Promise<AccessibilityViolation[]> {
  axeSource ??= readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  await page.evaluate(await axeSource);
  return page.evaluate<AccessibilityViolation[]>(`
    axe.run({ runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"] } })
      .then(({ violations }) => violations.map(({ id, nodes }) => ({
        rule: id,
        targets: nodes.map(({ target }) => target.join(" ")),
        summary: nodes[0]?.failureSummary ?? "",
      })))`);
}

/**
 * What reaches beyond the window: `overflow-x: hidden` on the body keeps it from showing as a scroll bar. Text is
 * measured by itself, for a word that is too long leaves its paragraph as wide as it was.
 */
export async function overflowing(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`(() => {
    const width = document.documentElement.clientWidth;
    const beyond = (rectangles) => [...rectangles].some(({ left, right }) => right > width + 0.5 || left < -0.5);
    const seen = (element) => !element.closest(".sr-only, .skipnav, [hidden], svg, select");
    const elements = [...document.querySelectorAll("body *")]
      .filter((element) => seen(element) && beyond(element.getClientRects()));
    const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    while (words.nextNode()) {
      range.selectNodeContents(words.currentNode);
      if (seen(words.currentNode.parentElement) && beyond(range.getClientRects())) elements.push(words.currentNode.parentElement);
    }
    return elements.map((element) => element.tagName.toLowerCase() + "." + element.className + ": " + (element.textContent ?? "").trim().slice(0, 40));
  })()`);
}
