import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { Worker } from "node:worker_threads";
import * as z from "zod";
import { unreadable } from "../../../pdf-evidence/document-facts.ts";
import { anchorsFromPem } from "../../../pdf-evidence/trust/anchor-list.ts";
import { reviewedAnchors } from "../../../pdf-evidence/trust/reviewed-anchors.ts";
import type { TrustAnchors } from "../../../pdf-evidence/trust/trust-anchors.ts";
import type { AgreementReader, ReadOutcome } from "../../ports/agreement-reader.ts";
import { provision } from "../aws/lambda/provide.ts";
import type { ReadRequest, WorkerAnswer, WorkerSettings } from "./worker-messages.ts";

export interface PdfReaderOptions {
  /** Beginnings of chains; the reviewed ones unless said otherwise. */
  anchors?: TrustAnchors;
  /** The worker's entry: its own bundle beside the handler's, or the source as it is. */
  workerEntry?: URL;
  /** pdfium.wasm; from the package unless said otherwise. */
  pdfiumWasm?: URL;
  /** One file may take this long before the worker is killed, ms. */
  timeLimitMs?: number;
}

/** The form takes 26,214,400 bytes; inspect refuses more for the same reason. */
export const maximumFileBytes = 26_214_400;

const defaultTimeLimitMs = 15_000;

/**
 * Reads PDFs in a worker that can be killed: one file at a time, kept warm between files, replaced when a file
 * breaks it. Its heap is limited by V8, PDFium's by {@link pdfiumMemoryBytes}, inflated data by the reader.
 */
export class PdfReader implements AgreementReader {
  readonly #options: PdfReaderOptions;
  #pdfium: Promise<WebAssembly.Module> | undefined;
  #worker: Worker | undefined;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(options: PdfReaderOptions = {}) {
    this.#options = options;
  }

  read(bytes: Uint8Array, { now }: { now: number }): Promise<ReadOutcome> {
    if (bytes.length > maximumFileBytes) {
      return Promise.resolve({ facts: unreadable(bytes.length, { code: "FILE_TOO_LARGE" }) });
    }
    const outcome = this.#queue.then(() => this.#readAlone(bytes, now));
    this.#queue = outcome.catch(() => undefined);
    return outcome;
  }

  /** Ends the worker; the reader can be used again. */
  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }

  async #readAlone(bytes: Uint8Array, now: number): Promise<ReadOutcome> {
    this.#worker ??= await this.#startWorker();
    const answer = await this.#ask(this.#worker, { bytes, now });
    if (answer.kind === "read") return answer.reading;
    await this.close();
    return {
      facts: unreadable(bytes.length, { code: "COULD_NOT_BE_READ_SAFELY", detail: answer.reason }),
    };
  }

  #ask(worker: Worker, request: ReadRequest): Promise<WorkerAnswer> {
    return new Promise((resolve) => {
      const settle = (answer: WorkerAnswer) => {
        clearTimeout(timer);
        worker.removeAllListeners();
        worker.on("error", () => undefined);
        worker.unref();
        resolve(answer);
      };
      const fail = (reason: string) => settle({ kind: "failed", reason });
      const timer = setTimeout(() => fail("time"), this.#options.timeLimitMs ?? defaultTimeLimitMs);
      worker.removeAllListeners();
      worker.on("message", settle);
      worker.on("error", (error) => fail(isOutOfMemory(error) ? "memory" : "crash"));
      worker.on("exit", () => fail("crash"));
      worker.ref();
      worker.postMessage(request);
    });
  }

  async #startWorker(): Promise<Worker> {
    this.#pdfium ??= compilePdfium(this.#options.pdfiumWasm);
    const settings: WorkerSettings = {
      pdfium: await this.#pdfium,
      anchors: this.#options.anchors ?? reviewedAnchors(),
    };
    const entry = this.#options.workerEntry ?? new URL("./reading-worker.ts", import.meta.url);
    const worker = new Worker(entry, {
      workerData: settings,
      // 25 MB of file, 64 MB of inflated streams and PDFium's memory lie outside this heap.
      resourceLimits: { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 },
      // No environment and no standard streams: what runs here has nothing to steal and nobody to talk to.
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

async function compilePdfium(location: URL | undefined): Promise<WebAssembly.Module> {
  const wasm = location ?? createRequire(import.meta.url).resolve("@hyzyla/pdfium/pdfium.wasm");
  return WebAssembly.compile(await readFile(wasm));
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";
}

const trustAnchors = z
  .string()
  .default("[]")
  .transform((text) => z.array(z.string()).parse(JSON.parse(text)));

/**
 * For a handler: with the worker and the engine that lie beside its bundle.
 * `TRUST_ANCHORS`: PEM certificates that a stage trusts besides the reviewed ones, as JSON.
 */
export function readerBeside(bundleUrl: string) {
  return provision(
    { TRUST_ANCHORS: trustAnchors },
    ({ TRUST_ANCHORS }) =>
      new PdfReader({
        anchors: reviewedAnchors(anchorsFromPem(TRUST_ANCHORS, "the stage's settings")),
        workerEntry: new URL("./reading-worker.mjs", bundleUrl),
        pdfiumWasm: new URL("./pdfium.wasm", bundleUrl),
      }),
  );
}
