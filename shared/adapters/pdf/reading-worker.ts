import { parentPort, workerData } from "node:worker_threads";
import { readDocument } from "../../../pdf-evidence/read-document.ts";
import type { ReadRequest, WorkerSettings } from "./worker-messages.ts";

/** The worker in which files are read: the one place where they may do their worst. */
const settings: WorkerSettings = workerData;

parentPort?.on("message", async ({ bytes, now }: ReadRequest) => {
  try {
    const reading = await readDocument(bytes, { now, ...settings });
    parentPort?.postMessage({ kind: "read", reading });
  } catch (error) {
    parentPort?.postMessage({ kind: "failed", reason: error instanceof Error ? error.name : "unknown" });
  }
});
