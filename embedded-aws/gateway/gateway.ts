import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { LocalClock } from "../clock/clock.ts";
import { accessDenied, errorResponse } from "./access-denied.ts";
import type { Authority, Refusal } from "./authority.ts";
import { secretAccessKeyOf } from "./credentials.ts";
import type { AwsResponse, Service } from "./service.ts";
import { isSignatureValid, readAuthorization } from "./signature.ts";

export interface Gateway {
  /** What AWS_ENDPOINT_URL points at, e.g. http://127.0.0.1:40123 */
  url: string;
  /** Services are added once they are up; until then a call to them is answered 501. */
  add(service: Service): void;
  /** Answers nothing any more, not even what is in flight: the services behind it are about to end. */
  seal(): void;
  stop(): Promise<void>;
}

export interface GatewayOptions {
  clock: LocalClock;
  authority: Authority;
  /** Told of every refusal: locally it always means a missing grant in the template. */
  onRefusal: (refusal: Refusal) => void;
}

/** Starts the one door to all embedded services but S3, on 127.0.0.1 and a free port. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const services = new Map<string, Service>();
  let sealed = false;
  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    void options.clock
      .track(answer(request, services, options))
      .catch((error: unknown) => (sealed ? undefined : broken(error)))
      .then((answered) =>
        sealed || answered === undefined ? response.destroy() : send(response, answered, options.clock),
      );
  });
  await listen(server);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    add(service) {
      for (const name of service.signingNames) services.set(name, service);
    },
    seal() {
      sealed = true;
      server.closeAllConnections();
    },
    stop: () => close(server),
  };
}

async function answer(
  incoming: IncomingMessage,
  services: ReadonlyMap<string, Service>,
  { authority, onRefusal }: GatewayOptions,
): Promise<AwsResponse> {
  const body = await readBody(incoming);
  const headers = headersOf(incoming);
  const url = new URL(incoming.url ?? "/", `http://${headers["host"] ?? "127.0.0.1"}`);
  const signedBy = readAuthorization(headers["authorization"]);
  const serviceName = signedBy?.service ?? "";
  const caller = signedBy && authority.callerOf(signedBy.accessKeyId);
  if (signedBy === undefined || caller === undefined)
    return errorResponse(serviceName, 403, "UnrecognizedClientException", "The access key is not known here");
  const method = incoming.method ?? "GET";
  const path = (incoming.url ?? "/").split("?")[0] ?? "/";
  const secret = secretAccessKeyOf(caller.accessKeyId);
  if (!isSignatureValid(signedBy, secret, { method, path, query: url.searchParams, headers, body }))
    return errorResponse(
      serviceName,
      403,
      "InvalidSignatureException",
      "The signature does not match the request",
    );

  const service = services.get(serviceName);
  if (service === undefined)
    return errorResponse(serviceName, 501, "NotRunHere", `The service ${serviceName} is not run here`);
  const request = { method, url, headers, body, caller };
  const refusal = authority.refusalOf(caller, service.demands(request));
  if (refusal !== undefined) {
    onRefusal(refusal);
    return accessDenied(serviceName, refusal.message);
  }
  return service.handle(request);
}

function broken(error: unknown): AwsResponse {
  console.error("The local AWS failed:", error);
  return errorResponse("", 500, "InternalFailure", error instanceof Error ? error.message : String(error));
}

function send(response: ServerResponse, { status, headers, body }: AwsResponse, clock: LocalClock): void {
  // The SDK takes our Date for AWS's and would correct its own clock by it, away from the local one.
  response.sendDate = false;
  response.writeHead(status, {
    date: new Date(clock.now()).toUTCString(),
    "x-amzn-requestid": crypto.randomUUID(),
    ...headers,
    "content-length": Buffer.byteLength(body),
  });
  response.end(body);
}

function headersOf(incoming: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [name, [value ?? ""].flat().join(",")]),
  );
}

async function readBody(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function listen(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => resolve());
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
