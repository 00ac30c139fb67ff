import { request as httpRequest } from "node:http";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type RunningClock, startClock } from "../../../embedded-aws/clock/clock.ts";
import { type LocalHttpApi, startHttpApi } from "../../../embedded-aws/http-api/http-server.ts";
import { eventOf, responseOf } from "../../../embedded-aws/http-api/payload.ts";
import { createRouter, type Route, routesOf } from "../../../embedded-aws/http-api/route-table.ts";
import { type InvokeResult, tooLargeForLambda } from "../../../embedded-aws/lambda/invoker.ts";
import type { Template } from "../../../embedded-aws/template/read-template.ts";

const route = (routeKey: string): Route => ({ routeKey, functionArn: `arn:${routeKey}`, timeoutMs: 1_000 });

describe("a request finds its route", () => {
  const find = createRouter(
    [
      "GET /",
      "GET /things/{key}",
      "POST /things/{key}",
      "GET /things/new",
      "ANY /things/{key}/parts",
      "GET /things/{key}/parts",
      "ANY /files/{rest+}",
    ].map(route),
  );
  it.each([
    ["GET", "/", "GET /", {}],
    ["GET", "/things/a%20b", "GET /things/{key}", { key: "a b" }],
    ["GET", "/things/%E0%A4%A", "GET /things/{key}", { key: "%E0%A4%A" }],
    ["GET", "/things/new", "GET /things/new", {}],
    ["GET", "/things/x/parts", "GET /things/{key}/parts", { key: "x" }],
    ["PUT", "/things/x/parts", "ANY /things/{key}/parts", { key: "x" }],
    ["DELETE", "/files/a/b.txt", "ANY /files/{rest+}", { rest: "a/b.txt" }],
  ])("%s %s goes to %s", (method, path, routeKey, pathParameters) => {
    expect(find(method, path)).toMatchObject({ routeKey, pathParameters });
  });
  it.each([
    ["HEAD without a route of its own", "HEAD", "/things/x"],
    ["another method", "DELETE", "/things/x"],
    ["an empty parameter", "GET", "/things/"],
    ["a longer path", "GET", "/things/x/y"],
    ["a path nobody has", "GET", "/nothing"],
  ])("or none: %s", (_what, method, path) => {
    expect(find(method, path)).toBeUndefined();
  });
});

describe("the event a function gets", () => {
  const request = {
    method: "POST",
    rawPath: "/things/a%2Fb",
    rawQuery: "a=1&b=x%20y&a=2",
    headers: [
      ["host", "127.0.0.1:3000"],
      ["cookie", "one=1; two=2"],
      ["x-many", "a"],
      ["x-many", "b"],
      ["content-type", "application/x-www-form-urlencoded"],
      ["connection", "keep-alive"],
    ] as const,
    body: Buffer.from("name=%C3%A6"),
    sourceIp: "127.0.0.1",
    atMs: Date.parse("2027-01-04T08:05:06Z"),
  };
  const matched = { ...route("POST /things/{key}"), pathParameters: { key: "a/b" } };

  it("is the HTTP API's payload 2.0", () => {
    expect(eventOf(request, matched, "api1")).toEqual({
      version: "2.0",
      routeKey: "POST /things/{key}",
      rawPath: "/things/a%2Fb",
      rawQueryString: "a=1&b=x%20y&a=2",
      cookies: ["one=1", "two=2"],
      headers: {
        host: "127.0.0.1:3000",
        "x-many": "a,b",
        "content-type": "application/x-www-form-urlencoded",
        "x-forwarded-for": "127.0.0.1",
        "x-forwarded-proto": "http",
      },
      queryStringParameters: { a: "1,2", b: "x y" },
      pathParameters: { key: "a/b" },
      requestContext: {
        accountId: "000000000000",
        apiId: "api1",
        domainName: "127.0.0.1:3000",
        domainPrefix: "127",
        http: {
          method: "POST",
          path: "/things/a%2Fb",
          protocol: "HTTP/1.1",
          sourceIp: "127.0.0.1",
          userAgent: "",
        },
        requestId: expect.any(String),
        routeKey: "POST /things/{key}",
        stage: "$default",
        time: "04/Jan/2027:08:05:06 +0000",
        timeEpoch: request.atMs,
      },
      body: "name=%C3%A6",
      isBase64Encoded: false,
    });
  });

  it("carries in base64 what is no text", () => {
    const headers = [["content-type", "multipart/form-data; boundary=x"]] as const;
    expect(eventOf({ ...request, headers, body: Buffer.from([255, 0]) }, matched, "a")).toMatchObject({
      body: "/wA=",
      isBase64Encoded: true,
    });
  });
});

