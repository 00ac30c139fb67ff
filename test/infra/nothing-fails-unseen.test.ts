import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { REPOSITORY } from "../../infra/source-hash.ts";
import { type Assembly, assemblyOf, type Resource } from "./cloud-assembly.ts";

let prod: Assembly;
beforeAll(async () => {
  prod = await assemblyOf("prod");
});

const alarmsOn = (dimension: string, reference: string) =>
  prod.ofType("AWS::CloudWatch::Alarm").filter((alarm) =>
    z
      .array(z.object({ Name: z.string(), Value: z.unknown() }))
      .parse(alarm.Properties["Dimensions"])
      .some(({ Name, Value }) => Name === dimension && prod.flat(Value) === reference),
  );
const queues = (wanted: (queue: Resource) => boolean) => prod.ofType("AWS::SQS::Queue").filter(wanted);
const metricsOf = (alarms: Resource[]) => alarms.map(({ Properties }) => Properties["MetricName"]).sort();

describe("whatever breaks rings, and says what people notice and what to do", () => {
  it("every function has an alarm", () => {
    for (const fn of prod.ofType("AWS::Lambda::Function")) {
      expect([fn.id, metricsOf(alarmsOn("FunctionName", `<${fn.id}>`))]).toEqual([fn.id, ["Errors"]]);
    }
  });

  it("every workflow rings when an execution fails, runs out of time or is stopped", () => {
    for (const { id } of prod.ofType("AWS::StepFunctions::StateMachine")) {
      expect(metricsOf(alarmsOn("StateMachineArn", `<${id}>`))).toEqual([
        "ExecutionsAborted",
        "ExecutionsFailed",
        "ExecutionsTimedOut",
      ]);
    }
  });

  it("every queue of undelivered things rings on the first", () => {
    for (const { id } of queues(({ Properties }) => !Properties["RedrivePolicy"])) {
      const alarms = alarmsOn("QueueName", `<${id}.QueueName>`);
      expect(metricsOf(alarms)).toEqual(["ApproximateNumberOfMessagesVisible"]);
      expect(alarms[0]?.Properties["Threshold"]).toBe(1);
    }
  });

  it("every queue that is emptied gives up into one of its own, and rings when something in it is old", () => {
    const emptied = queues(({ Properties }) => Boolean(Properties["RedrivePolicy"]));
    expect(emptied).toHaveLength(2);
    const behind = emptied.map(({ id, Properties }) => {
      const alarms = alarmsOn("QueueName", `<${id}.QueueName>`);
      expect(metricsOf(alarms)).toEqual(["ApproximateAgeOfOldestMessage"]);
      expect(alarms[0]?.Properties["Threshold"]).toBe(15 * 60);
      return prod.flat(
        z.object({ deadLetterTargetArn: z.unknown() }).parse(Properties["RedrivePolicy"]).deadLetterTargetArn,
      );
    });
    expect(new Set(behind).size).toBe(2);
  });

  it("the pipe rings when it fails, is throttled or runs out of time", () => {
    const { id } = prod.the("AWS::Pipes::Pipe");
    expect(metricsOf(alarmsOn("PipeName", `<${id}>`))).toEqual([
      "ExecutionFailed",
      "ExecutionThrottled",
      "ExecutionTimeout",
    ]);
  });

  it("every alarm reaches the one topic, and in prod somebody reads it", () => {
    const topic = `<${prod.the("AWS::SNS::Topic").id}>`;
    for (const alarm of prod.ofType("AWS::CloudWatch::Alarm")) {
      expect(z.array(z.unknown()).parse(alarm.Properties["AlarmActions"]).map(prod.flat)).toEqual([topic]);
    }
    expect(prod.the("AWS::SNS::Subscription").Properties).toMatchObject({ Protocol: "email" });
  });

  it("every alarm's text leads to a heading that stands in the runbook", () => {
    const runbook = readFileSync(join(REPOSITORY, "docs", "runbook.md"), "utf8");
    const headings = new Set(
      [...runbook.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => anchorOf(heading ?? "")),
    );
    for (const alarm of prod.ofType("AWS::CloudWatch::Alarm")) {
      const text = String(alarm.Properties["AlarmDescription"]);
      const [, impact, anchor] = /^(.+\.) What to do: docs\/runbook\.md#([a-z0-9-]+)$/.exec(text) ?? [];
      expect(impact, text).toBeTruthy();
      expect(headings, text).toContain(anchor);
    }
  });
});

