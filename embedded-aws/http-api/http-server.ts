import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { LocalClock } from "../clock/clock.ts";
import { type LambdaInvoker, tooLargeForLambda } from "../lambda/invoker.ts";
import { eventOf, type HttpRequest, type HttpResponse, responseOf } from "./payload.ts";
import { createRouter, type Route } from "./route-table.ts";

/** HTTP APIs refuse more. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const bodyLimitBytes = 10 * 1024 * 1024;

/** Takes a request before any route does; true when it has answered. */
export type HttpControl = (request: IncomingMessage, response: ServerResponse) => Promise<boolean> | boolean;

export interface HttpApiOptions {
  /** 0 picks a free one. */
  port: number;
  clock: LocalClock;
  invoker: LambdaInvoker;
  routes: readonly Route[];
  apiId: string;
  /** Told of each answer what an access log may say of it. */
  onAnswered?: (context: Readonly<Record<string, string>>) => void;
  /** Answers what begins with /_local; true when it took the request. */
  control: HttpControl;
}

export interface LocalHttpApi {
  url: string;
  stop(): Promise<void>;
}

/** Starts the HTTP API in front of the functions, on 127.0.0.1 only. */
export async function startHttpApi(options: HttpApiOptions): Promise<LocalHttpApi> {
  const route = createRouter(options.routes);
  const server = createServer({ keepAliveTimeout: 5_000 }, (request, response) => {
    void serve(request, response).catch((error: unknown) => {
      console.error("The local HTTP API failed:", error);
      if (!response.headersSent) send(response, json(500, "Internal Server Error"), options.clock);
      else response.destroy();
    });
  });
  const url = await listen(server, options.port);
  return { url, stop: () => close(server) };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const host = request.headers.host ?? "";
    if (/^localhost(:|$)/i.test(host)) {
      // One origin: forms, S3's CORS and the links in mails all name 127.0.0.1.
      response.writeHead(307, { location: `${url}${request.url ?? "/"}` }).end();
      return;
    }
    const [rawPath = "/", ...query] = (request.url ?? "/").split("?");
    if (rawPath === "/_local" || rawPath.startsWith("/_local/")) {
      if (!(await options.control(request, response))) send(response, json(404, "Not Found"), options.clock);
      return;
    }
    const body = await readBody(request);
    if (body === undefined) {
      send(response, json(413, "Request Entity Too Large"), options.clock);
      return;
    }
    const answered = await options.clock.track(
      answer({
        method: request.method ?? "GET",
        rawPath,
        rawQuery: query.join("?"),
        headers: headersOf(request),
        body,
        sourceIp: (request.socket.remoteAddress ?? "127.0.0.1").replace("::ffff:", ""),
        atMs: options.clock.now(),
      }),
    );
    send(response, answered, options.clock, request.method);
  }

  async function answer(request: HttpRequest): Promise<HttpResponse> {
    const matched = route(request.method, request.rawPath);
    if (matched === undefined) return json(404, "Not Found");
    const answered = (response: HttpResponse, integrationStatus: string): HttpResponse => {
      const { status } = response;
      options.onAnswered?.({ routeKey: matched.routeKey, status: String(status), integrationStatus });
      return response;
    };
    const invoked = options.invoker.invoke(matched.functionArn, eventOf(request, matched, options.apiId));
    const result = await orTimedOut(invoked, matched.timeoutMs);
    if (result === undefined) {
      console.error(`503 ${matched.routeKey}: no answer in ${matched.timeoutMs / 1000} s`);
      return answered(json(503, "Service Unavailable"), "-");
    }
    // The body fits the API but not the event of which it is a part: Lambda took nothing, so nothing has failed.
    if (!result.ok && result.errorType === tooLargeForLambda) return json(413, "Request Entity Too Large");
    const response = result.ok ? responseOf(result.payload) : undefined;
    // 200 is what Lambda itself answers, also where the function failed.
    if (response !== undefined) return answered(response, "200");
    // The route's pattern, never its path: that holds tokens.
    const because = result.ok
      ? "its answer has no valid statusCode"
      : `${result.errorType} ${result.errorMessage}`;
    console.error(`500 ${matched.routeKey}: ${because}`);
    return answered(json(500, "Internal Server Error"), "200");
  }
}

/** Undefined after `ms` of real time; the function goes on regardless, as on AWS. */
async function orTimedOut<T>(work: Promise<T>, ms: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const timedOut = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms);
  });
  try {
    return await Promise.race([work, timedOut]);
  } finally {
    clearTimeout(timer);
  }
}

function json(status: number, message: string): HttpResponse {
  return {
    status,
    headers: [["content-type", "application/json"]],
    body: Buffer.from(JSON.stringify({ message })),
  };
}

function send(
  response: ServerResponse,
  { status, headers, body }: HttpResponse,
  clock: LocalClock,
  method?: string,
) {
  response.sendDate = false;
  response.setHeader("date", new Date(clock.now()).toUTCString());
  response.setHeader("apigw-requestid", crypto.randomUUID());
  for (const [name, value] of headers) response.appendHeader(name, value);
  response.statusCode = status;
  if (status !== 204 && status !== 304) response.setHeader("content-length", body.length);
  response.end(method === "HEAD" ? undefined : body);
}

function headersOf({ rawHeaders }: IncomingMessage): [string, string][] {
  const headers: [string, string][] = [];
  for (let index = 0; index < rawHeaders.length; index += 2)
    headers.push([(rawHeaders[index] ?? "").toLowerCase(), rawHeaders[index + 1] ?? ""]);
  return headers;
}

/** Undefined when it is too large; the rest is read and dropped, so that the answer arrives. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += (chunk as Buffer).length;
    if (bytes <= bodyLimitBytes) chunks.push(chunk as Buffer);
  }
  return bytes <= bodyLimitBytes ? Buffer.concat(chunks) : undefined;
}

function listen(server: Server, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      resolve(`http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : port}`);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
