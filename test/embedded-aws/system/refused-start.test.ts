import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { freePortPair } from "../../../embedded-aws/free-ports.ts";
import { startSystem } from "../../../embedded-aws/system.ts";
import { smallApp } from "../../support/system.ts";

let folder: string;
// Synthesizing takes a while, and only once.
beforeAll(() => smallApp.assembly(), 120_000);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "refused-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const start = (assembly: () => Promise<string>, port?: number) =>
  startSystem({
    app: { assembly },
    dataDir: join(folder, "data"),
    clock: { mode: "still" },
    ...(port === undefined ? {} : { port }),
  });

/** A copy of the small app's assembly whose app template was changed. */
async function changed(change: (template: string) => string): Promise<string> {
  const copy = join(folder, "cdk.out");
  cpSync(await smallApp.assembly(), copy, { recursive: true });
  const file = join(copy, "SmallApp.template.json");
  writeFileSync(file, change(readFileSync(file, "utf8")));
  return copy;
}

describe("a start is refused, and leaves nothing behind", () => {
  it("while another system lives on the same data", async () => {
    const first = await start(smallApp.assembly);
    await expect(start(smallApp.assembly)).rejects.toThrow("already runs on");
    expect((await fetch(`${first.url}/things/new`)).status).toBe(200);
    await first.stop();
    await (await start(smallApp.assembly)).stop();
  });

  it.each<[string, (template: string) => string, string]>([
    [
      "asks for a resource nobody knows",
      (template) => template.replace('"AWS::SQS::Queue"', '"AWS::Kinesis::Stream"'),
      "resources of type AWS::Kinesis::Stream are not known here",
    ],
    [
      "forgets that the API may call the function",
      (template) => template.replaceAll('"apigateway.amazonaws.com"', '"elsewhere.amazonaws.com"'),
      "apigateway.amazonaws.com lacks an AWS::Lambda::Permission",
    ],
    [
      "has a workflow with a state nobody runs",
      (template) => template.replaceAll('\\"Type\\":\\"Task\\"', '\\"Type\\":\\"Activity\\"'),
      'state "Put the object", Type: is no state type that is run here',
    ],
  ])("where the template %s", async (_what, change, message) => {
    const assembly = await changed(change);
    await expect(start(async () => assembly)).rejects.toThrow(message);
    await (await start(smallApp.assembly)).stop();
  });

  it("where its port is taken", async () => {
    const port = await freePortPair();
    const other = createServer().listen(port, "127.0.0.1");
    await expect(start(smallApp.assembly, port)).rejects.toMatchObject({ code: "EADDRINUSE" });
    await new Promise((resolve) => other.close(resolve));
    await (await start(smallApp.assembly, port)).stop();
  });
});
