import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  DeleteSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { expect, onTestFinished, test } from "vitest";
import { startClock } from "../../../embedded-aws/clock/clock.ts";
import { createSecretsManager } from "../../../embedded-aws/secrets-manager/service.ts";
import { clientSettings, hostService } from "../../support/one-service.ts";

const arn = "arn:aws:secretsmanager:eu-north-1:000000000000:secret:LinkKeys-AbCdEf";
const keyRing = {
  arn,
  properties: {
    GenerateSecretString: {
      SecretStringTemplate: '{"current":"k1"}',
      GenerateStringKey: "k1",
      PasswordLength: 64,
      ExcludePunctuation: true,
    },
  },
};

async function run(dataDir = mkdtempSync(join(tmpdir(), "secrets-"))) {
  const service = createSecretsManager({ dataDir, clock: startClock({ mode: "still" }), secrets: [keyRing] });
  const host = await hostService(service);
  onTestFinished(async () => {
    await host.close();
    service.close();
  });
  const client = new SecretsManagerClient(clientSettings(host.endpoint));
  return { client, dataDir, demanded: host.demanded };
}

test("the link key ring is made once, and is the same after a restart", async () => {
  const first = await run();
  const { SecretString = "" } = await first.client.send(new GetSecretValueCommand({ SecretId: arn }));
  expect(JSON.parse(SecretString)).toEqual({ current: "k1", k1: expect.stringMatching(/^[A-Za-z0-9]{64}$/) });
  expect(first.demanded).toEqual([{ action: "secretsmanager:GetSecretValue", resource: arn }]);

  const again = await run(first.dataDir);
  expect((await again.client.send(new GetSecretValueCommand({ SecretId: "LinkKeys" }))).SecretString).toBe(
    SecretString,
  );
});

test("a rotated key ring is current at once, and the one before can still be read", async () => {
  const { client } = await run();
  const before = await client.send(new GetSecretValueCommand({ SecretId: arn }));
  await client.send(new PutSecretValueCommand({ SecretId: arn, SecretString: '{"current":"k2"}' }));
  expect((await client.send(new GetSecretValueCommand({ SecretId: arn }))).SecretString).toBe(
    '{"current":"k2"}',
  );
  const previous = await client.send(
    new GetSecretValueCommand({ SecretId: arn, VersionStage: "AWSPREVIOUS" }),
  );
  expect(previous.SecretString).toBe(before.SecretString);
});

test("an unknown secret is not found, and what isn't run here is said", async () => {
  const { client } = await run();
  await expect(client.send(new GetSecretValueCommand({ SecretId: "other" }))).rejects.toMatchObject({
    name: "ResourceNotFoundException",
  });
  await expect(client.send(new DeleteSecretCommand({ SecretId: arn }))).rejects.toThrow(
    "DeleteSecret is not run here",
  );
});
