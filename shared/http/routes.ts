/**
 * Every route of the HTTP API, once: infra deploys them, functions match by them. HEAD stands beside GET where mail
 * scanners look: an HTTP API has no HEAD of its own.
 */
export const ROUTES = {
  front: "GET /",
  frontHead: "HEAD /",
  /** The root isn't among the greedy paths: what else is asked of it must be answered by us too. */
  anythingAtRoot: "ANY /",
  form: "GET /agreements/new",
  privacy: "GET /privacy",
  accessibility: "GET /accessibility",
  /** Whatever else is asked for gets a page that says what to do, not the gateway's own JSON. */
  anythingElse: "ANY /{proxy+}",
  asset: "GET /assets/{file}",
  submitForm: "POST /agreements",
  submitJson: "POST /api/agreements",
  uploadPage: "GET /agreements/{key}/upload",
  uploadPolicy: "POST /agreements/{key}/uploads",
  agreement: "GET /agreements/{key}/agreement.pdf",
  status: "GET /agreements/{key}",
  ownDocument: "GET /agreements/{key}/document",
  applyAgain: "POST /agreements/{key}/again",
  withdraw: "POST /agreements/{key}/withdraw",
  askConfirmationAgain: "POST /agreements/{key}/confirmation",
  confirmation: "GET /confirmations/{token}",
  confirmationHead: "HEAD /confirmations/{token}",
  confirm: "POST /confirmations/{token}",
  decision: "GET /decisions/{token}",
  decisionHead: "HEAD /decisions/{token}",
  decide: "POST /decisions/{token}",
  renew: "POST /decisions/{token}/renew",
  decisionDocument: "GET /decisions/{token}/document",
  decisionPageImage: "GET /decisions/{token}/page-1.png",
  planFile: "GET /decisions/{token}/plan.csv",
  stopRun: "POST /decisions/{token}/stop",
  handedOver: "POST /decisions/{token}/handed-over",
  task: "GET /tasks/{token}",
  taskHead: "HEAD /tasks/{token}",
  resolveTask: "POST /tasks/{token}",
  renewTask: "POST /tasks/{token}/renew",
} as const;

export type Route = (typeof ROUTES)[keyof typeof ROUTES];
