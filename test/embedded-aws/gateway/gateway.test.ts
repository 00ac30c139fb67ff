import { DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SESClient, SendRawEmailCommand } from "@aws-sdk/client-ses";
import { SFNClient, StartExecutionCommand } from "@aws-sdk/client-sfn";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type RunningClock, startClock } from "../../../embedded-aws/clock/clock.ts";
import type { Authority, Refusal } from "../../../embedded-aws/gateway/authority.ts";
import { secretAccessKeyOf } from "../../../embedded-aws/gateway/credentials.ts";
import { type Gateway, startGateway } from "../../../embedded-aws/gateway/gateway.ts";
import type { AwsRequest } from "../../../embedded-aws/gateway/service.ts";

let clock: RunningClock;
let gateway: Gateway;
let refused: Refusal[];
let handled: AwsRequest[];

/** One function, which may read secrets and no more. */
const authority: Authority = {
  callerOf: (accessKeyId) =>
    accessKeyId === "AKIALOCALWeb" ? { accessKeyId, principal: "WebRole" } : undefined,
  refusalOf: (caller, demands) => {
    const demand = demands.find(({ action }) => action !== "secretsmanager:GetSecretValue");
    if (demand === undefined) return undefined;
    return { caller, demand, verdict: "not granted", message: `may not ${demand.action}` };
  },
  refusalOfRole: () => undefined,
};

beforeEach(async () => {
  clock = startClock({ mode: "still", startMs: Date.parse("2031-05-01T10:00:00Z") });
  refused = [];
  handled = [];
  gateway = await startGateway({ clock, authority, onRefusal: (refusal) => refused.push(refusal) });
  gateway.add({
    signingNames: ["secretsmanager", "dynamodb", "states", "ses", "lambda"],
    demands: (request) => [
      {
        action: (request.headers["x-amz-target"] ?? "").endsWith("GetSecretValue")
          ? "secretsmanager:GetSecretValue"
          : "other:Action",
        resource: "r",
      },
    ],
    handle: async (request) => {
      handled.push(request);
      return {
        status: 200,
        headers: { "content-type": "application/x-amz-json-1.1" },
        body: '{"SecretString":"s"}',
      };
    },
  });
});

afterEach(async () => {
  await gateway.stop();
  clock.stop();
});

function config(accessKeyId = "AKIALOCALWeb", secretAccessKey = secretAccessKeyOf(accessKeyId)) {
  const credentials = { accessKeyId, secretAccessKey, sessionToken: "local-session" };
  return { endpoint: gateway.url, region: "eu-north-1", credentials, maxAttempts: 1 };
}

describe("the gateway", () => {
  it("hands an allowed and rightly signed call to the service its signature names", async () => {
    const client = new SecretsManagerClient(config());
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: "æ ø/å" }));
    expect(SecretString).toBe("s");
    expect(handled[0]).toMatchObject({ method: "POST", caller: { principal: "WebRole" } });
    expect(JSON.parse(handled[0]?.body.toString() ?? "")).toEqual({ SecretId: "æ ø/å" });
  });

  it.each([
    [
      "a DynamoDB call",
      "AccessDeniedException",
      () => new DynamoDBClient(config()).send(new GetItemCommand({ TableName: "t", Key: {} })),
    ],
    [
      "a Step Functions call",
      "AccessDeniedException",
      () => new SFNClient(config()).send(new StartExecutionCommand({ stateMachineArn: "a" })),
    ],
    [
      "a Lambda call",
      "AccessDeniedException",
      () => new LambdaClient(config()).send(new InvokeCommand({ FunctionName: "a:b" })),
    ],
    [
      "a mail",
      "AccessDenied",
      () => new SESClient(config()).send(new SendRawEmailCommand({ RawMessage: { Data: Buffer.from("x") } })),
    ],
  ])("refuses %s the role has no grant for, in the service's own shape", async (_what, name, call) => {
    await expect(call()).rejects.toMatchObject({ name, message: "may not other:Action" });
    expect(refused).toHaveLength(1);
    expect(handled).toEqual([]);
  });

  it.each([
    ["a stranger's key", "UnrecognizedClientException", () => config("AKIASTRANGER")],
    ["a wrong secret", "InvalidSignatureException", () => config("AKIALOCALWeb", "guessed")],
  ])("refuses %s", async (_what, name, configuration) => {
    const client = new SecretsManagerClient(configuration());
    await expect(client.send(new GetSecretValueCommand({ SecretId: "s" }))).rejects.toMatchObject({ name });
    expect(handled).toEqual([]);
  });

  it("refuses a body that was changed on the way", async () => {
    await new SecretsManagerClient(config()).send(new GetSecretValueCommand({ SecretId: "mine" }));
    const {
      "content-length": _length,
      host: _host,
      connection: _connection,
      ...headers
    } = handled[0]?.headers ?? {};
    const again = (body: string) => fetch(gateway.url, { method: "POST", headers, body });
    expect(await (await again('{"SecretId":"mine"}')).json()).toEqual({ SecretString: "s" });
    expect(await (await again('{"SecretId":"yours"}')).json()).toMatchObject({
      __type: "InvalidSignatureException",
    });
  });

  it("tells the local clock's date, by which the SDK would correct its own", async () => {
    const response = await fetch(gateway.url);
    expect(response.headers.get("date")).toBe("Thu, 01 May 2031 10:00:00 GMT");
    expect(response.status).toBe(403);
  });

  it("answers 501 for a service nobody runs", async () => {
    const { SQSClient, ListQueuesCommand } = await import("@aws-sdk/client-sqs");
    await expect(new SQSClient(config()).send(new ListQueuesCommand({}))).rejects.toMatchObject({
      name: "NotRunHere",
    });
  });
});
