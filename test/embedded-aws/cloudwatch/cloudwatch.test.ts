import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type RunningClock, startClock } from "../../../embedded-aws/clock/clock.ts";
import { metricsIn } from "../../../embedded-aws/cloudwatch/embedded-metrics.ts";
import { compileExpression } from "../../../embedded-aws/cloudwatch/expression.ts";
import type { Metric } from "../../../embedded-aws/cloudwatch/metric.ts";
import { type CloudWatch, createCloudWatch } from "../../../embedded-aws/cloudwatch/service.ts";
import type { JsonObject } from "../../../embedded-aws/template/json.ts";
import { counted } from "../../../shared/contracts/metrics.ts";

const NOON = Date.parse("2026-11-23T12:00:00Z");
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const beat = { namespace: "Own", name: "Heartbeat", dimensions: {} };
const failed = { namespace: "Own", name: "Failed", dimensions: { service: "a-page" } };
const lies = {
  namespace: "AWS/SQS",
  name: "ApproximateNumberOfMessagesVisible",
  dimensions: { QueueName: "q" },
};

const named = ({ namespace, name, dimensions }: Metric): JsonObject => ({
  Namespace: namespace,
  MetricName: name,
  Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
});
const onFirst: JsonObject = {
  AlarmActions: ["topic"],
  AlarmDescription: "Something broke.",
  Metrics: [
    { Id: "m0", MetricStat: { Metric: named(failed), Period: 300, Stat: "Sum" }, ReturnData: false },
    { Id: "m1", MetricStat: { Metric: named(lies), Period: 300, Stat: "Maximum" }, ReturnData: false },
    { Id: "all", Expression: "SUM([FILL(m0,0),FILL(m1,0)])", ReturnData: true },
  ],
  Threshold: 1,
  ComparisonOperator: "GreaterThanOrEqualToThreshold",
  EvaluationPeriods: 12,
  DatapointsToAlarm: 1,
  TreatMissingData: "notBreaching",
};
const onSilence: JsonObject = {
  ...named(beat),
  AlarmActions: ["topic"],
  Statistic: "Sum",
  Period: 3600,
  Threshold: 1,
  ComparisonOperator: "LessThanThreshold",
  EvaluationPeriods: 8,
  DatapointsToAlarm: 8,
  TreatMissingData: "breaching",
};

let dataDir: string;
let clock: RunningClock;
let cloudWatch: CloudWatch;
let rung: string[];
/** How often a deadline was set. */
let deadlines: number;

