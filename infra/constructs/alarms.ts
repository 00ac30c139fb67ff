import { Aws, Duration, Lazy } from "aws-cdk-lib";
import { CfnAlarm, type IMetric, Metric } from "aws-cdk-lib/aws-cloudwatch";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import { Construct } from "constructs";
import {
  FUNCTION_DIMENSION,
  type MetricName,
  metricNamespace,
  metrics,
} from "../../shared/contracts/metrics.ts";
import type { StageSettings } from "../stage-settings.ts";
import { acknowledge } from "./acknowledge.ts";

/** What whoever is woken by an alarm has to know; required wherever something can fail. */
export interface Failure {
  /** What people notice while this is broken, in a sentence. */
  failureImpact: string;
  /** The anchor of its heading in docs/runbook.md. */
  runbook: string;
}

interface AlarmProps extends Failure {
  /** Where to look first. */
  places?: readonly Place[];
}

/** What something is, and its name in this stack. */
export type Place = readonly [what: "Log group" | "Queue", name: string];

/** The period alarms sum over. */
const PERIOD = Duration.minutes(5);
/**
 * How long an alarm goes on ringing after the last thing it counted: one mail for a fault that comes and goes with
 * every retry, not one a retry.
 */
const QUIET_PERIODS = 12;

/** The one topic that all alarms go to, and the ways to make an alarm: one a thing that can break. */
export class Alarms extends Construct {
  private readonly topic: Topic;
  private readonly stage: string;

  constructor(scope: Construct, id: string, props: { settings: StageSettings }) {
    super(scope, id);
    this.stage = props.settings.stage;
    this.topic = new Topic(this, "Topic", { displayName: `OS2aftale ${this.stage}`, enforceSSL: true });
    // enforceSSL gives the topic a policy, and with it the one goes that SNS would have had by itself.
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        sid: "AlarmsMayRing",
        principals: [new ServicePrincipal("cloudwatch.amazonaws.com")],
        actions: ["sns:Publish"],
        resources: [this.topic.topicArn],
        conditions: { StringEquals: { "aws:SourceAccount": Aws.ACCOUNT_ID } },
      }),
    );
    acknowledge(this.topic, {
      "AwsSolutions-SNS2":
        "An alarm's text names functions and queues, no person; a key of ours would make it mute wherever CloudWatch is not let in to that key as well.",
    });
    if (props.settings.alarmMail) this.topic.addSubscription(new EmailSubscription(props.settings.alarmMail));
  }

  /** Rings on the first of anything counted, and until nothing has been counted for an hour. */
  onFirst(name: string, counted: readonly IMetric[], props: AlarmProps): CountingAlarm {
    const queries: CfnAlarm.MetricDataQueryProperty[] = [];
    const places = [...(props.places ?? [])];
    const alarm = this.alarm(
      name,
      { ...props, places },
      {
        metrics: Lazy.any({ produce: () => [...queries, sumOf(queries)] }),
        threshold: 1,
        comparisonOperator: "GreaterThanOrEqualToThreshold",
        evaluationPeriods: QUIET_PERIODS,
        datapointsToAlarm: 1,
        treatMissingData: "notBreaching",
      },
    );
    const also = (metric: IMetric, ...where: Place[]) => {
      queries.push(queryOf(metric, queries.length));
      places.push(...where);
    };
    for (const metric of counted) also(metric);
    return { alarm, also };
  }

  /** Rings while the metric's highest value in an hour is above what it may be. */
  onMoreThan(name: string, metric: IMetric, threshold: number, props: AlarmProps): void {
    this.alarm(name, props, {
      ...plain(metric, "Maximum"),
      threshold,
      comparisonOperator: "GreaterThanThreshold",
      evaluationPeriods: QUIET_PERIODS,
      datapointsToAlarm: 1,
      treatMissingData: "notBreaching",
    });
  }

  /** Rings when none of these was heard for so many hours. */
  onSilence(name: string, heard: readonly IMetric[], hours: number, props: AlarmProps): void {
    const queries = heard.map((metric, place) => queryOf(metric, place, Duration.hours(1)));
    this.alarm(name, props, {
      metrics: [...queries, sumOf(queries)],
      threshold: 1,
      comparisonOperator: "LessThanThreshold",
      evaluationPeriods: hours,
      datapointsToAlarm: hours,
      treatMissingData: "breaching",
    });
  }

  /** A metric that our own code writes; those that functions are told apart by take the function's name. */
  metric(name: MetricName, functionName?: string): Metric {
    return new Metric({
      namespace: metricNamespace(this.stage),
      metricName: metrics[name].name,
      // Counts add up; of what is measured the highest matters.
      statistic: metrics[name].unit === "Count" ? "Sum" : "Maximum",
      ...(functionName !== undefined && { dimensionsMap: { [FUNCTION_DIMENSION]: functionName } }),
    });
  }

  private alarm(
    name: string,
    { failureImpact, runbook, places = [] }: AlarmProps,
    props: Omit<ConstructorParameters<typeof CfnAlarm>[2], "alarmName" | "alarmDescription" | "alarmActions">,
  ): CfnAlarm {
    return new CfnAlarm(this, name, {
      ...props,
      // Named, for it stands in the mail's subject.
      alarmName: `OS2aftale-${this.stage}-${name}`,
      alarmDescription: Lazy.string({
        // Late: a counting alarm learns of more places.
        produce: () =>
          [
            failureImpact,
            `What to do: docs/runbook.md#${runbook}`,
            ...places.map(([what, where]) => `${what}: ${where}`),
          ].join("\n"),
      }),
      alarmActions: [this.topic.topicArn],
    });
  }
}

/** An alarm that more can be counted by, for what is made after what it watches. */
export interface CountingAlarm {
  alarm: CfnAlarm;
  also(metric: IMetric, ...where: Place[]): void;
}

function sumOf(queries: readonly CfnAlarm.MetricDataQueryProperty[]): CfnAlarm.MetricDataQueryProperty {
  // FILL: a metric that has never been written is no reason to be silent about the others.
  const filled = queries.map(({ id }) => `FILL(${id},0)`);
  return { id: "counted", expression: `SUM([${filled.join(",")}])`, label: "counted", returnData: true };
}

function queryOf(metric: IMetric, place: number, period = PERIOD): CfnAlarm.MetricDataQueryProperty {
  const { metricName, namespace, dimensions, statistic } = plain(metric, "Sum");
  return {
    id: `m${place}`,
    metricStat: {
      metric: { namespace, metricName, dimensions },
      period: period.toSeconds(),
      stat: statistic,
    },
    returnData: false,
  };
}

/** A metric as an alarm names it. What lies in a queue is a level, not a count, and says so itself. */
function plain(metric: IMetric, statistic: "Sum" | "Maximum") {
  const { metricStat } = metric.toMetricConfig();
  if (metricStat === undefined) throw new Error("an alarm watches metrics, not expressions");
  const dimensions = (metricStat.dimensions ?? []).map(({ name, value }) => ({ name, value: String(value) }));
  return {
    namespace: metricStat.namespace,
    metricName: metricStat.metricName,
    dimensions,
    statistic: metricStat.statistic === "Maximum" ? "Maximum" : statistic,
    period: PERIOD.toSeconds(),
  };
}
