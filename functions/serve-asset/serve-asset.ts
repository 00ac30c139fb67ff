import type { Reply } from "../../shared/http/reply.ts";
import type { HttpRequest } from "../../shared/http/request.ts";
import { type AssetManifest, negotiateAsset } from "../../shared/pages/kit/assets.ts";

export interface ServeAssetDependencies {
  manifest: AssetManifest;
  /** Reads one of the files beside the manifest. */
  read: (file: string) => Promise<Uint8Array>;
}

/** Styles, icons, fonts and scripts under names that hold their hash: cached for good, compressed at build time. */
export async function serveAsset(
  request: HttpRequest,
  { manifest, read }: ServeAssetDependencies,
): Promise<Reply> {
  const asset = negotiateAsset(manifest, request.parameters["file"] ?? "", request.acceptEncoding);
  if (!asset) return { outcome: "unknown", json: { code: "NOT_FOUND" } };
  return { outcome: "shown", bytes: await read(asset.file), headers: asset.headers };
}
