import { randomUUID } from "node:crypto";
import * as z from "zod";
import type { LocalClock } from "../clock/clock.ts";
import type { Ring } from "../cloudwatch/service.ts";
import { whyMayNotPublish } from "../gateway/resource-grants.ts";
import type { Mailbox } from "../ses/mailbox.ts";
import type { Template } from "../template/read-template.ts";

const subscription = z.object({
  TopicArn: z.string(),
  Protocol: z.literal("email", "only mail is delivered here"),
  Endpoint: z.string(),
});

export interface TopicsOptions {
  clock: LocalClock;
  template: Template;
  mailbox: () => Mailbox;
  /** Told of a message that no policy lets through. */
  onRefusal: (because: string) => void;
}

/** The embedded SNS, as far as alarms need it: a topic's subscribers get a mail, if the alarm may publish at all. */
export function createTopics({ clock, template, mailbox, onRefusal }: TopicsOptions) {
  const subscriptions = template
    .ofType("AWS::SNS::Subscription")
    .map(({ properties }) => subscription.parse(properties));
  return {
    ring(topicArn: string, ring: Ring): void {
      const service = "cloudwatch.amazonaws.com";
      const because = whyMayNotPublish(template, { service, topicArn, from: ring.alarmArn });
      if (because !== undefined) {
        onRefusal(`The alarm ${ring.name} is mute: ${because}`);
        return;
      }
      for (const { Endpoint } of subscriptions.filter(({ TopicArn }) => TopicArn === topicArn))
        void clock.track(deliver(mailbox(), Endpoint, ring));
    },
  };
}

/** As CloudWatch words it, shortened. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html */
async function deliver(mailbox: Mailbox, to: string, { name, description, atMs }: Ring): Promise<void> {
  const source = "no-reply@sns.amazonaws.com";
  const raw = [
    `From: AWS Notifications <${source}>`,
    `To: ${to}`,
    `Subject: ALARM: "${name}" in EU (Stockholm)`,
    `Date: ${new Date(atMs).toUTCString()}`,
    "MIME-Version: 1.0",
    "Content-Type: text/plain; charset=utf-8",
    "Content-Transfer-Encoding: 8bit",
    "",
    `The Amazon CloudWatch alarm "${name}" has entered the ALARM state at ${new Date(atMs).toISOString()}.`,
    "",
    ...description.split("\n"),
    "",
  ].join("\r\n");
  const envelope = { source, destinations: [to], tags: {}, callerIdentity: "sns", headers: [] };
  await mailbox.accept(`sns-${randomUUID()}`, Buffer.from(raw), envelope, atMs, []);
}
