import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePortPair } from "../../embedded-aws/free-ports.ts";
import type { Faults } from "../../embedded-aws/services.ts";
import { type App, type RunningSystem, startSystem } from "../../embedded-aws/system.ts";
import { REPOSITORY, sourceHash } from "../../infra/source-hash.ts";
import { product } from "../../local/product.ts";
import { synthesizeSmallApp } from "./small-app/app.ts";

/** A Monday morning in Copenhagen, 8:30, for tests that don't care when they are. */
export const aMonday = Date.parse("2027-02-01T08:30:00+01:00");

/** A system on a data folder of its own, which goes when it stops. Its clock stands still. */
export interface TestSystem {
  /** The one that runs now: another after each restart. */
  readonly now: RunningSystem;
  /** Everything the functions have logged so far. */
  logs(): Promise<string>;
  /** Ends it as a kill would, and starts it again on what that left. */
  restartAfterKill(): Promise<void>;
  stop(): Promise<void>;
}

export interface TestSystemOptions {
  /** Default: the product itself. */
  app?: App;
  /** Epoch ms; default a Monday morning. */
  startMs?: number;
  faults?: Faults;
}

/** Starts the product, or another app, on the embedded AWS. */
export async function startTestSystem({
  app = product,
  startMs = aMonday,
  faults,
}: TestSystemOptions = {}): Promise<TestSystem> {
  const dataDir = mkdtempSync(join(tmpdir(), "system-"));
  // The same ports over a restart, as under npm start: what was presigned or mailed before still leads here.
  const port = await freePortPair();
  const begin = (at: number) =>
    startSystem({ app, dataDir, port, clock: { mode: "still", startMs: at }, ...(faults && { faults }) });
  let system = await begin(startMs);
  return {
    get now() {
      return system;
    },
    async logs() {
      const folder = join(dataDir, "logs");
      const files = existsSync(folder) ? await readdir(folder) : [];
      return (await Promise.all(files.map((file) => readFile(join(folder, file), "utf8")))).join("\n");
    },
    async restartAfterKill() {
      const at = system.clock.now();
      await system.kill();
      system = await begin(at);
    },
    async stop() {
      await system.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** The small app, synthesized once for each state of its sources. */
export const smallApp: App = {
  assembly: async () => {
    const folder = join(REPOSITORY, ".build", "small-app");
    const kept = join(folder, await sourceHash(["test/support/small-app", "package-lock.json"]));
    if (existsSync(kept)) return kept;
    mkdirSync(folder, { recursive: true });
    const aside = mkdtempSync(join(folder, "making-"));
    await synthesizeSmallApp(aside);
    try {
      renameSync(aside, kept);
    } catch {
      // Another test file was faster.
      rmSync(aside, { recursive: true });
    }
    return kept;
  },
  sweep: "sweep-open-work",
};
