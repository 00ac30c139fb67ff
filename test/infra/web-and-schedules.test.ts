import { beforeAll, describe, expect, it } from "vitest";
import { type Assembly, assemblyOf } from "./cloud-assembly.ts";

let prod: Assembly;
beforeAll(async () => {
  prod = await assemblyOf("prod");
});

describe("the public address answers what the contract says, and nothing else", () => {
  it("has these routes", () => {
    const routes = prod.ofType("AWS::ApiGatewayV2::Route").map(({ Properties }) => Properties["RouteKey"]);
    expect(routes.sort()).toEqual(
      [
        "GET /",
        "HEAD /",
        "ANY /",
        "GET /agreements/new",
        "GET /privacy",
        "GET /accessibility",
        "GET /assets/{file}",
        "POST /agreements",
        "POST /api/agreements",
        "GET /agreements/{key}",
        "GET /agreements/{key}/upload",
        "POST /agreements/{key}/uploads",
        "POST /agreements/{key}/again",
        "POST /agreements/{key}/withdraw",
        "GET /agreements/{key}/agreement.pdf",
        "GET /agreements/{key}/document",
        "POST /agreements/{key}/confirmation",
        "GET /confirmations/{token}",
        "HEAD /confirmations/{token}",
        "POST /confirmations/{token}",
        "GET /decisions/{token}",
        "HEAD /decisions/{token}",
        "POST /decisions/{token}",
        "POST /decisions/{token}/renew",
        "GET /decisions/{token}/document",
        "GET /decisions/{token}/page-1.png",
        "GET /decisions/{token}/plan.csv",
        "POST /decisions/{token}/stop",
        "POST /decisions/{token}/handed-over",
        "GET /tasks/{token}",
        "HEAD /tasks/{token}",
        "POST /tasks/{token}",
        "POST /tasks/{token}/renew",
        "ANY /{proxy+}",
      ].sort(),
    );
  });

  it("cannot be flooded beyond what the stage allows", () => {
    expect(prod.the("AWS::ApiGatewayV2::Stage").Properties["DefaultRouteSettings"]).toEqual({
      ThrottlingRateLimit: 50,
      ThrottlingBurstLimit: 100,
    });
  });

  it("runs every function on Node 24, on arm64, and ends it in time for the API's 29 seconds", () => {
    for (const fn of prod.ofType("AWS::Lambda::Function")) {
      expect(fn.Properties).toMatchObject({
        Runtime: "nodejs24.x",
        Architectures: ["arm64"],
        Handler: "index.handler",
      });
    }
    const behindTheApi = prod.ofType("AWS::Lambda::Function").filter(({ id }) => id.startsWith("Pages"));
    for (const { Properties } of behindTheApi) expect(Properties["Timeout"]).toBeLessThan(29);
  });
});

describe("what happens by the clock happens by the clock in Copenhagen", () => {
  it("every schedule says so", () => {
    const schedules = prod.ofType("AWS::Scheduler::Schedule");
    expect(schedules.length).toBeGreaterThan(0);
    for (const { Properties } of schedules)
      expect(Properties["ScheduleExpressionTimezone"]).toBe("Europe/Copenhagen");
  });

  it("open work is swept every six hours: the net below, which nothing ordinary waits for", () => {
    const { ScheduleExpression } = prod.the("AWS::Scheduler::Schedule", "BackgroundSweep").Properties;
    expect(ScheduleExpression).toBe("cron(17 */6 * * ? *)");
  });

  it("the year's dues are planned at eight on a morning of 1 to 10 January", () => {
    const { ScheduleExpression, ScheduleExpressionTimezone } = prod.the(
      "AWS::Scheduler::Schedule",
      "DuesJanuary",
    ).Properties;
    expect(ScheduleExpression).toBe("cron(0 8 1-10 1 ? *)");
    expect(ScheduleExpressionTimezone).toBe("Europe/Copenhagen");
  });
});

describe("events reach the function that acts on them", () => {
  it.each([
    ["an upload", "Object Created", "StartIntake"],
    ["a malware verdict", "GuardDuty Malware Protection Object Scan Result", "ReceiveScanVerdict"],
    ["a bounce", "Email Bounced", "SettleMail"],
  ])("%s", (_, detailType, functionId) => {
    const rules = prod
      .ofType("AWS::Events::Rule")
      .filter(({ Properties }) => JSON.stringify(Properties["EventPattern"]).includes(`"${detailType}"`));
    expect(rules).toHaveLength(1);
    expect(JSON.stringify(rules[0]?.Properties["Targets"])).toContain(functionId);
  });
});
