import { randomUUID } from "node:crypto";
import * as z from "zod";
import { localAccount } from "../template/physical-ids.ts";
import type { MatchedRoute } from "./route-table.ts";

/** What the server knows of a request. */
export interface HttpRequest {
  method: string;
  /** Path as it stands in the request line, without the query. */
  rawPath: string;
  /** Query without its question mark. */
  rawQuery: string;
  /** Names lower-case; a header that came several times has several values. */
  headers: readonly (readonly [name: string, value: string])[];
  body: Buffer;
  sourceIp: string;
  atMs: number;
}

export interface HttpResponse {
  status: number;
  headers: readonly (readonly [name: string, value: string])[];
  body: Buffer;
}

/** Content types whose bodies reach a function as text; all others come in base64. */
const textTypes =
  /^(text\/|application\/(json|xml|javascript|x-www-form-urlencoded|.+\+(json|xml))\s*(;|$))/i;

/** Cookies have a place of their own in the event; the others end at the API. */
const notPassedOn = new Set(["cookie", "connection", "keep-alive", "transfer-encoding", "upgrade"]);

/**
 * The event of payload format 2.0.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function eventOf(request: HttpRequest, route: MatchedRoute, apiId: string): Record<string, unknown> {
  const headers = joined([
    ...request.headers.filter(([name]) => !notPassedOn.has(name)),
    ["x-forwarded-for", request.sourceIp],
    ["x-forwarded-proto", "http"],
  ]);
  const cookies = request.headers
    .filter(([name]) => name === "cookie")
    .flatMap(([, value]) => value.split(";").map((cookie) => cookie.trim()))
    .filter((cookie) => cookie !== "");
  const query = joined([...new URLSearchParams(request.rawQuery)]);
  const isText = textTypes.test(headers["content-type"] ?? "text/plain");
  return {
    version: "2.0",
    routeKey: route.routeKey,
    rawPath: request.rawPath,
    rawQueryString: request.rawQuery,
    ...(cookies.length === 0 ? {} : { cookies }),
    headers,
    ...(Object.keys(query).length === 0 ? {} : { queryStringParameters: query }),
    ...(Object.keys(route.pathParameters).length === 0 ? {} : { pathParameters: route.pathParameters }),
    requestContext: {
      accountId: localAccount,
      apiId,
      domainName: headers["host"] ?? "",
      domainPrefix: (headers["host"] ?? "").split(".")[0],
      http: {
        method: request.method,
        path: request.rawPath,
        protocol: "HTTP/1.1",
        sourceIp: request.sourceIp,
        userAgent: headers["user-agent"] ?? "",
      },
      requestId: randomUUID(),
      routeKey: route.routeKey,
      stage: "$default",
      time: commonLogTime(request.atMs),
      timeEpoch: Math.floor(request.atMs),
    },
    ...(request.body.length === 0 ? {} : { body: request.body.toString(isText ? "utf8" : "base64") }),
    isBase64Encoded: request.body.length > 0 && !isText,
  };
}

const responseShape = z.object({
  statusCode: z.coerce.number().int().min(200).max(599),
  headers: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  cookies: z.array(z.string()).optional(),
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().optional(),
});

/**
 * What a function's answer becomes: anything without a statusCode is the JSON body of a 200. Undefined where the
 * answer is malformed, which the API turns into a 500.
 */
export function responseOf(payload: unknown): HttpResponse | undefined {
  if (typeof payload !== "object" || payload === null || !("statusCode" in payload))
    return {
      status: 200,
      headers: [["content-type", "application/json"]],
      body: Buffer.from(typeof payload === "string" ? payload : JSON.stringify(payload ?? null)),
    };
  const parsed = responseShape.safeParse(payload);
  if (!parsed.success) return undefined;
  const { statusCode, headers = {}, cookies = [], body, isBase64Encoded } = parsed.data;
  const named = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)] as const);
  return {
    status: statusCode,
    headers: [
      ...(named.some(([name]) => name === "content-type")
        ? []
        : [["content-type", "text/plain;charset=UTF-8"] as const]),
      ...named,
      ...cookies.map((cookie) => ["set-cookie", cookie] as const),
    ],
    body: Buffer.from(body ?? "", isBase64Encoded === true ? "base64" : "utf8"),
  };
}

/** Values of the same name joined by commas, in order. */
function joined(pairs: readonly (readonly [string, string])[]): Record<string, string> {
  const result: Record<string, string> = {};
  for (const [name, value] of pairs) {
    const before = result[name];
    result[name] = before === undefined ? value : `${before},${value}`;
  }
  return result;
}

/** 12/Mar/2020:19:03:58 +0000 */
function commonLogTime(atMs: number): string {
  const [, day, month, year, time] =
    /^\w+, (\d+) (\w+) (\d+) ([\d:]+) GMT$/.exec(new Date(atMs).toUTCString()) ?? [];
  return `${day}/${month}/${year}:${time} +0000`;
}
