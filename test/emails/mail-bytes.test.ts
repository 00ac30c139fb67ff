import { SESClient, SendRawEmailCommand } from "@aws-sdk/client-ses";
import { mockClient } from "aws-sdk-client-mock";
import { describe, expect, it } from "vitest";
import { checkedHeaders } from "../../embedded-aws/ses/message-check.ts";
import { SesMailer } from "../../shared/adapters/aws/ses-mailer.ts";
import { languages } from "../../shared/domain/agreement/kind.ts";
import type { Mail } from "../../shared/emails/mail-layout.ts";
import { address, aMonday } from "../support/builders/an-application.ts";
import { hostileNames } from "../support/page-fixtures.ts";
import { drawMail, mailNames } from "./mail-gallery.ts";

/** A mail as it leaves for SES. */
async function bytesOf(mail: Mail): Promise<Buffer> {
  const client = new SESClient({ region: "eu-north-1", maxAttempts: 1 });
  const mock = mockClient(client);
  mock.on(SendRawEmailCommand).resolves({ MessageId: "m" });
  const mailer = new SesMailer({
    client,
    from: "OS2 Ærø <medlemskab@os2.example>",
    replyTo: "os2@os2.example",
    configurationSet: "events",
    clock: { now: () => aMonday },
    report: () => undefined,
  });
  const outcome = await mailer.send({
    ...mail,
    to: address("soeren@aarhus.example"),
    threadId: "case_1",
    ledgerKey: "receipt_1_0123456789abcdef",
    owner: "case_1",
  });
  expect(outcome.kind).toBe("accepted");
  return Buffer.from(mock.commandCalls(SendRawEmailCommand)[0]?.args[0].input.RawMessage?.Data ?? []);
}

describe("the bytes of every mail", () => {
  const all = mailNames.flatMap((name) => [
    ...languages.map((language) => ({ name, what: language, mail: drawMail(name, language) })),
    ...Object.entries(hostileNames).map(([what, organisationName]) => ({
      name,
      what,
      mail: drawMail(name, "da", { organisationName }),
    })),
  ]);

  it.each(all)(
    "$name ($what) end their lines in CRLF only, none longer than mail allows",
    async ({ mail }) => {
      const bytes = await bytesOf(mail);
      const lines = bytes.toString("latin1").split("\r\n");
      expect(lines.length).toBeGreaterThan(20);
      expect(lines.filter((line) => /[\r\n\0]/.test(line))).toEqual([]);
      expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(998);
      expect(() => checkedHeaders(bytes)).not.toThrow();
    },
  );
});