describe("whatever is not delivered is kept", () => {
  it("every rule and schedule has a queue for what it could not deliver", () => {
    const target = z.object({ DeadLetterConfig: z.object({ Arn: z.unknown() }) });
    const ofRules = prod
      .ofType("AWS::Events::Rule")
      .flatMap(({ Properties }) => z.array(target).min(1).parse(Properties["Targets"]));
    const ofSchedules = prod
      .ofType("AWS::Scheduler::Schedule")
      .map(({ Properties }) => target.parse(Properties["Target"]));
    const kept = prod.ofType("AWS::SQS::Queue").map(({ id }) => `<${id}.Arn>`);
    expect(ofRules.length).toBe(3);
    expect(ofSchedules.length).toBe(1);
    for (const { DeadLetterConfig } of [...ofRules, ...ofSchedules]) {
      expect(kept).toContain(prod.flat(DeadLetterConfig.Arn));
    }
  });

  it("every function that is called without waiting keeps what it gave up on", () => {
    const kept = prod
      .ofType("AWS::Lambda::EventInvokeConfig")
      .map(({ Properties }) => prod.flat(Properties["FunctionName"]));
    const async = ["start-intake", "receive-scan-verdict", "settle-mail", "sweep-open-work"];
    const functions = prod
      .ofType("AWS::Lambda::Function")
      .filter(({ Properties }) => async.includes(String(Properties["Description"])))
      .map(({ id }) => `<${id}>`);
    expect(kept.sort()).toEqual(functions.sort());
    for (const { Properties } of prod.ofType("AWS::Lambda::EventInvokeConfig")) {
      expect(Properties["DestinationConfig"]).toHaveProperty("OnFailure.Destination");
    }
  });

  it("a queue keeps it for 14 days, the longest there is", () => {
    for (const queue of prod.ofType("AWS::SQS::Queue")) {
      expect(queue.Properties["MessageRetentionPeriod"]).toBe(14 * 24 * 60 * 60);
    }
  });
});

describe("logs are kept for a time, and say nothing they should not", () => {
  it("every log group forgets", () => {
    for (const log of prod.ofType("AWS::Logs::LogGroup")) expect(log.Properties["RetentionInDays"]).toBe(365);
  });

  it("every function writes to a log group of its own", () => {
    const groups = prod
      .ofType("AWS::Lambda::Function")
      .map(
        ({ Properties }) => z.object({ LogGroup: z.unknown() }).parse(Properties["LoggingConfig"]).LogGroup,
      )
      .map(prod.flat);
    expect(new Set(groups).size).toBe(prod.ofType("AWS::Lambda::Function").length);
  });

  it("the access log names the route, never the path, the address or a header", () => {
    const settings = prod.the("AWS::ApiGatewayV2::Stage").Properties["AccessLogSettings"];
    const format = z.object({ Format: z.string() }).parse(settings).Format;
    const logged = [...format.matchAll(/\$context\.([A-Za-z.]+)/g)].map(([, name]) => name);
    expect(logged).toContain("routeKey");
    expect(
      logged.filter((name) => /path|sourceIp|userAgent|domainName|authorizer/i.test(name ?? "")),
    ).toEqual([]);
  });

  it("a workflow logs every step and no data", () => {
    for (const workflow of prod.ofType("AWS::StepFunctions::StateMachine")) {
      expect(workflow.Properties["LoggingConfiguration"]).toMatchObject({
        Level: "ALL",
        IncludeExecutionData: false,
      });
    }
  });
});

/** As GitHub makes anchors of headings. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-");
}
