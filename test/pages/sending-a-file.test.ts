import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type RequestListener } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { buildAssets } from "../../shared/pages/browser/build-assets.ts";
import { decisionPage } from "../../shared/pages/decision-page.ts";
import type { AssetManifest } from "../../shared/pages/kit/assets.ts";
import { pageHeaders } from "../../shared/pages/kit/security-headers.ts";
import type { Chrome } from "../../shared/pages/kit/shell.ts";
import { type UploadView, uploadPage } from "../../shared/pages/upload-page.ts";
import { startBrowser } from "../support/browser.ts";
import { monday, sender } from "../support/page-fixtures.ts";
import { origin, servePages } from "./page-server.ts";
import { decisionView } from "./sample-views.ts";

const s3 = "http://s3.test";
const pdf = { name: "aftale.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7 …") };

let browser: Browser;
let folder: string;
let manifest: AssetManifest;
let context: BrowserContext;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "assets-"));
  [manifest, browser] = await Promise.all([buildAssets(folder), startBrowser()]);
});
afterEach(() => context.close());
afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

function chromeAt(path: string): Chrome {
  return { language: "da", path, assets: manifest.urls, sender };
}

function uploadTo(url: string): UploadView {
  return {
    statusPath: "/agreements/k",
    caseNumber: "A-2026-0117",
    kind: "member",
    organisationName: "Eksempelby Kommune",
    policy: { url, fields: { key: "uploads/1.pdf", success_action_redirect: `${origin}/agreements/k` } },
    purpose: "first",
    lapsesAt: monday,
  };
}

function draw(path: string): string {
  if (path === "decision") return decisionPage(decisionView, chromeAt("/decision"));
  if (path === "upload") return uploadPage(uploadTo(`${s3}/incoming`), chromeAt("/upload"));
  return "<!doctype html><title>Sagen</title><h1>Sagen</h1>";
}

interface Listening {
  origin: string;
  close: () => Promise<void>;
}

