import type { Bucket, CorsRule } from "./bucket.ts";
import { S3Refusal } from "./refusal.ts";

/**
 * The headers that let a page at `origin` read an answer, or none.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/cors.html
 */
export function corsHeaders(
  bucket: Bucket,
  origin: string | undefined,
  method: string,
): Record<string, string> {
  if (origin === undefined) return {};
  const rule = bucket.cors.find((candidate) => allows(candidate, origin, method, []));
  return rule === undefined ? {} : allowing(rule, origin);
}

/** Answers a browser's preflight, or throws the 403 that S3 sends when no rule allows it. */
export function preflightHeaders(bucket: Bucket, headers: Record<string, string>): Record<string, string> {
  const origin = headers["origin"];
  const method = headers["access-control-request-method"];
  if (origin === undefined || method === undefined) {
    throw new S3Refusal(400, "BadRequest", "Insufficient information. Origin request header needed.");
  }
  const asked = (headers["access-control-request-headers"] ?? "")
    .split(",")
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== "");
  const rule = bucket.cors.find((candidate) => allows(candidate, origin, method, asked));
  if (rule === undefined) {
    throw new S3Refusal(
      403,
      "AccessForbidden",
      bucket.cors.length === 0
        ? "CORSResponse: CORS is not enabled for this bucket."
        : "CORSResponse: This CORS request is not allowed.",
      { Method: method, ResourceType: "OBJECT" },
    );
  }
  return {
    ...allowing(rule, origin),
    ...(asked.length === 0 ? {} : { "access-control-allow-headers": asked.join(", ") }),
    ...(rule.MaxAge === undefined ? {} : { "access-control-max-age": String(rule.MaxAge) }),
  };
}

function allows(rule: CorsRule, origin: string, method: string, headers: readonly string[]): boolean {
  return (
    rule.AllowedMethods.some((allowed) => allowed === method) &&
    rule.AllowedOrigins.some((pattern) => matches(pattern, origin)) &&
    headers.every((name) => rule.AllowedHeaders.some((pattern) => matches(pattern.toLowerCase(), name)))
  );
}

function allowing(rule: CorsRule, origin: string): Record<string, string> {
  const anybody = rule.AllowedOrigins.includes("*");
  return {
    "access-control-allow-origin": anybody ? "*" : origin,
    ...(anybody ? {} : { "access-control-allow-credentials": "true" }),
    "access-control-allow-methods": rule.AllowedMethods.join(", "),
    ...(rule.ExposedHeaders.length === 0
      ? {}
      : { "access-control-expose-headers": rule.ExposedHeaders.join(", ") }),
    vary: "Origin, Access-Control-Request-Headers, Access-Control-Request-Method",
  };
}

/** One `*` at most stands for anything, as in the bucket's rules. */
function matches(pattern: string, value: string): boolean {
  const [start = "", end] = pattern.split("*");
  if (end === undefined) return value === pattern;
  return value.length >= start.length + end.length && value.startsWith(start) && value.endsWith(end);
}
