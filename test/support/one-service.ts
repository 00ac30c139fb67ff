import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import type { Demand, Service } from "../../embedded-aws/gateway/service.ts";

/** One embedded service on a port of its own, without the gateway's permission check. */
export interface OneService {
  endpoint: string;
  /** What every call so far demanded, in order. */
  demanded: Demand[];
  close(): Promise<void>;
}

/** Lets a test talk to an embedded service with the real SDK client. */
export async function hostService(service: Service): Promise<OneService> {
  const demanded: Demand[] = [];
  const server = createServer((incoming, outgoing) => {
    void (async () => {
      const request = {
        method: incoming.method ?? "GET",
        url: new URL(incoming.url ?? "/", "http://127.0.0.1"),
        headers: Object.fromEntries(
          Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
        ),
        body: await buffer(incoming),
        caller: { accessKeyId: "AKIALOCALROOT", principal: "root" },
      };
      demanded.push(...service.demands(request));
      const response = await service.handle(request);
      outgoing.writeHead(response.status, response.headers).end(response.body);
    })();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    demanded,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** What every SDK client in a test is configured with. */
export function clientSettings(endpoint: string) {
  return {
    endpoint,
    region: "eu-north-1",
    credentials: { accessKeyId: "AKIALOCALROOT", secretAccessKey: "local" },
    maxAttempts: 1,
  };
}
