import { randomBytes, randomInt, randomUUID } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import * as z from "zod";
import type { LocalClock } from "../clock/clock.ts";
import type { AwsRequest, AwsResponse, Service } from "../gateway/service.ts";

export interface SecretsManagerOptions {
  /** Where `secrets.sqlite` lies. */
  dataDir: string;
  clock: LocalClock;
  /** The template's AWS::SecretsManager::Secret resources, resolved. */
  secrets: readonly { arn: string; properties: unknown }[];
}

export interface LocalSecretsManager extends Service {
  close(): void;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-secretsmanager-secret-generatesecretstring.html */
const generate = z.object({
  SecretStringTemplate: z.string().optional(),
  GenerateStringKey: z.string().optional(),
  PasswordLength: z.coerce.number().int().min(1).max(4096).default(32),
  ExcludeCharacters: z.string().default(""),
  ExcludePunctuation: z.boolean().default(false),
  ExcludeNumbers: z.boolean().default(false),
  ExcludeLowercase: z.boolean().default(false),
  ExcludeUppercase: z.boolean().default(false),
  IncludeSpace: z.boolean().default(false),
  RequireEachIncludedType: z.boolean().default(true),
});

const secretProperties = z.object({
  SecretString: z.string().optional(),
  GenerateSecretString: generate.optional(),
});

const getInput = z.strictObject({
  SecretId: z.string(),
  VersionId: z.string().optional(),
  VersionStage: z.enum(["AWSCURRENT", "AWSPREVIOUS"]).optional(),
});
const putInput = z.strictObject({
  SecretId: z.string(),
  SecretString: z.string().min(1),
  ClientRequestToken: z.string().default(() => randomUUID()),
});

const versionRow = z.object({ version_id: z.string(), secret_string: z.string(), created_ms: z.number() });

/** The embedded Secrets Manager: secrets as the template makes them, each made once and then kept. */
export function createSecretsManager({
  dataDir,
  clock,
  secrets,
}: SecretsManagerOptions): LocalSecretsManager {
  mkdirSync(dataDir, { recursive: true });
  const database = new DatabaseSync(join(dataDir, "secrets.sqlite"));
  database.exec(`
    PRAGMA journal_mode = WAL;
    CREATE TABLE IF NOT EXISTS versions (
      sequence INTEGER PRIMARY KEY AUTOINCREMENT, arn TEXT NOT NULL, version_id TEXT NOT NULL,
      secret_string TEXT NOT NULL, created_ms INTEGER NOT NULL, UNIQUE (arn, version_id)
    ) STRICT;
  `);
  const put = (arn: string, versionId: string, text: string) =>
    database
      .prepare("INSERT INTO versions (arn, version_id, secret_string, created_ms) VALUES (?, ?, ?, ?)")
      .run(arn, versionId, text, Math.floor(clock.now()));
  /** Newest first: the current one, then the previous. */
  const versionsOf = (arn: string) =>
    database
      .prepare(
        "SELECT version_id, secret_string, created_ms FROM versions WHERE arn = ? ORDER BY sequence DESC",
      )
      .all(arn)
      .map((row) => versionRow.parse(row));

  for (const { arn, properties } of secrets) {
    if (versionsOf(arn).length === 0) put(arn, randomUUID(), firstText(properties));
  }

  const find = (id: string) =>
    secrets.find(({ arn }) => arn === id || nameOf(arn) === id || arn.startsWith(`${id}-`))?.arn;

  const operations: Record<string, ((input: unknown) => AwsResponse) | undefined> = {
    GetSecretValue: (input) => {
      const { SecretId, VersionId, VersionStage } = getInput.parse(input);
      const arn = find(SecretId);
      const versions = arn === undefined ? [] : versionsOf(arn);
      const place = VersionStage === "AWSPREVIOUS" ? 1 : 0;
      const version =
        VersionId === undefined
          ? versions[place]
          : versions.find(({ version_id }) => version_id === VersionId);
      if (arn === undefined || version === undefined) return notFound();
      return json(200, {
        ARN: arn,
        Name: nameOf(arn),
        VersionId: version.version_id,
        SecretString: version.secret_string,
        VersionStages: [["AWSCURRENT"], ["AWSPREVIOUS"]][versions.indexOf(version)] ?? [],
        CreatedDate: version.created_ms / 1000,
      });
    },
    PutSecretValue: (input) => {
      const { SecretId, SecretString, ClientRequestToken } = putInput.parse(input);
      const arn = find(SecretId);
      if (arn === undefined) return notFound();
      const before = versionsOf(arn).find(({ version_id }) => version_id === ClientRequestToken);
      if (before !== undefined && before.secret_string !== SecretString) {
        return failure(
          400,
          "ResourceExistsException",
          "A resource with the ID you requested already exists.",
        );
      }
      if (before === undefined) put(arn, ClientRequestToken, SecretString);
      return json(200, {
        ARN: arn,
        Name: nameOf(arn),
        VersionId: ClientRequestToken,
        VersionStages: ["AWSCURRENT"],
      });
    },
  };

  return {
    signingNames: ["secretsmanager"],
    demands: (request) => {
      const { SecretId } = z
        .object({ SecretId: z.string().default("") })
        .parse(JSON.parse(request.body.toString()));
      return [{ action: `secretsmanager:${operationOf(request)}`, resource: find(SecretId) ?? SecretId }];
    },
    handle: async (request) => {
      const operation = operations[operationOf(request)];
      if (operation === undefined) {
        return failure(
          501,
          "NotImplemented",
          `Secrets Manager's ${operationOf(request)} is not run here: local/secrets-manager`,
        );
      }
      try {
        return operation(JSON.parse(request.body.toString()));
      } catch (error) {
        if (error instanceof z.ZodError)
          return failure(400, "InvalidRequestException", z.prettifyError(error));
        throw error;
      }
    },
    close: () => database.close(),
  };
}

const operationOf = (request: AwsRequest) => request.headers["x-amz-target"]?.split(".")[1] ?? "";

/** A secret's name is the end of its ARN without the six letters AWS adds. */
const nameOf = (arn: string) => (arn.split(":").at(-1) ?? arn).replace(/-[A-Za-z0-9]{6}$/, "");

function firstText(properties: unknown): string {
  const { SecretString, GenerateSecretString } = secretProperties.parse(properties);
  if (GenerateSecretString === undefined) return SecretString ?? "";
  const password = generatePassword(GenerateSecretString);
  const { SecretStringTemplate, GenerateStringKey } = GenerateSecretString;
  if (SecretStringTemplate === undefined || GenerateStringKey === undefined) return password;
  const filled = z.record(z.string(), z.unknown()).parse(JSON.parse(SecretStringTemplate));
  return JSON.stringify({ ...filled, [GenerateStringKey]: password });
}

function generatePassword(wanted: z.infer<typeof generate>): string {
  const kinds = [
    wanted.ExcludeLowercase ? "" : "abcdefghijklmnopqrstuvwxyz",
    wanted.ExcludeUppercase ? "" : "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    wanted.ExcludeNumbers ? "" : "0123456789",
    wanted.ExcludePunctuation ? "" : "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~",
    wanted.IncludeSpace ? " " : "",
  ]
    .map((letters) => [...letters].filter((letter) => !wanted.ExcludeCharacters.includes(letter)).join(""))
    .filter((letters) => letters !== "");
  const all = kinds.join("");
  for (;;) {
    const password = Array.from({ length: wanted.PasswordLength }, () => all[randomInt(all.length)]).join("");
    const hasEach = kinds.every((letters) => [...letters].some((letter) => password.includes(letter)));
    if (hasEach || !wanted.RequireEachIncludedType || wanted.PasswordLength < kinds.length) return password;
  }
}

const notFound = () =>
  failure(400, "ResourceNotFoundException", "Secrets Manager can't find the specified secret.");

const failure = (status: number, name: string, message: string) =>
  json(status, { __type: name, Message: message });

const json = (status: number, body: unknown): AwsResponse => ({
  status,
  headers: {
    "content-type": "application/x-amz-json-1.1",
    "x-amzn-requestid": randomBytes(8).toString("hex"),
  },
  body: JSON.stringify(body),
});
