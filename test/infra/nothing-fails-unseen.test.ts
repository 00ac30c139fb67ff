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

const named = z.object({ MetricName: z.string(), Namespace: z.string(), Dimensions: z.unknown() });
const reckoned = z.array(z.object({ MetricStat: z.object({ Metric: named }).optional() }));

/** What an alarm watches, each as `Namespace Metric Dimension=Value`. */
function watchedBy({ Properties }: Resource): string[] {
  const metrics =
    Properties["Metrics"] === undefined
      ? [named.parse(Properties)]
      : reckoned.parse(Properties["Metrics"]).flatMap(({ MetricStat }) => MetricStat?.Metric ?? []);
  return metrics.map(({ Namespace, MetricName, Dimensions }) => {
    const dimensions = z.array(z.object({ Name: z.string(), Value: z.unknown() })).default([]);
    const of = dimensions.parse(Dimensions).map(({ Name, Value }) => `${Name}=${prod.flat(Value)}`);
    return [Namespace, MetricName, ...of].join(" ");
  });
}

const alarms = () => prod.ofType("AWS::CloudWatch::Alarm");
/** The only alarm that watches something. */
function theAlarmOn(watched: string): Resource {
  const [found, ...others] = alarms().filter(
    (alarm) => alarm.Properties["TreatMissingData"] !== "breaching" && watchedBy(alarm).includes(watched),
  );
  if (!found || others.length > 0) throw new Error(`Not one alarm on ${watched}, but ${others.length + 1}`);
  return found;
}
const nameOf = ({ Properties }: Resource) => String(Properties["AlarmName"]);
const queues = (wanted: (queue: Resource) => boolean) => prod.ofType("AWS::SQS::Queue").filter(wanted);

