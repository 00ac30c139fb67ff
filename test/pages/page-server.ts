import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { BrowserContext } from "playwright-core";
import { type AssetManifest, negotiateAsset } from "../../shared/pages/kit/assets.ts";
import { pageHeaders } from "../../shared/pages/kit/security-headers.ts";

export const origin = "http://pages.test";

/** A first page in the right shape: what stands on it is the judge's to draw. */
const pageImage = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 595 842"><rect width="595" height="842" fill="#fff"/><text x="60" y="110" font-family="sans-serif" font-size="30" font-weight="bold">Medlemsaftale</text><text x="60" y="150" font-family="sans-serif" font-size="14">mellem OS2 og Eksempelby Kommune</text>${Array.from({ length: 24 }, (_, line) => `<rect x="60" y="${190 + 22 * line}" width="${line % 6 === 5 ? 260 : 470}" height="8" fill="#b8b8b8"/>`).join("")}</svg>`;

/** Answers a browser with our pages, their real headers and the built assets, without a socket. */
export async function servePages(
  context: BrowserContext,
  folder: string,
  manifest: AssetManifest,
  draw: (path: string) => string,
): Promise<void> {
  const headers = pageHeaders("http://s3.test");
  await context.route(`${origin}/**`, async (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname.endsWith("/page-1.png")) {
      await route.fulfill({ contentType: "image/svg+xml", body: pageImage });
    } else if (pathname.startsWith("/assets/")) {
      const asset = negotiateAsset(manifest, pathname.slice("/assets/".length), undefined);
      if (!asset) await route.fulfill({ status: 404 });
      else await route.fulfill({ headers: asset.headers, body: await readFile(join(folder, asset.file)) });
    } else {
      await route.fulfill({ headers, body: draw(decodeURIComponent(pathname.slice(1))) });
    }
  });
}
