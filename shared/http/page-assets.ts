import { readFileSync } from "node:fs";
import { type AssetManifest, type AssetUrls, assetManifest } from "../pages/kit/assets.ts";

/** What the asset build wrote; a copy lies beside each bundle that serves pages. Read once, when the function starts. */
export function readManifest(bundleUrl: string): AssetManifest {
  return assetManifest.parse(JSON.parse(readFileSync(new URL("./manifest.json", bundleUrl), "utf8")));
}

export function pageAssets(bundleUrl: string): AssetUrls {
  return readManifest(bundleUrl).urls;
}
