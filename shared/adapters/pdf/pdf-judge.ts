import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { Worker } from "node:worker_threads";
import * as z from "zod/mini";
import { unreadable } from "../../../pdf-evidence/document-facts.ts";
import type { DocumentObservation } from "../../../pdf-evidence/observation-codes.ts";
import { anchorsFromPem } from "../../../pdf-evidence/trust/anchor-list.ts";
import { reviewedAnchors } from "../../../pdf-evidence/trust/reviewed-anchors.ts";
import type { TrustAnchors } from "../../../pdf-evidence/trust/trust-anchors.ts";
import { judge } from "../../domain/judgement/judge.ts";
import type { AgreementJudge, JudgedAgainst, JudgedAgreement } from "../../ports/agreement-judge.ts";
import { provision } from "../aws/lambda/provide.ts";
import type { JudgeRequest, WorkerAnswer, WorkerSettings } from "./worker-messages.ts";

export interface PdfJudgeOptions {
  /** Beginnings of chains; the reviewed ones unless said otherwise. */
  anchors?: TrustAnchors;
  /** The worker's entry: its own bundle beside the handler's, or the source as it is. */
  workerEntry?: URL;
  /** pdfium.wasm; from the package unless said otherwise. */
  pdfiumWasm?: URL;
  /** Whether page 1 is drawn once the judgement is out; it is unless said otherwise. */
  drawsFirstPage?: boolean;
  /** One file, its picture included, may take this long before the worker is killed, ms. */
  timeLimitMs?: number;
  /** Larger files are refused unread. */
  maximumBytes?: number;
}

/** The form takes 26,214,400 bytes; inspect refuses more for the same reason. */
export const maximumFileBytes = 26_214_400;

const defaultTimeLimitMs = 15_000;

/**
 * Judges PDFs in a worker that can be killed: one file at a time, kept warm between files, replaced when a file
 * breaks it. Its heap is limited by V8, PDFium's by {@link pdfiumMemoryBytes}, inflated data by the reader. Reading
 * and judging both happen there: a text, too, can cost more than its length. The picture of page 1 comes after the
 * judgement, within the same limits: what goes wrong there costs the picture and the worker, not the judgement.
 */
export class PdfJudge implements AgreementJudge {
  readonly #options: PdfJudgeOptions;
  #pdfium: Promise<WebAssembly.Module> | undefined;
  #worker: Worker | undefined;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(options: PdfJudgeOptions = {}) {
    this.#options = options;
  }

  judge(bytes: Uint8Array, against: JudgedAgainst): Promise<JudgedAgreement> {
    if (bytes.length > (this.#options.maximumBytes ?? maximumFileBytes)) {
      return Promise.resolve(unread(bytes.length, "FILE_TOO_LARGE"));
    }
    const judged = this.#queue.then(() => this.#judgeAlone({ bytes, against }));
    this.#queue = judged.then(({ firstPage }) => firstPage).catch(() => undefined);
    return judged;
  }

  /** Ends the worker; the judge can be used again. */
  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }

  async #judgeAlone(request: JudgeRequest): Promise<JudgedAgreement> {
    this.#worker ??= await this.#startWorker();
    return this.#ask(this.#worker, request);
  }

  #ask(worker: Worker, request: JudgeRequest): Promise<JudgedAgreement> {
    const judged = Promise.withResolvers<JudgedAgreement>();
    const firstPage = Promise.withResolvers<Uint8Array | undefined>();
    const end = (png?: Uint8Array) => {
      clearTimeout(timer);
      worker.removeAllListeners();
      worker.on("error", () => undefined);
      // It may still die of what it does between files; the next one then has another.
      worker.on("exit", () => this.#forget(worker));
      worker.unref();
      firstPage.resolve(png);
    };
    const fail = (reason: string) => {
      end();
      // Not waited for: a thread in the middle of native code ends when that does, and the next file has one of its own.
      void this.close();
      // Says nothing where the judgement is out already.
      judged.resolve(unread(request.bytes.length, "COULD_NOT_BE_READ_SAFELY", reason));
    };
    const timer = setTimeout(() => fail("time"), this.#options.timeLimitMs ?? defaultTimeLimitMs);
    worker.removeAllListeners();
    worker.on("message", (answer: WorkerAnswer) => {
      if (answer.kind === "failed") return fail(answer.reason);
      if (answer.kind === "drawn") return end(answer.png);
      judged.resolve({ judgement: answer.judgement, firstPage: firstPage.promise });
      if (!answer.pictureFollows) end();
    });
    let why = "crash";
    // An error overtakes the messages said before it, an exit never does: what was judged by then stands.
    worker.on("error", (error) => {
      if (isOutOfMemory(error)) why = "memory";
    });
    worker.on("exit", () => fail(why));
    worker.ref();
    worker.postMessage(request);
    return judged.promise;
  }

  #forget(worker: Worker): void {
    if (this.#worker === worker) this.#worker = undefined;
  }

  async #startWorker(): Promise<Worker> {
    this.#pdfium ??= compilePdfium(this.#options.pdfiumWasm);
    const settings: WorkerSettings = {
      pdfium: await this.#pdfium,
      anchors: this.#options.anchors ?? reviewedAnchors(),
      drawsFirstPage: this.#options.drawsFirstPage ?? true,
    };
    const entry = this.#options.workerEntry ?? new URL("./judging-worker.ts", import.meta.url);
    const worker = new Worker(entry, {
      workerData: settings,
      // 25 MB of file, 64 MB of inflated streams and PDFium's memory lie outside this heap.
      resourceLimits: { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 },
      // No environment and no standard streams, so that a slip of ours neither reads nor prints a credential. It is no
      // wall: the worker is a thread of the function's own process, and code that ran in it could open
      // /proc/self/environ. What keeps a file out of there is that JavaScript and WebAssembly only read it as data;
      // what is left is what the function's role may do.
      env: {},
      execArgv: [],
      stdout: true,
      stderr: true,
    });
    worker.stdout.resume();
    worker.stderr.resume();
    return worker;
  }
}

/** A file of which nothing is known but why: judged here, for there is nothing in it to judge. */
export function unread(bytes: number, code: DocumentObservation, detail?: string): JudgedAgreement {
  const facts = unreadable(bytes, { code, ...(detail === undefined ? {} : { detail }) });
  return { judgement: judge(facts), firstPage: Promise.resolve(undefined) };
}

async function compilePdfium(location: URL | undefined): Promise<WebAssembly.Module> {
  const wasm = location ?? createRequire(import.meta.url).resolve("@hyzyla/pdfium/pdfium.wasm");
  return WebAssembly.compile(await readFile(wasm));
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";
}

const trustAnchors = z.pipe(
  z._default(z.string(), "[]"),
  z.transform((text) => z.array(z.string()).parse(JSON.parse(text))),
);

/**
 * For a handler: with the worker and the engine that lie beside its bundle.
 * `TRUST_ANCHORS`: PEM certificates that a stage trusts besides the reviewed ones, as JSON.
 */
export function judgeBeside(bundleUrl: string) {
  return provision(
    { TRUST_ANCHORS: trustAnchors },
    ({ TRUST_ANCHORS }) =>
      new PdfJudge({
        anchors: reviewedAnchors(anchorsFromPem(TRUST_ANCHORS, "the stage's settings")),
        workerEntry: new URL("./judging-worker.mjs", bundleUrl),
        pdfiumWasm: new URL("./pdfium.wasm", bundleUrl),
      }),
  );
}
