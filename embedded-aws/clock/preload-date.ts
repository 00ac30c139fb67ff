/**
 * Loaded into every worker with `--import`: shifts the global Date to the local clock, whose shared memory comes
 * as `workerData.sharedClock`. It is read anew each time, so a jump of the clock is seen at once. A worker that a
 * function starts itself inherits this file but not that workerData: the environment data reaches it.
 */
import { getEnvironmentData, setEnvironmentData, workerData } from "node:worker_threads";

const shared: unknown = workerData?.sharedClock ?? getEnvironmentData("sharedClock");
if (!(shared instanceof SharedArrayBuffer)) {
  throw new Error("preload-date needs the clock's SharedArrayBuffer as workerData.sharedClock");
}
setEnvironmentData("sharedClock", shared);
const [offset, frozen] = [0, 1];
const view = new Float64Array(shared);
const RealDate = Date;
const realNow = RealDate.now.bind(RealDate);

const now = () => {
  const frozenAtMs = view[frozen] ?? Number.NaN;
  return Math.floor(Number.isNaN(frozenAtMs) ? realNow() + (view[offset] ?? 0) : frozenAtMs);
};

// On the real constructor too: what caught hold of it before us must not tell another time.
RealDate.now = now;
globalThis.Date = new Proxy(RealDate, {
  construct: (target, parts, newTarget) =>
    Reflect.construct(target, parts.length === 0 ? [now()] : parts, newTarget),
  apply: () => new RealDate(now()).toString(),
});
Object.defineProperty(RealDate.prototype, "constructor", { value: globalThis.Date });
