import { parentPort, workerData } from "node:worker_threads";
import { readDocument } from "../../../pdf-evidence/read-document.ts";
import { judge } from "../../domain/judgement/judge.ts";
import type { JudgedAgreement } from "../../ports/agreement-judge.ts";
import type { JudgeRequest, WorkerAnswer, WorkerSettings } from "./worker-messages.ts";

/** The worker in which files are read and judged: the one place where they may do their worst. */
const settings: WorkerSettings = workerData;

async function judged({ bytes, against: { now, ...expected } }: JudgeRequest): Promise<JudgedAgreement> {
  const { facts, ...picture } = await readDocument(bytes, { now, ...settings });
  return { judgement: judge(facts, expected), ...picture };
}

async function answer(request: JudgeRequest): Promise<WorkerAnswer> {
  try {
    return { kind: "judged", judged: await judged(request) };
  } catch (error) {
    return { kind: "failed", reason: error instanceof Error ? error.name : "unknown" };
  }
}

parentPort?.on("message", async (request: JudgeRequest) => parentPort?.postMessage(await answer(request)));
