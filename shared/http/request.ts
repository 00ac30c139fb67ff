import type { APIGatewayProxyEventV2 } from "aws-lambda";
import type { Language } from "../domain/agreement/kind.ts";

/** A request in the words of our pages: what the functions read of it, and nothing else. */
export interface HttpRequest {
  /** As the API names it: "GET /agreements/{key}". */
  route: string;
  method: string;
  /** Path and query, to show the same page again in the other language. */
  path: string;
  parameters: Readonly<Record<string, string>>;
  query: URLSearchParams;
  /** Of the caller; behind API Gateway this can't be set by a header. */
  address: string;
  language: Language;
  origin: string | undefined;
  /** The name by which the API was reached; behind API Gateway none but its own can be. */
  host: string;
  acceptsJson: boolean;
  acceptEncoding: string | undefined;
  contentType: string;
  /** By which a program says that it asks the same thing once more. */
  idempotencyKey?: string | undefined;
  body: string;
}

/** Payload format 2.0. Source: AWS, "Working with AWS Lambda proxy integrations for HTTP APIs". */
export function readRequest(event: APIGatewayProxyEventV2): HttpRequest {
  const headers = event.headers;
  const query = new URLSearchParams(event.rawQueryString);
  const body = event.body ?? "";
  const accept = headers["accept"] ?? "";
  return {
    route: event.routeKey,
    method: event.requestContext.http.method,
    path: event.rawQueryString ? `${event.rawPath}?${event.rawQueryString}` : event.rawPath,
    parameters: Object.fromEntries(
      Object.entries(event.pathParameters ?? {}).flatMap(([name, value]) => (value ? [[name, value]] : [])),
    ),
    query,
    address: event.requestContext.http.sourceIp,
    language: query.get("lang") === "en" ? "en" : "da",
    origin: headers["origin"],
    host: event.requestContext.domainName,
    // A program that asks the API is answered in JSON whatever it says it accepts.
    acceptsJson:
      /\s\/api\//.test(event.routeKey) ||
      (accept.includes("application/json") && !accept.includes("text/html")),
    acceptEncoding: headers["accept-encoding"],
    idempotencyKey: headers["idempotency-key"],
    contentType: (headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase() ?? "",
    body: event.isBase64Encoded ? Buffer.from(body, "base64").toString("utf8") : body,
  };
}

/**
 * Where the page that was asked for stands: at the stage's own name, or still at the API's, to which links lead that
 * were mailed before there was a name. A browser holds a form's redirects to the place of its page.
 */
export function originOf({ host }: HttpRequest, baseUrl: string): string {
  const base = new URL(baseUrl);
  return host === base.host ? base.origin : `https://${host}`;
}

/**
 * A browser says where a form was posted from. Another place is refused, "null" too; a caller that says nothing is
 * no browser, so there is nobody's click to steal: the token and the code are its authority.
 */
export function isForeignOrigin(request: HttpRequest, baseUrl: string): boolean {
  const ours = [new URL(baseUrl).origin, originOf(request, baseUrl)];
  return request.origin !== undefined && !ours.includes(request.origin);
}
