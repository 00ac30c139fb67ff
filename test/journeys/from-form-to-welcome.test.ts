import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { productThatTrusts } from "../../local/product.ts";
import { scannedAgreementPdf, signedAgreementPdf } from "../../local/rehearsal/pdfs/agreement-pdfs.ts";
import { testRootPem } from "../../local/rehearsal/pdfs/test-authority.ts";
import { Visitor } from "../../local/rehearsal/visitor.ts";
import { accessibilityViolations, overflowing, startBrowser } from "../support/browser.ts";
import { startTestSystem, type TestSystem } from "../support/system.ts";

const secretary = "sekretaer1@os2.example";
const chair = "formand@os2.example";

let house: TestSystem;
let browser: Browser;
let visitor: Visitor;
const folder = mkdtempSync(join(tmpdir(), "journey-"));

beforeAll(async () => {
  [house, browser] = await Promise.all([
    startTestSystem({ app: productThatTrusts([testRootPem()]) }),
    startBrowser(),
  ]);
  visitor = new Visitor(house.now.url);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await house?.stop();
});

async function fillIn(
  page: Page,
  kind: "member" | "partner",
  name: string,
  cvr: string,
  email: string,
): Promise<void> {
  await page.goto(`${house.now.url}/`);
  await expectWell(page);
  await page.locator(`a[href*="kind=${kind}"]`).first().click();
  await expectWell(page);
  await page.getByRole("button", { name: "Fortsæt til aftalen" }).click();
  expect(await page.title()).toMatch(/^Fejl: /);
  await expectWell(page);
  const fields: Record<string, string> = {
    "organisation.name": name,
    "organisation.cvr": cvr,
    ...(kind === "member" && { "organisation.gln": "5790000423408" }),
    "signer.name": "Anna Eksempel",
    "signer.title": "Direktør",
    "contact.name": "Bo Prøve",
    "contact.email": email,
  };
  for (const [field, value] of Object.entries(fields)) await page.locator(`[name="${field}"]`).fill(value);
  await page.locator('label[for="signer.hasAuthority"]').click();
  await page.getByRole("button", { name: "Fortsæt til aftalen" }).click();
  await page.waitForURL(/\/agreements\/[^/]+\/upload/);
  await expectWell(page);
}

/** What everybody expects of every page on the way: accessible, and nothing cut off. */
async function expectWell(page: Page): Promise<void> {
  expect(await accessibilityViolations(page)).toEqual([]);
  expect(await overflowing(page)).toEqual([]);
}

