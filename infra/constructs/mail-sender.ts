import { RemovalPolicy, Stack } from "aws-cdk-lib";
import { EventBus } from "aws-cdk-lib/aws-events";
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailIdentity,
  EmailSendingEvent,
  EventDestination,
  Identity,
  SuppressionReasons,
} from "aws-cdk-lib/aws-ses";
import { Construct } from "constructs";
import type { StageSettings } from "../stage-settings.ts";
import type { AppFunction } from "./app-function.ts";

/** The domain that mail comes from, and the configuration set whose events settle the mail ledger. */
export class MailSender extends Construct {
  readonly configurationSetName: string;
  private readonly identity: EmailIdentity;
  private readonly settings: StageSettings;

  constructor(scope: Construct, id: string, props: { settings: StageSettings }) {
    super(scope, id);
    this.settings = props.settings;
    const configurationSet = new ConfigurationSet(this, "Events", {
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
      reputationMetrics: true,
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
    });
    configurationSet.addEventDestination("ToEventBridge", {
      // SES writes to the default bus and to no other.
      destination: EventDestination.eventBus(EventBus.fromEventBusName(this, "DefaultBus", "default")),
      events: [
        EmailSendingEvent.SEND,
        EmailSendingEvent.DELIVERY,
        EmailSendingEvent.BOUNCE,
        EmailSendingEvent.COMPLAINT,
      ],
    });
    this.configurationSetName = configurationSet.configurationSetName;
    this.identity = new EmailIdentity(this, "Identity", {
      identity: Identity.domain(props.settings.mail.domain),
      mailFromDomain: `bounce.${props.settings.mail.domain}`,
    });
    // Made anew it would have other DKIM tokens, and no mail could leave until the DNS knew them.
    this.identity.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
  }

  /** What other stacks need to know of it. */
  get names(): string[] {
    return [this.identity.emailIdentityName, this.configurationSetName];
  }

  /** Lets a function send as us; SES asks for the right on the identity and on the configuration set. */
  letSend(fn: AppFunction): void {
    const configurationSet = Stack.of(this).formatArn({
      service: "ses",
      resource: "configuration-set",
      resourceName: this.configurationSetName,
    });
    fn.allow(["ses:SendRawEmail"], [this.identity.emailIdentityArn, configurationSet]);
    fn.set("MAIL_FROM", this.settings.mail.from);
    fn.set("MAIL_REPLY_TO", this.settings.mail.replyTo);
    fn.set("CONFIGURATION_SET", this.configurationSetName);
  }
}