describe("what a function answers", () => {
  const shown = (payload: unknown) => {
    const response = responseOf(payload);
    return response && { ...response, body: response.body.toString() };
  };
  it.each<[string, unknown, unknown]>([
    [
      "an object without statusCode",
      { a: 1 },
      { status: 200, headers: [["content-type", "application/json"]], body: '{"a":1}' },
    ],
    ["text", "hello", { status: 200, headers: [["content-type", "application/json"]], body: "hello" }],
    [
      "headers and cookies",
      { statusCode: 303, headers: { Location: "/x" }, cookies: ["a=1", "b=2"] },
      {
        status: 303,
        headers: [
          ["content-type", "text/plain;charset=UTF-8"],
          ["location", "/x"],
          ["set-cookie", "a=1"],
          ["set-cookie", "b=2"],
        ],
        body: "",
      },
    ],
    [
      "base64",
      { statusCode: 200, headers: { "content-type": "image/png" }, body: "aGVq", isBase64Encoded: true },
      { status: 200, headers: [["content-type", "image/png"]], body: "hej" },
    ],
    ["a malformed answer", { statusCode: "soon" }, undefined],
  ])("is sent: %s", (_what, payload, expected) => {
    expect(shown(payload)).toEqual(expected);
  });
});

describe("the HTTP API on its port", () => {
  let clock: RunningClock;
  let api: LocalHttpApi;
  let answer: (event: { rawPath: string }) => Promise<InvokeResult>;
  beforeEach(async () => {
    clock = startClock({ mode: "still", startMs: Date.parse("2031-05-01T10:00:00Z") });
    api = await startHttpApi({
      port: 0,
      clock,
      routes: [{ ...route("ANY /{any+}"), timeoutMs: 50 }],
      apiId: "a",
      invoker: {
        invoke: (_name, event) => answer(event as { rawPath: string }),
        invokeAsync: () => undefined,
      },
      control: (_request, response) => {
        response.end("control");
        return true;
      },
    });
  });
  afterEach(async () => {
    await api.stop();
    clock.stop();
  });

  const ok = (payload: unknown): InvokeResult => ({ ok: true, payload });

  it("answers with the function's response and the local clock's date", async () => {
    answer = async ({ rawPath }) => ok({ statusCode: 201, cookies: ["a=1"], body: rawPath });
    const response = await fetch(`${api.url}/x%20y`);
    expect([response.status, await response.text()]).toEqual([201, "/x%20y"]);
    expect(response.headers.get("date")).toBe("Thu, 01 May 2031 10:00:00 GMT");
    expect(response.headers.getSetCookie()).toEqual(["a=1"]);
  });

  it.each<[string, () => Promise<InvokeResult>, number, string]>([
    [
      "a function that throws",
      async () => ({ ok: false, errorType: "E", errorMessage: "m", payload: {} }),
      500,
      "Internal Server Error",
    ],
    ["a malformed answer", async () => ok({ statusCode: 1 }), 500, "Internal Server Error"],
    ["a function that takes too long", () => new Promise(() => undefined), 503, "Service Unavailable"],
  ])("hides %s", async (_what, answered, status, message) => {
    answer = answered;
    const response = await fetch(`${api.url}/x`);
    expect([response.status, await response.json()]).toEqual([status, { message }]);
  });

  it("answers 404 where there is no route and 413 over 10 MB", async () => {
    expect(await (await fetch(api.url)).json()).toEqual({ message: "Not Found" });
    const tooLarge = await fetch(`${api.url}/x`, {
      method: "POST",
      body: Buffer.alloc(10 * 1024 * 1024 + 1),
    });
    expect(tooLarge.status).toBe(413);
  });

  it("answers 413, not 500, where the event is more than Lambda takes", async () => {
    answer = async () => ({
      ok: false,
      errorType: tooLargeForLambda,
      errorMessage: "over 6 MB",
      payload: {},
    });
    const response = await fetch(`${api.url}/x`, { method: "POST", body: Buffer.alloc(7 * 1024 * 1024) });
    expect([response.status, await response.json()]).toEqual([413, { message: "Request Entity Too Large" }]);
  });

  it("sends localhost to 127.0.0.1 and /_local to the local control", async () => {
    const { port } = new URL(api.url);
    const location = await new Promise((resolve) => {
      httpRequest(
        { host: "127.0.0.1", port, path: "/a?b", headers: { host: `localhost:${port}` } },
        (response) => {
          resolve(response.headers.location);
          response.resume();
        },
      ).end();
    });
    expect(location).toBe(`http://127.0.0.1:${port}/a?b`);
    expect(await (await fetch(`${api.url}/_local/mail`)).text()).toBe("control");
  });
});

describe("a template whose API cannot be run here", () => {
  const template = (type: string, properties: object): Template => ({
    resources: [],
    ofType: (asked) =>
      asked === type
        ? [{ stack: "S", logicalId: "L", type, properties: { ...properties }, ref: "r", arn: "" }]
        : [],
    assetPath: () => undefined,
  });
  it.each([
    [
      "AWS::ApiGatewayV2::Stage",
      { StageName: "v1" },
      "S / L / StageName: only the stage $default is run here",
    ],
    [
      "AWS::ApiGatewayV2::Integration",
      { IntegrationType: "HTTP_PROXY", IntegrationUri: "x", PayloadFormatVersion: "2.0" },
      "S / L / IntegrationType",
    ],
    [
      "AWS::ApiGatewayV2::Route",
      { RouteKey: "GET /", Target: "integrations/x", AuthorizationType: "JWT" },
      "S / L / AuthorizationType",
    ],
    [
      "AWS::ApiGatewayV2::Route",
      { RouteKey: "GET /", Target: "integrations/x" },
      "S / L / Target: there is no integrations/x",
    ],
  ])("stops the start: %s", (type, properties, message) => {
    expect(() => routesOf(template(type, properties))).toThrow(message);
  });
});
