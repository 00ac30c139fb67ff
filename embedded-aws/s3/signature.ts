import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { accessDenied, S3Refusal } from "./refusal.ts";

const ALGORITHM = "AWS4-HMAC-SHA256";
const LONGEST_EXPIRY_SECONDS = 7 * 24 * 3600;
const ALLOWED_SKEW_MS = 15 * 60_000;

export interface SignedRequest {
  method: string;
  /** The path exactly as it came over the wire. */
  rawPath: string;
  query: URLSearchParams;
  /** Lower-case names. */
  headers: Record<string, string>;
}

/** The secret that belongs to an access key, or undefined when nobody has it. */
export type SecretOf = (accessKeyId: string) => string | undefined;

interface Credential {
  accessKeyId: string;
  date: string;
  region: string;
  service: string;
}

/**
 * Verifies a request's AWS Signature Version 4, from the Authorization header or the query.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
 *
 * @param nowMs the local clock: a presigned address expires by it.
 * @returns the access key that signed. Throws S3Refusal for an unsigned, altered or expired request.
 */
export function verifySignature(request: SignedRequest, secretOf: SecretOf, nowMs: number): string {
  const header = request.headers["authorization"];
  if (header !== undefined) return verifyHeader(header, request, secretOf);
  if (request.query.has("X-Amz-Signature")) return verifyQuery(request, secretOf, nowMs);
  throw accessDenied();
}

function verifyHeader(header: string, request: SignedRequest, secretOf: SecretOf): string {
  const parts =
    /^AWS4-HMAC-SHA256 Credential=([^,\s]+),\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]{64})$/.exec(
      header,
    );
  if (parts === null) {
    throw new S3Refusal(
      400,
      "AuthorizationHeaderMalformed",
      "The authorization header that you provided is not valid.",
    );
  }
  const [, scope = "", signedHeaders = "", signature = ""] = parts;
  const credential = parseCredential(scope);
  const payloadHash = request.headers["x-amz-content-sha256"] ?? "";
  const canonical = canonicalRequest(request, [...request.query], signedHeaders, payloadHash);
  const timestamp = request.headers["x-amz-date"] ?? "";
  checkSignature(credential, timestamp, canonical, signature, secretOf);
  return credential.accessKeyId;
}

function verifyQuery(request: SignedRequest, secretOf: SecretOf, nowMs: number): string {
  const parameter = (name: string) => request.query.get(name) ?? "";
  if (parameter("X-Amz-Algorithm") !== ALGORITHM)
    throw malformedQuery('X-Amz-Algorithm only supports "AWS4-HMAC-SHA256"');
  const expires = Number(parameter("X-Amz-Expires"));
  if (!Number.isInteger(expires) || expires < 1 || expires > LONGEST_EXPIRY_SECONDS) {
    throw malformedQuery("X-Amz-Expires must be between 1 and 604800 seconds");
  }
  const timestamp = parameter("X-Amz-Date");
  const signedAt = parseTimestamp(timestamp);
  const credential = parseCredential(parameter("X-Amz-Credential"));
  const pairs = [...request.query].filter(([name]) => name !== "X-Amz-Signature");
  const canonical = canonicalRequest(request, pairs, parameter("X-Amz-SignedHeaders"), "UNSIGNED-PAYLOAD");
  checkSignature(credential, timestamp, canonical, parameter("X-Amz-Signature"), secretOf);

  if (nowMs < signedAt - ALLOWED_SKEW_MS) throw accessDenied("Request is not valid yet");
  const expiresAt = signedAt + expires * 1000;
  if (nowMs > expiresAt) {
    throw accessDenied("Request has expired", {
      "X-Amz-Expires": expires,
      Expires: new Date(expiresAt).toISOString(),
      ServerTime: new Date(nowMs).toISOString(),
    });
  }
  return credential.accessKeyId;
}

/**
 * Verifies the signature of a POST policy, which signs the policy's base64 itself.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-authentication-HTTPPOST.html
 *
 * @param fields the form's fields by lower-case name.
 */
export function verifyPostPolicySignature(fields: ReadonlyMap<string, string>, secretOf: SecretOf): string {
  if (fields.get("x-amz-algorithm") !== ALGORITHM) {
    throw new S3Refusal(400, "InvalidArgument", "Unsupported x-amz-algorithm in a POST policy");
  }
  const credential = parseCredential(fields.get("x-amz-credential") ?? "");
  parseTimestamp(fields.get("x-amz-date") ?? "");
  const secret = secretOf(credential.accessKeyId);
  if (secret === undefined) throw invalidAccessKey();
  const expected = hmac(signingKey(secret, credential), fields.get("policy") ?? "").toString("hex");
  if (!sameHex(expected, fields.get("x-amz-signature") ?? "")) throw signatureDoesNotMatch();
  return credential.accessKeyId;
}

function checkSignature(
  credential: Credential,
  timestamp: string,
  canonical: string,
  signature: string,
  secretOf: SecretOf,
): void {
  const secret = secretOf(credential.accessKeyId);
  if (secret === undefined) throw invalidAccessKey();
  const scope = `${credential.date}/${credential.region}/${credential.service}/aws4_request`;
  const toSign = [ALGORITHM, timestamp, scope, createHash("sha256").update(canonical).digest("hex")].join(
    "\n",
  );
  const expected = hmac(signingKey(secret, credential), toSign).toString("hex");
  if (!sameHex(expected, signature)) throw signatureDoesNotMatch();
}

function canonicalRequest(
  request: SignedRequest,
  pairs: [string, string][],
  signedHeaders: string,
  payloadHash: string,
): string {
  const query = pairs
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort((a, b) => (a < b ? -1 : 1))
    .join("&");
  const headers = signedHeaders
    .split(";")
    .map((name) => `${name}:${(request.headers[name] ?? "").trim().replace(/\s+/g, " ")}\n`)
    .join("");
  return [request.method, request.rawPath, query, headers, signedHeaders, payloadHash].join("\n");
}

function parseCredential(scope: string): Credential {
  const [accessKeyId, date, region, service, end, ...rest] = scope.split("/");
  if (
    accessKeyId === undefined ||
    date === undefined ||
    region === undefined ||
    service !== "s3" ||
    end !== "aws4_request" ||
    rest.length > 0
  ) {
    throw malformedQuery("Error parsing the X-Amz-Credential parameter");
  }
  return { accessKeyId, date, region, service };
}

function parseTimestamp(timestamp: string): number {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(timestamp);
  if (parts === null)
    throw malformedQuery("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"");
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(1).map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

function signingKey(secret: string, { date, region, service }: Credential): Buffer {
  return hmac(hmac(hmac(hmac(`AWS4${secret}`, date), region), service), "aws4_request");
}

function hmac(key: string | Buffer, data: string): Buffer {
  return createHmac("sha256", key).update(data, "utf8").digest();
}

function sameHex(expected: string, given: string): boolean {
  return expected.length === given.length && timingSafeEqual(Buffer.from(expected), Buffer.from(given));
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

const malformedQuery = (message: string) => new S3Refusal(400, "AuthorizationQueryParametersError", message);

const invalidAccessKey = () =>
  new S3Refusal(
    403,
    "InvalidAccessKeyId",
    "The AWS Access Key Id you provided does not exist in our records.",
  );

const signatureDoesNotMatch = () =>
  new S3Refusal(
    403,
    "SignatureDoesNotMatch",
    "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
  );
