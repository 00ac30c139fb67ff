import * as z from "zod";
import type { LocalClock } from "../clock/clock.ts";
import { type Telling, toldInOrder } from "../events/told-in-order.ts";
import type { Bucket } from "./bucket.ts";
import { type AwsEvent, objectEvent } from "./events.ts";
import { SCAN_TAG, type ScanStatus, scanFile, scanResultEvent } from "./malware-scan.ts";
import type { ObjectStore, ObjectVersion, Pending } from "./store.ts";

/** Decides a scan's outcome; undefined = GuardDuty never says anything. */
export type Scan = (version: ObjectVersion, path: string) => Promise<ScanStatus | undefined>;

export interface NewsOptions {
  store: ObjectStore;
  buckets: ReadonlyMap<string, Bucket>;
  clock: LocalClock;
  publish: (event: AwsEvent) => void | Promise<void>;
  /** Tests put other verdicts here; by default the file's bytes decide. */
  scan?: Scan;
}

const scanRequest = z.object({ bucket: z.string(), key: z.string(), versionId: z.string() });

/**
 * Tells the bus what happened to objects: at least once, in order, also after a restart, since each piece of
 * news is forgotten only when it has been told.
 */
export function startNews(options: NewsOptions): Telling {
  const { store } = options;
  return toldInOrder("The embedded S3", options.clock, async () => {
    for (let [next] = store.pending(); next !== undefined; [next] = store.pending()) {
      if (next.kind === "scan") await scan(next, options);
      else {
        await options.publish(next.body as AwsEvent);
        store.forget(next);
      }
    }
  });
}

async function scan(pending: Pending, { store, buckets, clock, scan: decide }: NewsOptions): Promise<void> {
  const { bucket: name, key, versionId } = scanRequest.parse(pending.body);
  const version = store.version(name, key, versionId);
  const bucket = buckets.get(name);
  // Deleted, or its plan taken out of the template, before its turn came.
  if (version === undefined || bucket?.malwareScan === undefined) return store.forget(pending);
  const path = store.pathOf(version);
  const status = await (decide ?? ((_, file) => scanFile(file)))(version, path);
  if (status === undefined) return store.forget(pending);
  const tags = bucket.malwareScan.tag ? { ...version.tags, [SCAN_TAG]: status } : version.tags;
  const result = { kind: "event" as const, body: scanResultEvent(version, status, clock.now()) };
  const tagged = {
    kind: "event" as const,
    body: objectEvent(bucket, version, clock.now(), { type: "Object Tags Added" }),
  };
  store.setTags(
    version,
    tags,
    bucket.malwareScan.tag && bucket.eventBridge ? [result, tagged] : [result],
    pending,
  );
}
