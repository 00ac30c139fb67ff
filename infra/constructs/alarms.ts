import { Duration } from "aws-cdk-lib";
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import type { IKey } from "aws-cdk-lib/aws-kms";
import { Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import { Construct } from "constructs";
import type { StageSettings } from "../stage-settings.ts";

/** What whoever is woken by an alarm has to know; required wherever something can fail. */
export interface Failure {
  /** What people notice while this is broken, in a sentence. */
  failureImpact: string;
  /** The anchor of its heading in docs/runbook.md. */
  runbook: string;
}

/** The one topic that all alarms go to, and the one way to make an alarm. */
export class Alarms extends Construct {
  private readonly topic: Topic;

  constructor(scope: Construct, id: string, props: { settings: StageSettings; key: IKey }) {
    super(scope, id);
    this.topic = new Topic(this, "Topic", {
      displayName: `OS2aftale ${props.settings.stage}`,
      masterKey: props.key,
      enforceSSL: true,
    });
    if (props.settings.alarmMail) this.topic.addSubscription(new EmailSubscription(props.settings.alarmMail));
  }

  /** Rings when the metric, summed over five minutes, is at least one. */
  ringOnFirst(scope: Construct, id: string, metric: IMetric, failure: Failure): void {
    this.ringFrom(1, scope, id, metric, failure);
  }

  /** Rings when the metric reaches the threshold, in the metric's own unit. */
  ringFrom(threshold: number, scope: Construct, id: string, metric: IMetric, failure: Failure): void {
    const alarm = new Alarm(scope, id, {
      metric,
      threshold,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      alarmDescription: `${failure.failureImpact} What to do: docs/runbook.md#${failure.runbook}`,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
  }
}

/** The period alarms sum over. */
export const ALARM_PERIOD = Duration.minutes(5);
