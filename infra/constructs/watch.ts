import { Metric } from "aws-cdk-lib/aws-cloudwatch";
import { Construct } from "constructs";
import type { StatefulStack } from "../stacks/stateful-stack.ts";
import type { Alarms } from "./alarms.ts";
import type { AppContext } from "./app-context.ts";
import type { AppFunction } from "./app-function.ts";
import { Notices } from "./notices.ts";
import type { Outbox } from "./outbox.ts";

interface WatchProps {
  context: AppContext;
  data: StatefulStack;
  outbox: Outbox;
  sweep: AppFunction;
}

/** Between two sweeps six hours; one more for the clock's change, and one for the way through the outbox. */
const SILENCE_HOURS = 8;
/** A throttle is over in minutes; an errand that has waited longer waits for a person. */
const LONGEST_WAIT_SECONDS = 15 * 60;
/** Where SES puts an account under review. Source: Amazon SES developer guide, "Sending review process FAQs". */
const BOUNCE_RATE_UNDER_REVIEW = 0.05;
const COMPLAINT_RATE_UNDER_REVIEW = 0.001;

/** Watches the watchers, and what is AWS's own: the sweep, the outbox, the sender, the scan, the account. */
export class Watch extends Construct {
  constructor(scope: Construct, id: string, { context, data, outbox, sweep }: WatchProps) {
    super(scope, id);
    const { alarms } = context;
    alarms.onSilence(
      "heartbeat",
      // A failure of theirs rings by itself; silence is when not even that is heard.
      [alarms.metric("heartbeat"), sweep.lambda.metricErrors(), outbox.deliver.lambda.metricErrors()],
      SILENCE_HOURS,
      {
        failureImpact: "Nobody would notice what was lost on the way: no sweep has been heard of.",
        runbook: "heartbeat",
        places: [["Log group", sweep.lambda.logGroup.logGroupName]],
      },
    );
    alarms.onMoreThan("errands-wait", alarms.metric("errandWaited"), LONGEST_WAIT_SECONDS, {
      failureImpact: "Mails stand still: one has waited for more than a quarter of an hour.",
      runbook: "errands-wait",
      places: [["Log group", outbox.deliver.lambda.logGroup.logGroupName]],
    });
    outbox.deliver.alarm.also(alarms.metric("mailRefusedUnknown"));
    alarms.onFirst("throttles", [account("AWS/Lambda", "Throttles", "Sum")], {
      failureImpact: "The account runs as many functions as it may: pages fail, and work comes late.",
      runbook: "throttles",
    });
    this.watchTheSender(alarms);
    this.watchTheScan(alarms, data);
  }

  private watchTheSender(alarms: Alarms): void {
    alarms.onMoreThan("bounces", reputation("BounceRate"), BOUNCE_RATE_UNDER_REVIEW, {
      failureImpact: "So many mails come back that SES may soon stop all sending.",
      runbook: "bounces",
    });
    alarms.onMoreThan("complaints", reputation("ComplaintRate"), COMPLAINT_RATE_UNDER_REVIEW, {
      failureImpact: "So many mails are reported as spam that SES may soon stop all sending.",
      runbook: "complaints",
    });
    new Notices(this, "SenderNotices", {
      alarms,
      name: "mail-sender",
      failureImpact: "No mail leaves: SES has switched sending off.",
      runbook: "mail-sender",
      patterns: { SendingIsOff: { source: ["aws.ses"], detailType: ["Sending Status Disabled"] } },
    });
  }

  private watchTheScan(alarms: Alarms, { documents }: StatefulStack): void {
    const bucketName = [documents.incoming.bucketName];
    new Notices(this, "ScanNotices", {
      alarms,
      name: "malware-scan",
      failureImpact:
        "Uploads are not scanned, or their verdict is not written on them: cases wait and are then held.",
      runbook: "malware-scan",
      patterns: {
        PlanIsUnwell: {
          source: ["aws.guardduty"],
          detailType: [
            "GuardDuty Malware Protection Resource Status Warning",
            "GuardDuty Malware Protection Resource Status Error",
          ],
          detail: { s3BucketDetails: { bucketName } },
        },
        VerdictNotWritten: {
          source: ["aws.guardduty"],
          detailType: ["GuardDuty Malware Protection Post Scan Action Failed"],
          detail: { s3ObjectDetails: { bucketName } },
        },
      },
    });
  }
}

function reputation(rate: "BounceRate" | "ComplaintRate"): Metric {
  return account("AWS/SES", `Reputation.${rate}`, "Maximum");
}

/** A metric that an account has one of, whatever its stages. */
function account(namespace: string, metricName: string, statistic: "Sum" | "Maximum"): Metric {
  return new Metric({ namespace, metricName, statistic });
}