/** A server on a free port of this machine. */
async function listen(answer: RequestListener): Promise<Listening> {
  const server = createServer(answer).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return {
    origin: `http://127.0.0.1:${address.port}`,
    close: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function openUpload(javaScriptEnabled: boolean): Promise<Page> {
  context = await browser.newContext({ javaScriptEnabled });
  await servePages(context, folder, manifest, draw);
  const page = await context.newPage();
  await page.goto(`${origin}/upload`);
  return page;
}

/** Answers as S3 does, and keeps what was posted. */
async function answerAsS3(status: number, code: string): Promise<string[]> {
  const posted: string[] = [];
  await context.route(`${s3}/**`, async (route) => {
    posted.push(route.request().postDataBuffer()?.toString("latin1") ?? "");
    await route.fulfill({
      status,
      headers: { "access-control-allow-origin": "*", "content-type": "application/xml" },
      body: `<Error><Code>${code}</Code></Error>`,
    });
  });
  return posted;
}

async function answerWithPolicy(status: number): Promise<void> {
  await context.route(`${origin}/agreements/k/uploads`, (route) =>
    route.fulfill({
      status,
      contentType: "application/json",
      body: JSON.stringify({ upload: { url: `${s3}/incoming`, fields: { key: "uploads/2.pdf" } } }),
    }),
  );
}

describe("sending the file with a script", () => {
  it("asks for a policy of its own, sends the fields before the file, and goes to the case", async () => {
    const page = await openUpload(true);
    await answerWithPolicy(201);
    const posted = await answerAsS3(201, "");
    await page.getByLabel("Underskrevet aftale").setInputFiles(pdf);
    await page.getByRole("button", { name: "Send aftalen" }).click();
    await page.waitForURL(`${origin}/agreements/k`);
    expect(posted[0]).toMatch(/name="key"\r\n\r\nuploads\/2\.pdf[\s\S]*name="file"; filename="aftale\.pdf"/);
  });

  it.each([
    [400, "EntityTooLarge", "Filen er for stor."],
    [400, "EntityTooSmall", "Filen er tom."],
    [403, "AccessDenied", "Tiden til at sende er løbet ud."],
    [500, "InternalError", "Filen blev ikke sendt."],
  ])("says what S3 means by %i %s, and lets the file be sent again", async (status, code, words) => {
    const page = await openUpload(true);
    await answerWithPolicy(201);
    await answerAsS3(status, code);
    await page.getByLabel("Underskrevet aftale").setInputFiles(pdf);
    await page.getByRole("button", { name: "Send aftalen" }).click();
    await page.locator("[data-answer]", { hasText: words }).waitFor();
    expect(await page.getByRole("button", { name: "Send aftalen" }).isEnabled()).toBe(true);
    expect(page.url()).toBe(`${origin}/upload`);
  });

  it.each([
    [429, "Der er sendt for mange filer i dag."],
    [409, "Sagen tager ikke imod flere filer."],
  ])("explains our own refusal %i", async (status, words) => {
    const page = await openUpload(true);
    await answerWithPolicy(status);
    await page.getByLabel("Underskrevet aftale").setInputFiles(pdf);
    await page.getByRole("button", { name: "Send aftalen" }).click();
    await page.locator("[data-answer]", { hasText: words }).waitFor();
  });

  it("asks for a file when none is chosen, and refuses an empty one before it is sent", async () => {
    const page = await openUpload(true);
    await page.getByRole("button", { name: "Send aftalen" }).click();
    await page.locator("[data-answer]", { hasText: "Vælg den underskrevne fil først." }).waitFor();
    await page.getByLabel("Underskrevet aftale").setInputFiles({ ...pdf, buffer: Buffer.alloc(0) });
    await page.getByRole("button", { name: "Send aftalen" }).click();
    await page.locator("[data-answer]", { hasText: "Filen er tom." }).waitFor();
  });
});

describe("without a script", () => {
  it("posts the file straight to S3, and its redirect brings a second window to the case", async () => {
    // Real servers: Chromium holds the redirect against form-action, and a faked answer would not be followed.
    const posted: string[] = [];
    const bucket = await listen((request, response) => {
      posted.push(`${request.method} ${request.headers["content-type"]?.split(";")[0]}`);
      request
        .resume()
        .on("end", () => response.writeHead(303, { location: `${site.origin}/agreements/k` }).end());
    });
    const site: Listening = await listen((request, response) => {
      const page = uploadPage(uploadTo(`${bucket.origin}/incoming`), chromeAt("/"));
      const body = request.url === "/" ? page : "<!doctype html><title>Sagen</title>";
      response.writeHead(200, pageHeaders(bucket.origin)).end(body);
    });
    context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${site.origin}/`);
    await page.getByLabel("Underskrevet aftale").setInputFiles(pdf);
    const [second] = await Promise.all([
      context.waitForEvent("page"),
      page.getByRole("button", { name: "Send aftalen" }).click(),
    ]);
    await second.waitForURL(`${site.origin}/agreements/k`);
    expect(posted).toEqual(["POST multipart/form-data"]);
    expect(page.url()).toBe(`${site.origin}/`);
    await Promise.all([site.close(), bucket.close()]);
  });

  it("says the limits before the button, for S3's own words are XML", async () => {
    const page = await openUpload(false);
    const text = (await page.locator("main").textContent()) ?? "";
    expect(text.indexOf("højst 25 MB")).toBeGreaterThan(0);
    expect(text.indexOf("højst 25 MB")).toBeLessThan(text.lastIndexOf("Send aftalen"));
  });

  it("opens the reason only for the choices that owe one", async () => {
    const page = await openUpload(false);
    await page.goto(`${origin}/decision`);
    const reason = page.getByLabel("Begrundelse");
    expect(await reason.isVisible()).toBe(false);
    await page.getByLabel("Send tilbage").check();
    expect(await reason.isVisible()).toBe(true);
    await page.getByLabel("Godkend").check();
    expect(await reason.isVisible()).toBe(false);
    await page.getByLabel("Afvis").check();
    expect(await reason.isVisible()).toBe(true);
  });
});