function pdfFile(name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

/** The contact opens the mail on whatever machine is at hand, and is led to the case. */
async function confirmInBrowser(email: string): Promise<void> {
  await house.now.clock.idle();
  const mail = (await visitor.mails(email)).findLast(({ text }) => text.includes("/confirmations/"));
  const page = await browser.newPage({ viewport: { width: 360, height: 740 } });
  await page.goto(/^https?:\S+\/confirmations\/\S+$/m.exec(mail?.text ?? "")?.[0] ?? "");
  await expectWell(page);
  await page.getByRole("button", { name: "Ja, bekræft adressen" }).click();
  await page.waitForURL(/\/agreements\/[^/]+$/);
  await expectWell(page);
  await page.close();
  await house.now.clock.idle();
}

async function decideInBrowser(to: string, email: string, verdict: string): Promise<void> {
  await house.now.clock.idle();
  const caseNumber = /A-\d{4}-\d{4}/.exec((await visitor.mails(email)).at(-1)?.subject ?? "")?.[0] ?? "";
  const ask = await visitor.askOf(to, caseNumber);
  const page = await browser.newPage();
  await page.goto(ask?.link ?? "");
  expect(await page.locator("h2").first().innerText()).toContain(verdict);
  await expectWell(page);
  await page
    .locator("label", { hasText: /^Godkend/ })
    .first()
    .click();
  await page.locator('[name="caseCode"]').fill(ask?.caseCode ?? "");
  await page.getByRole("button", { name: "Send afgørelsen" }).click();
  await page.waitForLoadState();
  expect(await page.locator("h1").innerText()).toMatch(/godkendt|skrevet under/i);
  await expectWell(page);
  await page.close();
  await house.now.clock.idle();
}

describe("A person with a browser", () => {
  it("signs up Aarhus Kommune, and the secretariat and the chair approve from their mails", async () => {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await fillIn(page, "member", "Aarhus Kommune", "55133018", "bo@aarhus.example");
    const agreement = signedAgreementPdf({
      kind: "member",
      organisationName: "Aarhus Kommune",
      cvr: "55133018",
      signerName: "Anna Eksempel",
    });
    await page.locator('input[type="file"]').setInputFiles(pdfFile("aftale.pdf", agreement));
    await page.getByRole("button", { name: /^Send/ }).click();
    await page.waitForURL(/\/agreements\/[^/]+$/);
    await house.now.clock.idle();
    await page.reload();
    expect(await page.locator("main").innerText()).toContain("Bekræft mailadressen, så går sagen videre");
    await expectWell(page);
    await page.getByRole("button", { name: "Send mailen igen" }).click();
    await page.waitForURL(/sent=confirmation/);
    await expectWell(page);
    await confirmInBrowser("bo@aarhus.example");
    await page.reload();
    expect(await page.locator("main").innerText()).toContain("Vi læser jeres aftale nu");
    await expectWell(page);
    await decideInBrowser(
      secretary,
      "bo@aarhus.example",
      "Underskriften er gyldig, og dokumentet er ikke ændret",
    );
    await decideInBrowser(
      chair,
      "bo@aarhus.example",
      "Underskriften er gyldig, og dokumentet er ikke ændret",
    );
    await page.reload();
    expect(await page.locator("main").innerText()).toContain("Velkommen i OS2");
    await expectWell(page);
    expect((await visitor.mails("bo@aarhus.example")).map(({ subject }) => subject.split(" ")[0])).toEqual([
      "Bekræft",
      "Bekræft",
      "Følg",
      "Velkommen",
    ]);
    await page.close();
  }, 120_000);

  it("signs up a supplier on a phone without JavaScript, who gets no dues", async () => {
    const context = await browser.newContext({
      javaScriptEnabled: true,
      viewport: { width: 360, height: 740 },
    });
    const scripted = await context.newPage();
    await fillIn(scripted, "partner", "Åben Kode ApS", "41849983", "ida@aabenkode.example");
    const uploadAddress = scripted.url();
    await context.close();

    const plain = await browser.newContext({
      javaScriptEnabled: false,
      viewport: { width: 360, height: 740 },
    });
    const page = await plain.newPage();
    await page.goto(uploadAddress);
    const scan = await scannedAgreementPdf({
      kind: "partner",
      organisationName: "Åben Kode ApS",
      cvr: "41849983",
      signerName: "Ida Eksempel",
    });
    await page.locator('input[type="file"]').setInputFiles(pdfFile("scan.pdf", scan));
    const [answer] = await Promise.all([
      plain.waitForEvent("page"),
      page.getByRole("button", { name: /^Send/ }).click(),
    ]);
    await answer.waitForURL(/\/agreements\/[^/]+\?.*key=/);
    await confirmInBrowser("ida@aabenkode.example");
    await answer.reload();
    expect(await answer.locator("main").innerText()).toContain("Vi læser jeres aftale nu");
    await decideInBrowser(secretary, "ida@aabenkode.example", "Det er en scanning uden digital underskrift");
    await decideInBrowser(chair, "ida@aabenkode.example", "Det er en scanning uden digital underskrift");
    expect(
      (await visitor.mails("ida@aabenkode.example")).map(({ subject }) => subject.split(" ")[0]),
    ).toEqual(["Bekræft", "Følg", "Velkommen"]);
    await plain.close();
  }, 120_000);

  it("who waits for a decision when the machine is killed gets it afterwards", async () => {
    const opened = await visitor.apply({
      kind: "member",
      name: "Odense Kommune",
      cvr: "35209115",
      gln: "5790000423408",
      email: "eva@odense.example",
    });
    const agreement = signedAgreementPdf({
      kind: "member",
      organisationName: "Odense Kommune",
      cvr: "35209115",
      signerName: "Eva Eksempel",
    });
    expect(await visitor.send(opened.upload, agreement)).toBe(201);
    await house.now.clock.idle();
    expect(await visitor.status(opened.statusUrl)).toMatchObject({
      status: "awaiting-confirmation",
      nextActor: "submitter",
    });
    await visitor.confirm("eva@odense.example");
    await house.now.clock.idle();
    await house.restartAfterKill();
    await house.now.clock.idle();
    expect(await visitor.decide(secretary, "approve", "", opened.caseNumber)).toBe(303);
    await house.now.clock.idle();
    expect(await visitor.status(opened.statusUrl)).toMatchObject({ status: "awaiting-chair" });
  }, 120_000);

  it("whose file is one byte too large, empty or something else gets one clear answer, and nothing is lost", async () => {
    const opened = await visitor.apply({
      kind: "member",
      name: "Vejle Kommune",
      cvr: "29189900",
      email: "per@vejle.example",
    });
    expect(await visitor.send(opened.upload, new Uint8Array(26_214_401))).toBe(400);
    expect(await visitor.send(opened.upload, new Uint8Array(0))).toBe(400);
    expect(
      await visitor.send(
        { ...opened.upload, fields: { ...opened.upload.fields, key: "uploads/another.pdf" } },
        new Uint8Array(10),
      ),
    ).toBe(403);
    const png = Buffer.concat([
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
      Buffer.alloc(100),
    ]);
    expect(await visitor.send(opened.upload, png)).toBe(201);
    await house.now.clock.idle();
    expect(await visitor.status(opened.statusUrl)).toMatchObject({
      status: "rejected",
      nextActor: "submitter",
      reasons: [{ code: "NOT_A_PDF" }],
    });
    expect((await visitor.mails("per@vejle.example")).at(-1)?.subject).toContain(opened.caseNumber);
  }, 120_000);

  it("leaves no token, no name and no address in any log, and was refused nothing that the template should allow", async () => {
    expect(house.now.refusals).toEqual([]);
    const tokens = (await visitor.mails()).flatMap(({ text }) => text.match(/k1\.[\w-]+\.[\w-]+/g) ?? []);
    const logs = await house.logs();
    for (const secret of [...tokens, "Bo Prøve", "bo@aarhus.example", "Anna Eksempel"])
      expect(logs.includes(secret)).toBe(false);
  });
});
