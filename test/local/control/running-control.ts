import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SESClient, SendRawEmailCommand } from "@aws-sdk/client-ses";
import MailComposer from "nodemailer/lib/mail-composer";
import { onTestFinished } from "vitest";
import { startClock } from "../../../embedded-aws/clock/clock.ts";
import { createSes } from "../../../embedded-aws/ses/service.ts";
import { type ControlOptions, createControl } from "../../../local/control/control.ts";
import { clientSettings, hostService } from "../../support/one-service.ts";

const startMs = Date.parse("2026-11-23T09:42:00Z");

/** A small workflow with a loop, a choice and a catch, standing at its wait. */
const stepFunctions: ControlOptions["stepFunctions"] = {
  executions: () => [
    {
      name: "0123456789abcdef",
      workflow: "OS2aftale-local-app-agreement-intake",
      status: "RUNNING",
      currentStates: ["Wait for the secretariat"],
      startedAt: "2026-11-23T09:40:00.000Z",
    },
    {
      name: "fedcba9876543210",
      workflow: "OS2aftale-local-app-agreement-intake",
      status: "FAILED",
      currentStates: [],
      startedAt: "2026-11-22T09:40:00.000Z",
      stoppedAt: "2026-11-22T09:41:00.000Z",
      error: "States.ALL",
    },
  ],
  definitions: () => [
    {
      name: "OS2aftale-local-app-agreement-intake",
      arn: "arn:aws:states:eu-north-1:000000000000:stateMachine:agreement-intake",
      definition: {
        StartAt: "Register the upload",
        States: {
          "Register the upload": {
            Type: "Task",
            Resource: "arn",
            Next: "Plan the next wake",
            Catch: [{ ErrorEquals: ["States.ALL"], Next: "Hold the case for a person" }],
          },
          "Plan the next wake": { Type: "Task", Resource: "arn", Next: "Is there still time" },
          "Is there still time": {
            Type: "Choice",
            Choices: [{ Variable: "$.outcome", StringEquals: "passed", Next: "Member admitted" }],
            Default: "Wait for the secretariat",
          },
          "Wait for the secretariat": { Type: "Task", Resource: "arn", Next: "Plan the next wake" },
          "Hold the case for a person": { Type: "Task", Resource: "arn", Next: "Plan the next wake" },
          "Member admitted": { Type: "Succeed" },
        },
      },
    },
  ],
};

/** The local control on a port of its own, with a real mailbox and a clock that stands still. */
export async function runControl(options: Partial<ControlOptions> = {}) {
  const clock = startClock({ mode: "still", startMs });
  const published: string[] = [];
  const ses = createSes({
    dataDir: mkdtempSync(join(tmpdir(), "control-")),
    clock,
    publish: (event) => {
      published.push(event["detail-type"]);
    },
    identities: [{ EmailIdentity: "os2.example" }],
    configurationSets: [{ name: "mails", properties: {} }],
    eventDestinations: [
      {
        ConfigurationSetName: "mails",
        EventDestination: { EventBridgeDestination: { EventBusArn: "arn" }, MatchingEventTypes: ["BOUNCE"] },
      },
    ],
  });
  const redelivered: unknown[] = [];
  const anObject = {
    bucket: "os2aftale-local-data-documentsinvoices",
    key: "invoices/1.xml",
    versionId: "v1",
    size: 6,
    contentType: "application/xml",
  };
  const control = createControl({
    clock,
    ses,
    s3: {
      redeliver: async (object) => {
        redelivered.push(object);
        return object.key !== "missing";
      },
      objects: () => [anObject],
      bytesOf: async () => Buffer.from("<xml/>"),
    },
    stepFunctions,
    cloudWatch: { alarms: () => [] },
    ...options,
  });
  const server = createServer((request, response) => {
    void control(request, response);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const host = await hostService(ses);
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await host.close();
    await ses.close();
  });
  const send = async (mail: ConstructorParameters<typeof MailComposer>[0]) => {
    const Data = await new MailComposer({
      from: "OS2 <aftale@os2.example>",
      to: "formand@os2.example",
      newline: "windows",
      ...mail,
    })
      .compile()
      .build();
    const client = new SESClient(clientSettings(host.endpoint));
    const { MessageId } = await client.send(
      new SendRawEmailCommand({ RawMessage: { Data }, ConfigurationSetName: "mails" }),
    );
    return MessageId ?? "";
  };
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { origin, clock, ses, published, redelivered, send };
}

/** Posts JSON, or a form when given parameters. */
export async function post(url: string, body: unknown, headers: Record<string, string> = {}) {
  const form = body instanceof URLSearchParams;
  const answer = await fetch(url, {
    method: "POST",
    redirect: "manual",
    body: form ? body : JSON.stringify(body),
    headers: { "content-type": form ? "application/x-www-form-urlencoded" : "application/json", ...headers },
  });
  return { status: answer.status, location: answer.headers.get("location"), text: await answer.text() };
}
