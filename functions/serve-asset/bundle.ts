import { buildAssets } from "../../shared/pages/browser/build-assets.ts";

/** What lies beside the handler: every asset under its hashed name, its compressed twins, and the manifest. */
export const bundle = { write: buildAssets };
