import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { afterEach, expect, it } from "vitest";
import { startClock } from "../../../embedded-aws/clock/clock.ts";

const PRELOAD = new URL("../../../embedded-aws/clock/preload-date.ts", import.meta.url).href;
const START = Date.parse("2027-01-04T07:00:00Z");

/** Answers each message with what every way of asking for the time says. */
const TELLS_THE_TIME = asModule(`
  import { parentPort } from "node:worker_threads";
  parentPort.on("message", () => parentPort.postMessage({
    now: Date.now(),
    constructed: new Date().getTime(),
    called: Date(),
    given: new Date(2000, 0, 1, 12).getFullYear(),
    isDate: new Date() instanceof Date && new Date().constructor === Date,
  }));`);

function asModule(source: string): URL {
  return new URL(`data:text/javascript,${encodeURIComponent(source)}`);
}

let worker: Worker | undefined;
afterEach(() => worker?.terminate());

it("gives a worker the local clock's time, and shows it a jump at once", async () => {
  const clock = startClock({ mode: "still", startMs: START });
  const started = new Worker(TELLS_THE_TIME, {
    execArgv: ["--import", PRELOAD],
    workerData: { sharedClock: clock.shared },
  });
  worker = started;
  const ask = async () => {
    started.postMessage("?");
    return (await once(started, "message"))[0];
  };
  const told = (ms: number) => ({
    now: ms,
    constructed: ms,
    called: new Date(ms).toString(),
    given: 2000,
    isDate: true,
  });
  expect(await ask()).toEqual(told(START));
  await clock.advanceTo(START + 86_400_000);
  expect(await ask()).toEqual(told(START + 86_400_000));
});

it("does not start without the clock", async () => {
  const started = new Worker(asModule(""), { execArgv: ["--import", PRELOAD], workerData: {} });
  worker = started;
  await expect(once(started, "exit")).rejects.toThrow("workerData.sharedClock");
});
