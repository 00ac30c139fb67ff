import type { Mail, Mailer, SendOutcome } from "../../../shared/ports/mailer.ts";

/** A mailbox in memory; what SES says next can be laid out beforehand. */
export class MemoryMailer implements Mailer {
  /** What SES accepted, or accepted without our hearing of it. */
  readonly sent: Mail[] = [];
  private readonly answers: SendOutcome["kind"][] = [];

  /** How the next mails fare, in order; after that all are accepted. */
  answer(...kinds: SendOutcome["kind"][]): void {
    this.answers.push(...kinds);
  }

  async send(mail: Mail): Promise<SendOutcome> {
    const kind = this.answers.shift() ?? "accepted";
    if (kind === "accepted" || kind === "uncertain") this.sent.push(mail);
    switch (kind) {
      case "accepted":
        return { kind, messageId: `message-${this.sent.length}` };
      case "refused":
        return { kind, reason: "MessageRejected" };
      default:
        return { kind };
    }
  }
}
