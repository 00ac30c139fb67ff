import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SESClient } from "@aws-sdk/client-ses";
import { onTestFinished } from "vitest";
import { startClock } from "../../embedded-aws/clock/clock.ts";
import { createSes, type SesFault } from "../../embedded-aws/ses/service.ts";
import { SesMailer } from "../../shared/adapters/aws/ses-mailer.ts";
import { aMonday } from "../support/builders/an-application.ts";
import { MemoryMailer } from "../support/fakes/memory-mailer.ts";
import { clientSettings, hostService } from "../support/one-service.ts";
import { type MailerWorld, mailerContract } from "./mailer-contract.ts";

const faults = {
  accepted: undefined,
  "not-now": "throttle",
  uncertain: "answer-lost",
} as const satisfies Record<Parameters<MailerWorld["next"]>[0], SesFault | undefined>;

async function throughSes(): Promise<MailerWorld> {
  const clock = startClock({ mode: "still", startMs: aMonday });
  let fault: SesFault | undefined;
  const ses = createSes({
    dataDir: mkdtempSync(join(tmpdir(), "ses-")),
    clock,
    publish: () => undefined,
    identities: [{ EmailIdentity: "os2.example" }],
    configurationSets: [{ name: "events", properties: {} }],
    eventDestinations: [],
    fault: () => {
      const once = fault;
      fault = undefined;
      return once;
    },
  });
  const host = await hostService(ses);
  onTestFinished(async () => {
    await host.close();
    await ses.close();
    clock.stop();
  });
  return {
    mailer: new SesMailer({
      client: new SESClient(clientSettings(host.endpoint)),
      from: "OS2 <medlemskab@os2.example>",
      replyTo: "os2@os2.example",
      configurationSet: "events",
      clock,
      report: () => undefined,
    }),
    next: (kind) => {
      fault = faults[kind];
    },
    arrived: async () => ses.mailbox.mails().map(({ subject }) => subject),
  };
}

async function inMemory(): Promise<MailerWorld> {
  const mailer = new MemoryMailer();
  return {
    mailer,
    next: (kind) => mailer.answer(kind),
    arrived: async () => mailer.sent.map(({ subject }) => subject),
  };
}

mailerContract("in memory", inMemory);
mailerContract("SES", throughSes);
