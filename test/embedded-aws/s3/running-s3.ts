import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { S3Client } from "@aws-sdk/client-s3";
import { onTestFinished } from "vitest";
import { type RunningClock, startClock } from "../../../embedded-aws/clock/clock.ts";
import {
  localSessionToken,
  rootAccessKeyId,
  secretAccessKeyOf,
} from "../../../embedded-aws/gateway/credentials.ts";
import type { AwsEvent } from "../../../embedded-aws/s3/events.ts";
import { createS3, type S3Options } from "../../../embedded-aws/s3/server.ts";

export const incoming = {
  name: "incoming",
  properties: {
    VersioningConfiguration: { Status: "Enabled" },
    NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
    CorsConfiguration: {
      CorsRules: [
        { AllowedMethods: ["POST"], AllowedOrigins: ["*"], AllowedHeaders: ["*"], ExposedHeaders: ["ETag"] },
      ],
    },
  },
};

export const scanned = {
  ...incoming,
  malwareProtectionPlan: {
    ProtectedResource: { S3Bucket: { BucketName: "incoming", ObjectPrefixes: ["uploads/"] } },
    Actions: { Tagging: { Status: "ENABLED" } },
  },
};

export const archive = { name: "archive", properties: { ObjectLockEnabled: true } };

export interface RunningS3 {
  client: S3Client;
  clock: RunningClock;
  dataDir: string;
  origin: string;
  events: AwsEvent[];
  /** What the callers' roles were asked for. */
  demanded: string[];
  s3: ReturnType<typeof createS3>;
}

/** An embedded S3 on a free port, its clock standing still at the real time; closed after the test. */
export async function runS3(options: Partial<S3Options> = {}): Promise<RunningS3> {
  const clock = startClock({ mode: "still" });
  const dataDir = mkdtempSync(join(tmpdir(), "s3-"));
  const events: AwsEvent[] = [];
  const demanded: string[] = [];
  const s3 = createS3({
    dataDir,
    clock,
    buckets: [incoming, archive],
    publish: (event) => {
      events.push(event);
    },
    authorise: (_key, { action, resource }) => {
      demanded.push(`${action} ${resource}`);
      return true;
    },
    ...options,
  });
  const origin = await s3.listen(0);
  onTestFinished(() => s3.close());
  const client = new S3Client({
    endpoint: origin,
    region: "eu-north-1",
    maxAttempts: 1,
    credentials: {
      accessKeyId: rootAccessKeyId,
      secretAccessKey: secretAccessKeyOf(rootAccessKeyId),
      sessionToken: localSessionToken,
    },
  });
  return { client, clock, dataDir, origin, events, demanded, s3 };
}
