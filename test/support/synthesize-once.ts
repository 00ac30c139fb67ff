import { synthesize } from "../../infra/app.ts";

/** Vitest's globalSetup: the app is synthesized once for all workers, which find it through TEST_ASSEMBLY. */
export async function setup(): Promise<void> {
  process.env["TEST_ASSEMBLY"] = await synthesize({ stage: "local" });
}
