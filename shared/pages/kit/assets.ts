import * as z from "zod/mini";

/** Addresses that the pages point at; every name holds the hash of the content, so that it may be cached for good. */
const assetUrls = z.object({
  stylesheet: z.string(),
  icons: z.string(),
  script: z.string(),
  favicon: z.string(),
  /** What the first screen needs, in Latin-1: fetched beside the style sheet and not after it. */
  fonts: z.array(z.string()),
});
export type AssetUrls = z.infer<typeof assetUrls>;

const assetFile = z.object({
  contentType: z.string(),
  /** Which of `NAME.br` and `NAME.gz` lie beside `NAME`. */
  encodings: z.array(z.enum(["br", "gzip"])),
});

/** Written by browser/build-assets.ts beside the files it makes. */
export const assetManifest = z.object({ urls: assetUrls, files: z.record(z.string(), assetFile) });
export type AssetManifest = z.infer<typeof assetManifest>;

export interface NegotiatedAsset {
  /** Name of the file to send, in the folder of the manifest. */
  file: string;
  headers: Record<string, string>;
}

const suffixes = { br: ".br", gzip: ".gz" } as const;

/** Codings the client takes: named without `q=0`. Source: RFC 9110 §12.5.3. */
function accepts(acceptEncoding: string | undefined, coding: "br" | "gzip"): boolean {
  return (acceptEncoding ?? "")
    .split(",")
    .map((entry) =>
      entry
        .trim()
        .toLowerCase()
        .split(/\s*;\s*/),
    )
    .some(([name, quality]) => (name === coding || name === "*") && !/^q=0(\.0*)?$/.test(quality ?? ""));
}

/**
 * Chooses the file and the headers for `GET /assets/{file}`; undefined when there is no such file.
 * The HTTP API doesn't compress, so the compressed twins are made at build time.
 */
export function negotiateAsset(
  manifest: AssetManifest,
  file: string,
  acceptEncoding: string | undefined,
): NegotiatedAsset | undefined {
  const found = Object.hasOwn(manifest.files, file) ? manifest.files[file] : undefined;
  if (!found) return undefined;
  const encoding = (["br", "gzip"] as const).find(
    (coding) => found.encodings.includes(coding) && accepts(acceptEncoding, coding),
  );
  return {
    file: encoding ? file + suffixes[encoding] : file,
    headers: {
      "content-type": found.contentType,
      "cache-control": "public, max-age=31536000, immutable",
      "x-content-type-options": "nosniff",
      vary: "accept-encoding",
      ...(encoding && { "content-encoding": encoding }),
    },
  };
}
