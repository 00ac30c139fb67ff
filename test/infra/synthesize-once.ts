import { synthesize } from "../../infra/app.ts";

/** Before any test: one synth of the local stage, kept by its sources' hash, which every worker then finds. */
export async function setup(): Promise<void> {
  await synthesize({ stage: "local" });
}
