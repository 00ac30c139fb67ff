import type { APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { pageHeaders } from "../pages/kit/security-headers.ts";

/** What can come of a request, in words. The only place where a word becomes a number. Source: RFC 9110 §15. */
const statusOf = {
  shown: 200,
  created: 201,
  "see-other": 303,
  malformed: 400,
  "foreign-origin": 403,
  unknown: 404,
  conflict: 409,
  gone: 410,
  "not-json": 415,
  "wrong-code": 422,
  locked: 423,
  "too-many": 429,
  broken: 500,
} as const satisfies Record<string, number>;

export type Outcome = keyof typeof statusOf;

export type Reply =
  /** `uploadsTo`: the origin that a form on the page posts a file to; named in its content security policy. */
  | { outcome: Exclude<Outcome, "see-other">; page: string; retryAfterSeconds?: number; uploadsTo?: string }
  | { outcome: Exclude<Outcome, "see-other">; json: unknown; retryAfterSeconds?: number }
  | { outcome: "shown"; bytes: Uint8Array; headers: Readonly<Record<string, string>> }
  | { outcome: "see-other"; location: string };

const jsonHeaders = {
  "content-type": "application/json; charset=utf-8",
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
  "referrer-policy": "same-origin",
};

export function writeReply(reply: Reply): APIGatewayProxyStructuredResultV2 {
  const statusCode = statusOf[reply.outcome];
  if ("location" in reply) {
    return {
      statusCode,
      headers: { location: reply.location, "cache-control": "no-store", "referrer-policy": "same-origin" },
      body: "",
    };
  }
  if ("bytes" in reply) {
    return {
      statusCode,
      headers: { ...reply.headers },
      body: Buffer.from(reply.bytes).toString("base64"),
      isBase64Encoded: true,
    };
  }
  const later =
    reply.retryAfterSeconds === undefined ? {} : { "retry-after": String(reply.retryAfterSeconds) };
  return "page" in reply
    ? { statusCode, headers: { ...pageHeaders(reply.uploadsTo), ...later }, body: reply.page }
    : { statusCode, headers: { ...jsonHeaders, ...later }, body: JSON.stringify(reply.json) };
}
