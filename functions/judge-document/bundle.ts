/** What lies beside the handler: the worker that reads and judges, and the engine that draws. */
export const bundle = {
  workers: { "judging-worker": "../../shared/adapters/pdf/judging-worker.ts" },
  copies: { "pdfium.wasm": "@hyzyla/pdfium/pdfium.wasm" },
};
