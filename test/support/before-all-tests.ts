import { synthesize } from "../../infra/app.ts";
import { liveInRunFolder } from "./run-folder.ts";
import { unpackedChromium } from "./unpacked-chromium.ts";

/**
 * Vitest's globalSetup: what all workers share is made once, before the first of them starts. The app is
 * synthesized (they find it through TEST_ASSEMBLY), and Chromium unpacked where there is one for this machine.
 */
export async function setup(): Promise<void> {
  liveInRunFolder();
  process.env["TEST_ASSEMBLY"] = await synthesize({ stage: "local" });
  if (process.platform === "linux") await unpackedChromium();
}
