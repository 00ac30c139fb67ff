import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { accessibilityViolations, overflowing, startBrowser } from "../../support/browser.ts";
import { runControl } from "./running-control.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(async () => {
  await browser.close();
});

async function runFilled() {
  const running = await runControl({
    register: async () => ({
      members: [
        {
          memberNumber: "M-0001",
          name: "Aarhus Kommune",
          cvr: "55133018",
          gln: "5790000423408",
          kind: "member",
          status: "current",
          joinedOn: "2026-11-23",
          contact: { name: "Bo Prøve", email: "bo@aarhus.example" },
          invoices: [],
        },
      ],
      cases: [
        {
          caseNumber: "A-2026-0117",
          name: "Ærø Kommune med et meget langt navn",
          kind: "partner",
          status: "awaiting-secretariat",
          held: true,
          since: Date.parse("2026-11-23T09:42:00Z"),
        },
      ],
    }),
  });
  const link = `${running.origin}/_local/ready`;
  for (let count = 0; count < 11; count += 1) {
    await running.send({
      subject: `Godkend Aarhus Kommune ${count}`,
      cc: "sekretaer1@os2.example",
      text: `Sagskode: 1234\n\n${link}\n`,
      html: `<script>document.title = "broken out"</script><p>Hej <a href="${link}">Åbn afgørelsen</a></p>`,
      attachments: [{ filename: "aftale.pdf", content: Buffer.from("%PDF"), contentType: "application/pdf" }],
    });
  }
  return running;
}

test.each([
  [320, "da"],
  [360, "en"],
  [1440, "da"],
] as const)("the page is whole and accessible at %i pixels in %s", async (width, language) => {
  const { origin } = await runFilled();
  const page = await browser.newPage({ viewport: { width, height: 900 } });
  const errors: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  await page.goto(`${origin}/_local?lang=${language}`);
  expect(await accessibilityViolations(page)).toEqual([]);
  expect(await overflowing(page)).toEqual([]);
  expect(errors).toEqual([]);
  await page.close();
});

test("without scripts a person moves the clock, reads a mail and follows its link", async () => {
  const { origin, clock } = await runFilled();
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${origin}/_local`);
  const before = clock.now();
  await page.getByRole("button", { name: "1 dag" }).click();
  expect(clock.now() - before).toBe(24 * 3600_000);
  await page.getByRole("link", { name: "Læs mailen" }).first().click();
  await page.getByRole("link", { name: "Åbn afgørelsen" }).click();
  expect(new URL(page.url()).pathname).toBe("/_local/ready");
  await context.close();
});

test("a mail's own script does not run where mails are shown", async () => {
  const { origin } = await runFilled();
  const page = await browser.newPage();
  await page.goto(`${origin}/_local`);
  await page.getByRole("link", { name: "Læs mailen" }).first().click();
  expect(await page.title()).not.toBe("broken out");
  await page.close();
});
