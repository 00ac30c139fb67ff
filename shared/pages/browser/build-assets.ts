import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, extname, join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { build, transform } from "esbuild";
import { PurgeCSS } from "purgecss";
import type { AssetManifest } from "../kit/assets.ts";
import { iconNames } from "../kit/icon.ts";

const here = import.meta.dirname;
const dkfds = dirname(dirname(createRequire(import.meta.url).resolve("dkfds")));

/** Our own sheets, in the order in which they may overrule the design system and each other. */
const sheets = [
  "colours",
  "frame",
  "design-system",
  "text",
  "columns",
  "lists",
  "front-page",
  "forms",
  "answers",
  "timeline",
  "upload",
  "decision",
  "dues",
  "print",
];

const contentTypes: Record<string, string> = {
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

/** Already compressed; a second time only costs. */
const compressed = new Set([".woff2"]);

interface Asset {
  name: string;
  content: Buffer;
}

const weights = [
  { file: "Regular", weight: 400 },
  { file: "SemiBold", weight: 600 },
  { file: "Bold", weight: 700 },
] as const;

/** The subsets as the font package cuts them; Latin2 is only fetched for names such as Łukasz. */
const subsets = {
  Latin1:
    "U+0000-00FF,U+0131,U+0152-0153,U+02C6,U+02DA,U+02DC,U+2013-2014,U+2018-201A,U+201C-201E,U+2020-2022,U+2026,U+2030,U+2039-203A,U+2044,U+20AC,U+2122,U+2212,U+FB01-FB02",
  Latin2:
    "U+0100-0130,U+0132-0151,U+0154-024F,U+0259,U+1E00-1EFF,U+20A0-20AB,U+20AD-20CF,U+2C60-2C7F,U+A720-A7FF",
} as const;

/**
 * Makes what the pages are shown with: the design system's CSS cut to the classes we use, our own sheet, fonts,
 * icons and our script, each under a name that holds its hash, with compressed twins and a `manifest.json`.
 * @param outdir may hold other things; a handler's bundle does
 */
export async function buildAssets(outdir: string): Promise<AssetManifest> {
  const { assets, urls } = await make();
  const manifest: AssetManifest = { urls, files: {} };
  await mkdir(outdir, { recursive: true });
  for (const { name, content } of assets) {
    await writeFile(join(outdir, name), content);
    const encodings = await writeTwins(outdir, name, content);
    manifest.files[name] = {
      contentType: contentTypes[extname(name)] ?? "application/octet-stream",
      encodings,
    };
  }
  await writeFile(join(outdir, "manifest.json"), JSON.stringify(manifest));
  return manifest;
}

async function make(): Promise<{ assets: Asset[]; urls: AssetManifest["urls"] }> {
  const assets: Asset[] = [];
  const add = (file: string, content: Buffer | string): string => {
    const bytes = Buffer.from(content);
    const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 12);
    const name = `${basename(file, extname(file))}.${hash}${extname(file)}`;
    if (!assets.some((asset) => asset.name === name)) assets.push({ name, content: bytes });
    return `/assets/${name}`;
  };
  const fonts = await addFonts(add);
  const sheet = await styleSheet(fonts.faces, add);
  return {
    urls: {
      stylesheet: add("site.css", sheet),
      icons: add("icons.svg", await iconSprite()),
      script: add("site.js", await script()),
      favicon: add("favicon.svg", await readFile(join(here, "favicon.svg"))),
      fonts: fonts.first,
    },
    assets,
  };
}

async function addFonts(add: (file: string, content: Buffer) => string) {
  const faces: string[] = [];
  const first: string[] = [];
  for (const { file, weight } of weights) {
    for (const [subset, range] of Object.entries(subsets)) {
      const source = `IBMPlexSans-${file}-${subset}.woff2`;
      const url = add(source, await readFile(join(dkfds, "fonts/IBMPlexSans/split/woff2", source)));
      if (subset === "Latin1") first.push(url);
      faces.push(
        `@font-face{font-family:"IBM Plex Sans";font-style:normal;font-weight:${weight};font-display:swap;src:url(${url}) format("woff2");unicode-range:${range}}`,
      );
    }
  }
  return { faces: faces.join("\n"), first };
}

/** The design system's rules for the words that occur in our sources, then ours. */
async function styleSheet(faces: string, add: (file: string, content: Buffer) => string): Promise<string> {
  const pages = dirname(here);
  const names = (await readdir(pages, { recursive: true })).filter((name) =>
    /^(?!browser\/).+\.ts$/.test(name),
  );
  const sources = await Promise.all(names.map((name) => readFile(join(pages, name), "utf8")));
  const theirs = (await readFile(join(dkfds, "css/dkfds.css"), "utf8"))
    .replace(/@font-face\s*\{[^}]*\}/g, "")
    // One rule for each of 150 icons that we show through the sprite instead.
    .replace(/\.icon-[\w-]+(?::not\(a\))?\s*\{[^}]*\}/g, (rule) => (rule.includes("svg-icons") ? "" : rule));
  const [purged] = await new PurgeCSS().purge({
    content: [{ raw: sources.join("\n"), extension: "ts" }],
    css: [{ raw: theirs }],
    defaultExtractor: (source) => source.match(/[\w-]+/g) ?? [],
    // Put together from a tone or a width, so they stand nowhere whole.
    safelist: { standard: ["html", "body", /^alert-/, /^input-width-/] },
    keyframes: true,
    variables: true,
  });
  const own = await Promise.all(sheets.map((name) => readFile(join(here, "styles", `${name}.css`), "utf8")));
  const whole = `${faces}\n${await withHashedImages(purged?.css ?? "", add)}\n${own.join("\n")}`;
  return (await transform(whole, { loader: "css", minify: true, target: "chrome109" })).code;
}

async function withHashedImages(
  css: string,
  add: (file: string, content: Buffer) => string,
): Promise<string> {
  const places = new Map<string, string>();
  for (const [, place] of css.matchAll(/url\("?\.\.\/(img\/[^")]+)"?\)/g)) {
    if (place !== undefined && !places.has(place))
      places.set(place, add(place, await readFile(join(dkfds, place))));
  }
  return css.replace(/url\("?\.\.\/(img\/[^")]+)"?\)/g, (whole, place: string) => {
    const url = places.get(place);
    return url === undefined ? whole : `url(${url})`;
  });
}

async function iconSprite(): Promise<string> {
  const all = await readFile(join(dkfds, "img/all-svg-icons.svg"), "utf8");
  const symbols = iconNames.map((name) => {
    const symbol = new RegExp(`<symbol id="${name}".*?</symbol>`, "s").exec(all)?.[0];
    if (symbol === undefined) throw new Error(`The design system has no icon "${name}"`);
    return symbol;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`;
}

async function script(): Promise<string> {
  const result = await build({
    entryPoints: [join(here, "site.ts")],
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    target: "es2020",
    legalComments: "none",
  });
  return result.outputFiles[0]?.text ?? "";
}

async function writeTwins(folder: string, name: string, content: Buffer): Promise<("br" | "gzip")[]> {
  if (compressed.has(extname(name)) || content.length < 300) return [];
  const br = await promisify(brotliCompress)(content, {
    params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY },
  });
  await writeFile(join(folder, `${name}.br`), br);
  await writeFile(join(folder, `${name}.gz`), await promisify(gzip)(content, { level: 9 }));
  return ["br", "gzip"];
}
