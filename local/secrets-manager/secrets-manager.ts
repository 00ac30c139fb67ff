import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import * as z from "zod";
import type { LocalClock } from "../clock/clock.ts";
import type { AwsRequest, AwsResponse, Service } from "../gateway/service.ts";

/** AWS::SecretsManager::Secret, resolved. */
export const secretProperties = z.looseObject({
  SecretString: z.string().optional(),
  GenerateSecretString: z
    .strictObject({
      SecretStringTemplate: z.string().optional(),
      GenerateStringKey: z.string().optional(),
      PasswordLength: z.coerce.number().int().min(1).max(4096).default(32),
      ExcludePunctuation: z.boolean().optional(),
    })
    .optional(),
});

export interface SecretsManagerOptions {
  dataDir: string;
  clock: Pick<LocalClock, "now">;
  secrets: readonly { arn: string; properties: unknown }[];
}

type Secrets = ReturnType<typeof openSecrets>;

/** Secrets Manager over the AWS JSON protocol: what the template declares, generated once and kept in the data folder. */
export function createSecretsManager(options: SecretsManagerOptions): Service & { close(): void } {
  const secrets = openSecrets(options);
  return {
    signingNames: ["secretsmanager"],
    demands: (request) => [
      { action: `secretsmanager:${operationOf(request)}`, resource: secretIdOf(request) ?? "*" },
    ],
    handle: async (request) => answer(request, secrets),
    close: () => secrets.close(),
  };
}

function openSecrets({ dataDir, clock, secrets: declared }: SecretsManagerOptions) {
  const database = new DatabaseSync(join(dataDir, "secrets.sqlite"));
  database.exec(`PRAGMA journal_mode = WAL;
    CREATE TABLE IF NOT EXISTS secret (arn TEXT PRIMARY KEY, value TEXT NOT NULL, version TEXT NOT NULL, changedAt INTEGER NOT NULL)`);
  const read = database.prepare("SELECT value, version, changedAt FROM secret WHERE arn = ?");
  const write = database.prepare(
    "INSERT INTO secret (arn, value, version, changedAt) VALUES (?, ?, ?, ?) ON CONFLICT (arn) DO UPDATE SET value = excluded.value, version = excluded.version, changedAt = excluded.changedAt",
  );
  const row = z.object({ value: z.string(), version: z.string(), changedAt: z.number() });
  const get = (arn: string) => row.optional().parse(read.get(arn));
  const put = (arn: string, value: string) => {
    const version = randomBytes(16).toString("hex");
    write.run(arn, value, version, clock.now());
    return version;
  };
  for (const { arn, properties } of declared) if (!get(arn)) put(arn, firstValue(properties));
  return { get, put, close: () => database.close() };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-secretsmanager-secret-generatesecretstring.html */
function firstValue(properties: unknown): string {
  const { SecretString, GenerateSecretString: generate } = secretProperties.parse(properties);
  if (SecretString !== undefined) return SecretString;
  const letters = randomBytes(generate?.PasswordLength ?? 32)
    .toString("base64url")
    .replace(/[-_]/g, "x")
    .slice(0, generate?.PasswordLength ?? 32);
  if (generate?.SecretStringTemplate === undefined || generate.GenerateStringKey === undefined)
    return letters;
  const template = z.record(z.string(), z.unknown()).parse(JSON.parse(generate.SecretStringTemplate));
  return JSON.stringify({ ...template, [generate.GenerateStringKey]: letters });
}

function operationOf({ headers }: AwsRequest): string {
  return (headers["x-amz-target"] ?? "").split(".").at(-1) ?? "";
}

const named = z.object({ SecretId: z.string() });

function secretIdOf({ body }: AwsRequest): string | undefined {
  try {
    return named.parse(JSON.parse(body.toString("utf8"))).SecretId;
  } catch {
    return undefined;
  }
}

const operations: Record<string, (arn: string, body: unknown, secrets: Secrets) => unknown> = {
  GetSecretValue: (arn, _body, secrets) => {
    const secret = secrets.get(arn);
    return (
      secret && {
        ...nameOf(arn),
        VersionId: secret.version,
        SecretString: secret.value,
        VersionStages: ["AWSCURRENT"],
        CreatedDate: secret.changedAt / 1000,
      }
    );
  },
  DescribeSecret: (arn, _body, secrets) => {
    const secret = secrets.get(arn);
    return (
      secret && {
        ...nameOf(arn),
        LastChangedDate: secret.changedAt / 1000,
        VersionIdsToStages: { [secret.version]: ["AWSCURRENT"] },
      }
    );
  },
  PutSecretValue: (arn, body, secrets) => {
    const { SecretString } = z.object({ SecretString: z.string() }).parse(body);
    return (
      secrets.get(arn) && {
        ...nameOf(arn),
        VersionId: secrets.put(arn, SecretString),
        VersionStages: ["AWSCURRENT"],
      }
    );
  },
};

function nameOf(arn: string): { ARN: string; Name: string } {
  return { ARN: arn, Name: arn.split(":").at(-1) ?? arn };
}

function answer(request: AwsRequest, secrets: Secrets): AwsResponse {
  const operation = operations[operationOf(request)];
  const arn = secretIdOf(request);
  if (!operation)
    return reply(501, {
      __type: "NotRunHere",
      message: `Secrets Manager here has no ${operationOf(request)}`,
    });
  if (arn === undefined)
    return reply(400, { __type: "InvalidRequestException", message: "SecretId is missing" });
  const found = operation(arn, JSON.parse(request.body.toString("utf8")), secrets);
  return found === undefined
    ? reply(400, {
        __type: "ResourceNotFoundException",
        message: "Secrets Manager can't find the specified secret.",
      })
    : reply(200, found);
}

function reply(status: number, body: unknown): AwsResponse {
  return { status, headers: { "content-type": "application/x-amz-json-1.1" }, body: JSON.stringify(body) };
}