function open(properties: JsonObject, startMs = NOON): void {
  clock = startClock({ mode: "still", startMs });
  rung = [];
  deadlines = 0;
  const alarm = {
    stack: "s",
    logicalId: "Alarm",
    type: "AWS::CloudWatch::Alarm",
    ref: "alarm",
    arn: "arn",
    properties,
  };
  cloudWatch = createCloudWatch({
    dataDir,
    clock: {
      ...clock,
      at(...timer) {
        deadlines += 1;
        return clock.at(...timer);
      },
    },
    alarms: [alarm],
    publish: (topic, { atMs }) => rung.push(`${topic} ${new Date(atMs).toISOString().slice(11, 16)}`),
  });
  cloudWatch.resume();
}
const pass = (ms: number) => clock.advanceTo(clock.now() + ms);
const state = () => cloudWatch.alarms()[0]?.state;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "cloudwatch-"));
});
afterEach(() => {
  cloudWatch?.close();
  clock?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

describe("an alarm on the first of something", () => {
  it("rings at once, once, and ends when nothing was counted for an hour", async () => {
    open(onFirst);
    await pass(HOUR);
    cloudWatch.count(failed);
    expect([state(), rung]).toEqual(["ALARM", ["topic 13:00"]]);
    for (let failures = 0; failures < 5; failures += 1) {
      await pass(40 * MINUTE);
      cloudWatch.count(failed);
    }
    expect([state(), rung.length]).toEqual(["ALARM", 1]);
    await pass(HOUR);
    expect(state()).toBe("ALARM");
    // The period that has just begun is not looked at before something was counted in it.
    await pass(5 * MINUTE);
    expect([state(), rung.length]).toEqual(["OK", 1]);
    cloudWatch.count(failed);
    expect(rung.length).toBe(2);
  });

  it("rings as long as something lies there", async () => {
    open(onFirst);
    cloudWatch.level(lies, 0);
    expect(state()).toBe("OK");
    cloudWatch.level(lies, 2);
    await pass(30 * 24 * HOUR);
    expect([state(), rung.length]).toEqual(["ALARM", 1]);
    cloudWatch.level(lies, 0);
    await pass(HOUR + 5 * MINUTE);
    expect([state(), rung.length]).toEqual(["OK", 1]);
  });

  it("goes on ringing over a restart, without another mail", async () => {
    open(onFirst);
    cloudWatch.count(failed);
    cloudWatch.close();
    clock.stop();
    open(onFirst, NOON + 10 * MINUTE);
    expect([state(), rung]).toEqual(["ALARM", []]);
    await pass(HOUR + 5 * MINUTE);
    expect(state()).toBe("OK");
  });

  it("counts what happened earlier in the minute in which it happened", async () => {
    open(onFirst);
    await pass(3 * HOUR);
    cloudWatch.count(failed, 1, NOON);
    expect(rung).toEqual([]);
    cloudWatch.count(failed, 1, clock.now() - 50 * MINUTE);
    await pass(15 * MINUTE);
    expect([state(), rung.length]).toEqual(["OK", 1]);
  });
});

describe("an alarm on silence", () => {
  it("rings when nothing was heard for eight hours, once, and ends with the next beat", async () => {
    open(onSilence);
    cloudWatch.count(beat);
    await pass(7 * HOUR);
    expect(state()).toBe("OK");
    await pass(2 * HOUR);
    expect([state(), rung]).toEqual(["ALARM", ["topic 21:00"]]);
    await pass(30 * 24 * HOUR);
    cloudWatch.count(beat);
    expect([state(), rung.length]).toEqual(["OK", 1]);
  });

  it("a beat every six hours keeps it quiet, over the clock's change too", async () => {
    open(onSilence);
    for (let beats = 0; beats < 20; beats += 1) {
      cloudWatch.count(beat);
      await pass(beats === 10 ? 7 * HOUR : 6 * HOUR);
    }
    expect(rung).toEqual([]);
  });

  it("a month of beats is looked at once a beat, and a clock that stands still fires nothing", async () => {
    open(onSilence);
    for (let beats = 0; beats < 120; beats += 1) {
      cloudWatch.count(beat);
      await pass(6 * HOUR);
    }
    // One deadline set at the start and one at each beat, none of which came: nothing asked in between.
    expect(deadlines).toBe(121);
    expect(clock.timers()).toHaveLength(1);
  });
});

describe("what can't be evaluated stops the start", () => {
  it.each<[string, JsonObject, RegExp]>([
    ["a metric that nothing here measures", named({ ...beat, namespace: "AWS/EC2" }), /measures AWS\/EC2/],
    ["a statistic", { Statistic: "Average" }, /only sums and maxima/],
    ["no word on missing data", { TreatMissingData: "ignore" }, /missing data/],
  ])("%s", (_, properties, message) => {
    expect(() => open({ ...onSilence, ...properties })).toThrow(message);
  });

  it("metric math", () => {
    expect(() => compileExpression("ANOMALY_DETECTION_BAND(m1)")).toThrow("not known here");
  });
});

describe("a function's own line counts", () => {
  it("as the code writes it, by function or for the stage", () => {
    const line = (metric: "requestFailed" | "hoursWaited", value: number) =>
      JSON.stringify({ service: "a-page", ...counted(metric, { stage: "prod", value, now: NOON }) });
    expect(metricsIn(line("requestFailed", 1))).toEqual([
      {
        metric: { namespace: "OS2aftale/prod", name: "RequestFailed", dimensions: { service: "a-page" } },
        value: 1,
        atMs: NOON,
      },
    ]);
    expect(metricsIn(line("hoursWaited", 7.5))).toEqual([
      {
        metric: { namespace: "OS2aftale/prod", name: "HoursWaited", dimensions: {} },
        value: 7.5,
        atMs: NOON,
      },
    ]);
  });

  it.each(["", "{", '{"_aws":1}', "Error: _aws"])("any other line counts nothing: %s", (line) => {
    expect(metricsIn(line)).toEqual([]);
  });
});
