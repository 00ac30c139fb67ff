import { Construct } from "constructs";
import type { StatefulStack } from "../stacks/stateful-stack.ts";
import type { AppContext } from "./app-context.ts";
import { AppFunction } from "./app-function.ts";
import type { MailSender } from "./mail-sender.ts";

/** What reaches the outside world: mails are sent and waits answered by the one function that drives the outbox. */
export class Outbox extends Construct {
  readonly deliver: AppFunction;

  constructor(
    scope: Construct,
    id: string,
    { context, data, mailSender }: { context: AppContext; data: StatefulStack; mailSender: MailSender },
  ) {
    super(scope, id);
    this.deliver = new AppFunction(this, "deliver-outbox", context, {
      failureImpact: "Mails and decisions are recorded but do not go out until the hourly sweep.",
      runbook: "deliver-outbox",
      timeoutSeconds: 120,
      asynchronous: true,
      environment: { LIMITS: JSON.stringify(context.settings.limits) },
    });
    data.register.letWrite(this.deliver);
    data.linkKeys.letRead(this.deliver);
    mailSender.letSend(this.deliver);
  }

  /** Lets a function have its outbox driven at once, after its commit. */
  letDrive(fn: AppFunction): void {
    this.deliver.letInvokeBy(fn, "DELIVER_OUTBOX_FUNCTION");
  }
}
