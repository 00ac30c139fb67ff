import { RemovalPolicy } from "aws-cdk-lib";
import { AccessLogFormat } from "aws-cdk-lib/aws-apigateway";
import {
  HttpApi,
  HttpMethod,
  HttpRoute,
  HttpRouteKey,
  HttpStage,
  LogGroupLogDestination,
} from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import * as z from "zod";
import type { StageSettings } from "../stage-settings.ts";
import { acknowledge } from "./acknowledge.ts";
import { ALARM_PERIOD, type Alarms } from "./alarms.ts";
import type { AppFunction } from "./app-function.ts";

/** What is logged of a request: the route's pattern, never its path, which holds tokens; nor the address. */
const ACCESS_LOG = JSON.stringify({
  requestId: "$context.requestId",
  at: "$context.requestTime",
  routeKey: "$context.routeKey",
  status: "$context.status",
  responseLength: "$context.responseLength",
  latencyMs: "$context.responseLatency",
  integrationError: "$context.integrationErrorMessage",
});

/** The HTTP API in front of every page and post. */
export class WebApi extends Construct {
  /** The API's own address, without a slash at the end. */
  readonly endpoint: string;
  private readonly api: HttpApi;

  constructor(scope: Construct, id: string, props: { settings: StageSettings; alarms: Alarms }) {
    super(scope, id);
    const { settings, alarms } = props;
    this.api = new HttpApi(this, "Api", { createDefaultStage: false });
    this.endpoint = this.api.apiEndpoint;
    const logGroup = new LogGroup(this, "AccessLog", {
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
    alarms.ringOnFirst(this, "AnswersServerErrors", stage.metricServerError({ period: ALARM_PERIOD }), {
      failureImpact: "Somebody got an error page from us, or none at all.",
      runbook: "web-api",
    });
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
