import { createHash, createHmac, timingSafeEqual } from "node:crypto";

/** The parts of a SigV4 Authorization header. */
export interface SignedBy {
  accessKeyId: string;
  /** YYYYMMDD */
  date: string;
  region: string;
  service: string;
  signedHeaders: readonly string[];
  signature: string;
}

const authorizationPattern =
  /^AWS4-HMAC-SHA256 Credential=(?<key>[^/]+)\/(?<date>\d{8})\/(?<region>[^/]+)\/(?<service>[^/]+)\/aws4_request, ?SignedHeaders=(?<headers>[^,]+), ?Signature=(?<signature>[0-9a-f]{64})$/;

/** Who says they signed it, or undefined where the header is missing or no SigV4. */
export function readAuthorization(authorization: string | undefined): SignedBy | undefined {
  const groups = authorizationPattern.exec(authorization ?? "")?.groups;
  if (groups === undefined) return undefined;
  const { key = "", date = "", region = "", service = "", headers = "", signature = "" } = groups;
  return { accessKeyId: key, date, region, service, signedHeaders: headers.split(";"), signature };
}

/**
 * Whether the signature in the Authorization header is the caller's over this very request.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 *
 * @param path the path as it stands in the request line, still percent-encoded.
 */
export function isSignatureValid(
  signedBy: SignedBy,
  secretAccessKey: string,
  request: {
    method: string;
    path: string;
    query: URLSearchParams;
    headers: Record<string, string>;
    body: Buffer;
  },
): boolean {
  const { date, region, service, signedHeaders } = signedBy;
  const payloadHash = request.headers["x-amz-content-sha256"] ?? sha256(request.body);
  const canonicalRequest = [
    request.method,
    // S3 alone signs the path encoded once; all others encode it again.
    service === "s3" ? request.path : request.path.split("/").map(encode).join("/"),
    [...request.query]
      .map(([name, value]) => `${encode(name)}=${encode(value)}`)
      .sort()
      .join("&"),
    ...signedHeaders.map((name) => `${name}:${(request.headers[name] ?? "").trim().replaceAll(/ +/g, " ")}`),
    "",
    signedHeaders.join(";"),
    payloadHash,
  ].join("\n");
  const scope = `${date}/${region}/${service}/aws4_request`;
  const toSign = ["AWS4-HMAC-SHA256", request.headers["x-amz-date"] ?? "", scope, sha256(canonicalRequest)];
  const key = signingKey(secretAccessKey, scope);
  return timingSafeEqual(hmac(key, toSign.join("\n")), Buffer.from(signedBy.signature, "hex"));
}

/** Derived by four HMACs, and the same all day: the last one of each secret is remembered. */
const signingKeys = new Map<string, { scope: string; key: Buffer }>();

/** @param scope `<YYYYMMDD>/<region>/<service>/aws4_request` */
function signingKey(secretAccessKey: string, scope: string): Buffer {
  const known = signingKeys.get(secretAccessKey);
  if (known?.scope === scope) return known.key;
  const key = scope.split("/").reduce<Buffer>(hmac, Buffer.from(`AWS4${secretAccessKey}`));
  signingKeys.set(secretAccessKey, { scope, key });
  return key;
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}

function sha256(data: Buffer | string): string {
  return createHash("sha256").update(data).digest("hex");
}

/** RFC 3986: what encodeURIComponent leaves but SigV4 encodes. */
function encode(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
