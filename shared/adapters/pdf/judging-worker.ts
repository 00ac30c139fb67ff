import { parentPort, workerData } from "node:worker_threads";
import { readDocument } from "../../../pdf-evidence/read-document.ts";
import { type Pdfium, startPdfium } from "../../../pdf-evidence/rendering/pdfium.ts";
import { judge } from "../../domain/judgement/judge.ts";
import type { JudgeRequest, WorkerAnswer, WorkerSettings } from "./worker-messages.ts";

/** The worker in which files are read and judged: the one place where they may do their worst. */
const settings: WorkerSettings = workerData;

/** Started before the file is here that will have it to itself: see {@link startPdfium}. */
let next = startAhead();

function startAhead(): Promise<Pdfium> {
  const started = startPdfium(settings.pdfium);
  // Told to the file that takes it.
  started.catch(() => undefined);
  return started;
}

function say(answer: WorkerAnswer): void {
  parentPort?.postMessage(answer);
}

/** Says the judgement as soon as it is there, and the picture, which it does not need, after it. */
async function answer({ bytes, against: { now, ...expected } }: JudgeRequest): Promise<void> {
  let taken = false;
  const pdfium = () => {
    taken = true;
    return next;
  };
  const { facts, drawFirstPage } = await readDocument(bytes, { now, anchors: settings.anchors, pdfium });
  const draw = settings.drawsFirstPage ? drawFirstPage : undefined;
  say({ kind: "judged", judgement: judge(facts, expected), pictureFollows: draw !== undefined });
  // Before the picture: the file behind this one must not wait for it, and may come with the picture's own answer.
  if (taken) {
    next = startAhead();
    await Promise.allSettled([next]);
  }
  if (draw !== undefined) say({ kind: "drawn", png: await draw() });
}

parentPort?.on("message", async (request: JudgeRequest) => {
  try {
    await answer(request);
  } catch (error) {
    say({ kind: "failed", reason: error instanceof Error ? error.name : "unknown" });
  }
});
