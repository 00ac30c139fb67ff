/** What lies beside the handler: the worker that reads, and the engine that draws. */
export const bundle = {
  workers: { "reading-worker": "../../shared/adapters/pdf/reading-worker.ts" },
  copies: { "pdfium.wasm": "@hyzyla/pdfium/pdfium.wasm" },
};