describe("whatever breaks rings, and says what people notice and what to do", () => {
  it("every function has one alarm, of its own name", () => {
    for (const fn of prod.ofType("AWS::Lambda::Function")) {
      const alarm = theAlarmOn(`AWS/Lambda Errors FunctionName=<${fn.id}>`);
      expect(nameOf(alarm)).toBe(`OS2aftale-prod-${fn.Properties["Description"]}`);
    }
  });

  it("a page that answers 'something broke' is no error to Lambda, and rings by what the page itself counts", () => {
    const pages = prod.ofType("AWS::Lambda::Function").filter(({ id }) => id.startsWith("Pages"));
    expect(pages.length).toBeGreaterThan(10);
    for (const { id, Properties } of pages) {
      const counted = `OS2aftale/prod RequestFailed service=${Properties["Description"]}`;
      expect(theAlarmOn(counted)).toBe(theAlarmOn(`AWS/Lambda Errors FunctionName=<${id}>`));
    }
  });

  it("every workflow rings when an execution fails, runs out of time or is stopped", () => {
    for (const { id } of prod.ofType("AWS::StepFunctions::StateMachine")) {
      expect(watchedBy(theAlarmOn(`AWS/States ExecutionsFailed StateMachineArn=<${id}>`))).toEqual(
        ["ExecutionsFailed", "ExecutionsTimedOut", "ExecutionsAborted"].map(
          (name) => `AWS/States ${name} StateMachineArn=<${id}>`,
        ),
      );
    }
  });

  it("every queue that nobody empties rings on the first message, and names itself in the mail", () => {
    for (const { id } of queues(({ Properties }) => !Properties["RedrivePolicy"])) {
      const alarm = theAlarmOn(`AWS/SQS ApproximateNumberOfMessagesVisible QueueName=<${id}.QueueName>`);
      expect(alarm.Properties["Threshold"]).toBe(1);
      expect(prod.flat(alarm.Properties["AlarmDescription"])).toContain(`\nQueue: <${id}.QueueName>`);
    }
  });

  it("every queue that is emptied gives up into one of its own, and rings when something in it is old", () => {
    const emptied = queues(({ Properties }) => Boolean(Properties["RedrivePolicy"]));
    expect(emptied).toHaveLength(2);
    const behind = emptied.map(({ id, Properties }) => {
      const alarm = theAlarmOn(`AWS/SQS ApproximateAgeOfOldestMessage QueueName=<${id}.QueueName>`);
      expect(alarm.Properties["Threshold"]).toBe(15 * 60);
      return prod.flat(
        z.object({ deadLetterTargetArn: z.unknown() }).parse(Properties["RedrivePolicy"]).deadLetterTargetArn,
      );
    });
    expect(new Set(behind).size).toBe(2);
  });

  it("the pipe rings when it fails, is throttled or runs out of time", () => {
    const { id } = prod.the("AWS::Pipes::Pipe");
    const alarms = ["ExecutionFailed", "ExecutionThrottled", "ExecutionTimeout"].map((metric) =>
      theAlarmOn(`AWS/EventBridge/Pipes ${metric} PipeName=<${id}>`),
    );
    expect(new Set(alarms.map(nameOf))).toEqual(new Set(["OS2aftale-prod-outbox-pipe"]));
  });

  it("a rule that can't reach its function rings as that function", () => {
    const rules = prod.ofType("AWS::Events::Rule").filter(({ id }) => id.startsWith("Background"));
    expect(rules.length).toBe(3);
    for (const { id } of rules) theAlarmOn(`AWS/Events FailedInvocations RuleName=<${id}>`);
  });

  it.each([
    "AWS/Lambda Throttles",
    "AWS/SES Reputation.BounceRate",
    "AWS/SES Reputation.ComplaintRate",
    "OS2aftale/prod ErrandWaited",
    "OS2aftale/prod FunctionUnreached",
    "OS2aftale/prod MailRefusedUnknown",
    "OS2aftale/prod SweepFailed service=sweep-open-work",
  ])("%s rings", (watched) => {
    theAlarmOn(watched);
  });

  it("the sweep's silence rings, for nobody else would notice it", () => {
    const [heartbeat, ...others] = alarms().filter(
      ({ Properties }) => Properties["TreatMissingData"] === "breaching",
    );
    expect(others).toEqual([]);
    expect(heartbeat && watchedBy(heartbeat)[0]).toBe("OS2aftale/prod Heartbeat");
    expect(heartbeat?.Properties).toMatchObject({ ComparisonOperator: "LessThanThreshold", Threshold: 1 });
  });

  it.each([
    ["SES switches sending off", "Sending Status Disabled"],
    ["the scan's plan is unwell", "GuardDuty Malware Protection Resource Status Warning"],
    ["the scan's plan is broken", "GuardDuty Malware Protection Resource Status Error"],
    ["a verdict can't be written", "GuardDuty Malware Protection Post Scan Action Failed"],
  ])("%s: a notice lies in a queue that rings", (_, detailType) => {
    const [rule, ...others] = prod
      .ofType("AWS::Events::Rule")
      .filter(({ Properties }) => JSON.stringify(Properties["EventPattern"]).includes(`"${detailType}"`));
    expect(others).toEqual([]);
    const queues = prod.ofType("AWS::SQS::Queue").map(({ id }) => `<${id}.Arn>`);
    const [target] = z.array(z.object({ Arn: z.unknown() })).parse(rule?.Properties["Targets"]);
    expect(queues).toContain(prod.flat(target?.Arn));
  });

  it("every alarm reaches the one topic, and in prod somebody reads it", () => {
    const topic = `<${prod.the("AWS::SNS::Topic").id}>`;
    for (const alarm of alarms()) {
      expect(z.array(z.unknown()).parse(alarm.Properties["AlarmActions"]).map(prod.flat)).toEqual([topic]);
    }
    expect(prod.the("AWS::SNS::Subscription").Properties).toMatchObject({ Protocol: "email" });
  });

  it("every alarm's text says what people notice, its heading, and its log or queue", () => {
    for (const alarm of alarms()) {
      const text = prod.flat(alarm.Properties["AlarmDescription"]);
      expect(text, text).toMatch(
        /^[A-Z][^\n]+\.\nWhat to do: docs\/runbook\.md#[a-z0-9-]+(\n(Log group|Queue): <\w+(\.QueueName)?>)*$/,
      );
    }
    const placeless = alarms().filter(
      (alarm) => !/\n(Log group|Queue): /.test(prod.flat(alarm.Properties["AlarmDescription"])),
    );
    // These are the account's own: they have neither.
    expect(placeless.map(nameOf)).toEqual(
      ["throttles", "bounces", "complaints"].map((name) => `OS2aftale-prod-${name}`),
    );
  });

  it("every alarm has its heading in the runbook, every heading its alarm, each with the same three parts", () => {
    const runbook = readFileSync(join(REPOSITORY, "docs", "runbook.md"), "utf8");
    const sections = runbook.slice(runbook.indexOf("## Alarms")).split(/^### /m).slice(1);
    const parts = sections.map((section) => [
      section.split("\n")[0],
      [...section.matchAll(/^\*\*(\w+)\.\*\* \S/gm)].map(([, part]) => part),
    ]);
    const anchors = alarms().map(
      (alarm) => /runbook\.md#(\S+)/.exec(prod.flat(alarm.Properties["AlarmDescription"]))?.[1],
    );
    const wanted = anchors.map((anchor) => [anchor, ["Description", "Investigation", "Resolution"]]);
    expect(parts.toSorted()).toEqual(wanted.toSorted());
  });
});

describe("whatever is not delivered is kept", () => {
  it("every rule and schedule has a queue for what it could not deliver", () => {
    const target = z.object({ DeadLetterConfig: z.object({ Arn: z.unknown() }) });
    const ofRules = prod
      .ofType("AWS::Events::Rule")
      .filter(({ id }) => id.startsWith("Background"))
      .flatMap(({ Properties }) => z.array(target).min(1).parse(Properties["Targets"]));
    const ofSchedules = prod
      .ofType("AWS::Scheduler::Schedule")
      .map(({ Properties }) => target.parse(Properties["Target"]));
    const kept = prod.ofType("AWS::SQS::Queue").map(({ id }) => `<${id}.Arn>`);
    expect(ofRules.length).toBe(3);
    expect(ofSchedules.length).toBe(2);
    for (const { DeadLetterConfig } of [...ofRules, ...ofSchedules]) {
      expect(kept).toContain(prod.flat(DeadLetterConfig.Arn));
    }
  });

  it("every function that is called without waiting keeps what it gave up on", () => {
    const kept = prod
      .ofType("AWS::Lambda::EventInvokeConfig")
      .map(({ Properties }) => prod.flat(Properties["FunctionName"]));
    const async = [
      "start-intake",
      "receive-scan-verdict",
      "settle-mail",
      "sweep-open-work",
      "begin-dues-run",
    ];
    const functions = prod
      .ofType("AWS::Lambda::Function")
      .filter(({ Properties }) => async.includes(String(Properties["Description"])))
      .map(({ id }) => `<${id}>`);
    expect(kept.sort()).toEqual(functions.sort());
    for (const { Properties } of prod.ofType("AWS::Lambda::EventInvokeConfig")) {
      expect(Properties["DestinationConfig"]).toHaveProperty("OnFailure.Destination");
    }
  });

  it("a queue keeps it for 14 days, the longest there is, and what names people for four", () => {
    for (const queue of prod.ofType("AWS::SQS::Queue")) {
      const days = queue.id.includes("SettleMail") ? 4 : 14;
      expect([queue.id, queue.Properties["MessageRetentionPeriod"]]).toEqual([queue.id, days * 24 * 60 * 60]);
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
