import * as z from "zod";
import { TemplateError } from "../template/template-error.ts";
import { compileExpression, type Expression } from "./expression.ts";
import { keyOf, type Metric } from "./metric.ts";

type Statistic = "Sum" | "Maximum";

/** An AWS::CloudWatch::Alarm in the shape in which it is evaluated. */
export interface AlarmDefinition {
  arn: string;
  name: string;
  description: string;
  topics: readonly string[];
  periodMs: number;
  /** How many periods are looked at, and how many of them must be breaching. */
  periods: number;
  toAlarm: number;
  isBreaching: (value: number) => boolean;
  breachingWhenMissing: boolean;
  series: readonly { id: string; metric: Metric; key: string; statistic: Statistic }[];
  value: Expression;
}

const dimensions = z.array(z.object({ Name: z.string(), Value: z.string() })).default([]);
const statistic = z.enum(["Sum", "Maximum"], "only sums and maxima are reckoned here");
const plainMetric = z.object({
  Namespace: z.string(),
  MetricName: z.string(),
  Dimensions: dimensions,
  Statistic: statistic,
  Period: z.coerce.number(),
});
const query = z.object({
  Id: z.string(),
  Expression: z.string().optional(),
  MetricStat: z
    .object({
      Metric: plainMetric.omit({ Statistic: true, Period: true }),
      Period: z.coerce.number(),
      Stat: statistic,
    })
    .optional(),
  ReturnData: z.boolean().default(true),
});
const comparisons = {
  GreaterThanOrEqualToThreshold: (value: number, threshold: number) => value >= threshold,
  GreaterThanThreshold: (value: number, threshold: number) => value > threshold,
  LessThanThreshold: (value: number, threshold: number) => value < threshold,
  LessThanOrEqualToThreshold: (value: number, threshold: number) => value <= threshold,
} as const;
const common = z.object({
  AlarmDescription: z.string().default(""),
  AlarmActions: z.array(z.string()).default([]),
  ActionsEnabled: z.literal(true, "an alarm that may do nothing is not known here").optional(),
  Threshold: z.coerce.number(),
  ComparisonOperator: z.literal(Object.keys(comparisons) as (keyof typeof comparisons)[]),
  EvaluationPeriods: z.coerce.number(),
  DatapointsToAlarm: z.coerce.number().optional(),
  TreatMissingData: z.enum(["notBreaching", "breaching"], "say what missing data means"),
});

interface Resource {
  stack: string;
  logicalId: string;
  ref: string;
  arn: string;
  properties: Readonly<Record<string, unknown>>;
}

/** Reads an alarm. Throws TemplateError for what can't be evaluated here. */
export function readAlarm({ stack, logicalId, ref, arn, properties }: Resource): AlarmDefinition {
  try {
    const alarm = common.parse(properties);
    return {
      arn,
      name: ref,
      description: alarm.AlarmDescription,
      topics: alarm.AlarmActions,
      periods: alarm.EvaluationPeriods,
      toAlarm: alarm.DatapointsToAlarm ?? alarm.EvaluationPeriods,
      isBreaching: (value) => comparisons[alarm.ComparisonOperator](value, alarm.Threshold),
      breachingWhenMissing: alarm.TreatMissingData === "breaching",
      ...(properties["Metrics"] === undefined ? plain(properties) : reckoned(properties["Metrics"])),
    };
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new TemplateError({ stack, logicalId, property: "" }, reason);
  }
}

function plain(properties: unknown) {
  const { Statistic, Period, ...metric } = plainMetric.parse(properties);
  const id = "m";
  return {
    periodMs: Period * 1000,
    series: [seriesOf(id, metric, Statistic)],
    value: compileExpression(id),
  };
}

function reckoned(metrics: unknown) {
  const queries = z.array(query).parse(metrics);
  const [returned, ...others] = queries.filter(({ ReturnData }) => ReturnData);
  if (returned === undefined || others.length > 0) throw new Error("an alarm watches one value");
  const stats = queries.flatMap(({ Id, MetricStat }) => (MetricStat ? [{ Id, ...MetricStat }] : []));
  const [period, ...periods] = new Set(stats.map(({ Period }) => Period));
  if (period === undefined || periods.length > 0)
    throw new Error("all of an alarm's metrics have one period");
  return {
    periodMs: period * 1000,
    series: stats.map(({ Id, Metric, Stat }) => seriesOf(Id, Metric, Stat)),
    value: compileExpression(returned.Expression ?? returned.Id),
  };
}

function seriesOf(
  id: string,
  { Namespace, MetricName, Dimensions }: Omit<z.infer<typeof plainMetric>, "Statistic" | "Period">,
  stat: Statistic,
) {
  const metric = {
    namespace: Namespace,
    name: MetricName,
    dimensions: Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name, Value])),
  };
  return { id, metric, key: keyOf(metric), statistic: stat };
}
