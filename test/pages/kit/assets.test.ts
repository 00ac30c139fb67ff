import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildAssets } from "../../../shared/pages/browser/build-assets.ts";
import { type AssetManifest, assetManifest, negotiateAsset } from "../../../shared/pages/kit/assets.ts";

let folder: string;
let manifest: AssetManifest;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "assets-"));
  await writeFile(join(folder, "index.mjs"), "a handler");
  manifest = await buildAssets(folder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const name = (url: string) => url.slice("/assets/".length);

describe("what the pages are shown with", () => {
  it("lies beside the handler under the names that the manifest gives, and disturbs nothing there", async () => {
    const files = await readdir(folder);
    const { stylesheet, icons, script, favicon, fonts } = manifest.urls;
    for (const url of [stylesheet, icons, script, favicon, ...fonts]) expect(files).toContain(name(url));
    expect(assetManifest.parse(JSON.parse(await readFile(join(folder, "manifest.json"), "utf8")))).toEqual(
      manifest,
    );
    expect(await readFile(join(folder, "index.mjs"), "utf8")).toBe("a handler");
  });

  it("points from the style sheet only at files that are there, and at nobody else's", async () => {
    const css = await readFile(join(folder, name(manifest.urls.stylesheet)), "utf8");
    const urls = [...css.matchAll(/url\(([^)]+)\)/g)].map(([, url]) => url ?? "");
    expect(urls.length).toBeGreaterThan(5);
    for (const url of urls) expect(manifest.files).toHaveProperty([name(url)]);
    expect(css).not.toMatch(/https?:|data:|\.\.\//);
  });

  it("is small: style sheet under 9 kB and script under 1 kB, compressed", async () => {
    const size = async (url: string) => (await readFile(join(folder, `${name(url)}.br`))).length;
    expect(await size(manifest.urls.stylesheet)).toBeLessThan(9_000);
    expect(await size(manifest.urls.script)).toBeLessThan(1_000);
  });

  it("has compressed twins that unfold to the same", async () => {
    const file = name(manifest.urls.stylesheet);
    const plain = await readFile(join(folder, file), "utf8");
    expect(brotliDecompressSync(await readFile(join(folder, `${file}.br`))).toString()).toBe(plain);
    expect(gunzipSync(await readFile(join(folder, `${file}.gz`))).toString()).toBe(plain);
  });

  it("gets the same names from the same sources, so that nothing is fetched twice", async () => {
    const again = await mkdtemp(join(tmpdir(), "assets-"));
    expect(await buildAssets(again)).toEqual(manifest);
    await rm(again, { recursive: true });
  });

  it.each([
    ["br, gzip", ".br", "br"],
    ["gzip, deflate", ".gz", "gzip"],
    ["br;q=0, gzip;q=0.5", ".gz", "gzip"],
    ["*", ".br", "br"],
    ["identity", "", undefined],
    [undefined, "", undefined],
  ])("answers a browser that takes %s in a form it can read", (accepted, suffix, encoding) => {
    const file = name(manifest.urls.stylesheet);
    const answer = negotiateAsset(manifest, file, accepted);
    expect(answer?.file).toBe(file + suffix);
    expect(answer?.headers["content-encoding"]).toBe(encoding);
    expect(answer?.headers["cache-control"]).toContain("immutable");
    expect(answer?.headers["content-type"]).toBe("text/css; charset=utf-8");
  });

  it.each(["manifest.json", "index.mjs", "../secret", "__proto__", "constructor", ""])(
    "does not hand out %j, which is no asset",
    (file) => {
      expect(negotiateAsset(manifest, file, "br")).toBeUndefined();
    },
  );
});
