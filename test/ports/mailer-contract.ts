import { describe, expect, it } from "vitest";
import type { Mail, Mailer, SendOutcome } from "../../shared/ports/mailer.ts";
import { address } from "../support/builders/an-application.ts";

export interface MailerWorld {
  mailer: Mailer;
  /** How the next mail fares. */
  next(kind: Exclude<SendOutcome["kind"], "refused">): void;
  /** Subjects of the mails that reached a mailbox, in order. */
  arrived(): Promise<string[]>;
}

const mail: Mail = {
  to: address("soeren@aarhus.example"),
  subject: "A-2026-0117: Ærø",
  html: "<p>Kære Søren</p>",
  text: "Kære Søren",
  threadId: "case-1",
  ledgerKey: "receipt_1_0123456789abcdef",
  owner: "case-1",
};

/** What every mailer keeps: it says what it knows of a mail, and sends it at most once. */
export function mailerContract(kind: string, start: () => Promise<MailerWorld>): void {
  describe(`Sending mail (${kind})`, () => {
    it("sends a mail once, and knows its id", async () => {
      const { mailer, next, arrived } = await start();
      next("accepted");
      expect(await mailer.send(mail)).toEqual({ kind: "accepted", messageId: expect.stringMatching(/./) });
      expect(await arrived()).toEqual([mail.subject]);
    });

    it("knows for certain that a mail which had to wait was not sent", async () => {
      const { mailer, next, arrived } = await start();
      next("not-now");
      expect(await mailer.send(mail)).toEqual({ kind: "not-now" });
      expect(await arrived()).toEqual([]);
      expect((await mailer.send(mail)).kind).toBe("accepted");
    });

    it("doesn't claim to know when the answer was lost, and sends nothing again by itself", async () => {
      const { mailer, next, arrived } = await start();
      next("uncertain");
      expect(await mailer.send(mail)).toEqual({ kind: "uncertain" });
      expect(await arrived()).toEqual([mail.subject]);
    });
  });
}
