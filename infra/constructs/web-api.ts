import { CfnOutput, RemovalPolicy, Stack } from "aws-cdk-lib";
import { AccessLogFormat } from "aws-cdk-lib/aws-apigateway";
import {
  ApiMapping,
  DomainName,
  HttpApi,
  HttpMethod,
  HttpRoute,
  HttpRouteKey,
  HttpStage,
  LogGroupLogDestination,
} from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { Certificate } from "aws-cdk-lib/aws-certificatemanager";
import { FilterPattern, LogGroup, MetricFilter } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import * as z from "zod";
import { metricNamespace } from "../../shared/contracts/metrics.ts";
import type { StageSettings } from "../stage-settings.ts";
import { acknowledge } from "./acknowledge.ts";
import type { Alarms } from "./alarms.ts";
import type { AppFunction } from "./app-function.ts";

/** What is logged of a request: the route's pattern, never its path, which holds tokens; nor the address. */
const ACCESS_LOG = JSON.stringify({
  requestId: "$context.requestId",
  at: "$context.requestTime",
  routeKey: "$context.routeKey",
  status: "$context.status",
  integrationStatus: "$context.integrationStatus",
  responseLength: "$context.responseLength",
  latencyMs: "$context.responseLatency",
  integrationError: "$context.integrationErrorMessage",
});

/** The HTTP API in front of every page and post. */
export class WebApi extends Construct {
  /** Where people find it, without a slash at the end: the stage's own host, else the API's own address. */
  readonly baseUrl: string;
  private readonly api: HttpApi;

  constructor(scope: Construct, id: string, props: { settings: StageSettings; alarms: Alarms }) {
    super(scope, id);
    const { settings, alarms } = props;
    this.api = new HttpApi(this, "Api", { createDefaultStage: false });
    const { host } = settings;
    this.baseUrl = host ? `https://${host.name}` : this.api.apiEndpoint;
    const logGroup = new LogGroup(this, "AccessLog", {
      // The prefix keeps the delivery out of CloudWatch's resource policy, which is full at 5,120 characters.
      logGroupName: `/aws/vendedlogs/apis/${Stack.of(this).stackName}`,
      retention: settings.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const stage = new HttpStage(this, "Stage", {
      httpApi: this.api,
      stageName: "$default",
      autoDeploy: true,
      throttle: { rateLimit: settings.throttle.requestsPerSecond, burstLimit: settings.throttle.burst },
      accessLogSettings: {
        destination: new LogGroupLogDestination(logGroup),
        format: AccessLogFormat.custom(ACCESS_LOG),
      },
    });
    if (host) this.answerAt(host, stage);
    const unreached = new MetricFilter(this, "Unreached", {
      logGroup,
      metricNamespace: metricNamespace(settings.stage),
      metricName: "FunctionUnreached",
      // 200 is what Lambda answers when the function itself failed, and then the function's own alarm rings.
      filterPattern: FilterPattern.all(
        FilterPattern.stringValue("$.status", "=", "5*"),
        FilterPattern.stringValue("$.integrationStatus", "!=", "200"),
      ),
    });
    alarms.onFirst("web-api", [unreached.metric({ statistic: "Sum" })], {
      failureImpact: "Somebody got no page at all from us: the API could not reach a function.",
      runbook: "web-api",
      places: [["Log group", logGroup.logGroupName]],
    });
  }

  /** The name in front. The API's own address goes on answering: links mailed before it had a name lead there. */
  private answerAt(host: NonNullable<StageSettings["host"]>, stage: HttpStage): void {
    const domainName = new DomainName(this, "Host", {
      domainName: host.name,
      certificate: Certificate.fromCertificateArn(this, "Certificate", host.certificateArn),
    });
    new ApiMapping(this, "Mapping", { api: this.api, domainName, stage });
    // What the CNAME in front has to point at.
    new CfnOutput(this, "HostTarget", { value: domainName.regionalDomainName });
  }

  /** Gives a function its routes, each as `GET /agreements/{key}`. */
  answer(fn: AppFunction, routes: readonly string[]): void {
    const integration = new HttpLambdaIntegration(`${fn.node.id}Integration`, fn.lambda, {
      // One permission a function instead of one a route; whoever may call the API may call all its routes.
      scopePermissionToRoute: false,
    });
    for (const route of routes) {
      const [method, path] = z
        .tuple([z.enum(HttpMethod), z.string().startsWith("/")])
        .parse(route.split(" "));
      const made = new HttpRoute(this, route, {
        httpApi: this.api,
        routeKey: HttpRouteKey.with(path, method),
        integration,
      });
      acknowledge(made, {
        "AwsSolutions-APIG4":
          "People come without an account: the signed link in the path is the authority, checked by the function before it reads the table.",
      });
    }
  }
}
