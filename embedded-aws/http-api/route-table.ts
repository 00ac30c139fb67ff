import * as z from "zod";
import { placeOf, propertiesOf } from "../template/properties-of.ts";
import type { Template } from "../template/read-template.ts";
import { TemplateError } from "../template/template-error.ts";

/** A route of the HTTP API and the function behind it. */
export interface Route {
  /** e.g. "GET /things/{key}"; "$default" takes what no other does. */
  routeKey: string;
  functionArn: string;
  /** Longest wait for the function's answer. */
  timeoutMs: number;
}

export interface MatchedRoute extends Route {
  pathParameters: Readonly<Record<string, string>>;
}

const integrationShape = z.object({
  IntegrationType: z.literal("AWS_PROXY", "only Lambda proxies are run here"),
  IntegrationUri: z.string(),
  PayloadFormatVersion: z.literal("2.0", "only payload format 2.0 is run here"),
  TimeoutInMillis: z.number().default(30_000),
});
const routeShape = z.object({
  RouteKey: z.string(),
  Target: z.string(),
  AuthorizationType: z.literal("NONE", "no authorizer is run here").default("NONE"),
});
const stageShape = z.object({ StageName: z.literal("$default", "only the stage $default is run here") });

/** The routes of the template's one HTTP API. Throws TemplateError for what cannot be run here. */
export function routesOf(template: Template): Route[] {
  const apis = template.ofType("AWS::ApiGatewayV2::Api");
  const [, second] = apis;
  if (second !== undefined) throw new TemplateError(placeOf(second, ""), "a second HTTP API is not run here");
  for (const api of apis) propertiesOf(api, z.object({ ProtocolType: z.literal("HTTP") }));
  for (const stage of template.ofType("AWS::ApiGatewayV2::Stage")) propertiesOf(stage, stageShape);
  const integrations = new Map(
    template
      .ofType("AWS::ApiGatewayV2::Integration")
      .map((integration) => [`integrations/${integration.ref}`, propertiesOf(integration, integrationShape)]),
  );
  return template.ofType("AWS::ApiGatewayV2::Route").map((resource) => {
    const { RouteKey, Target } = propertiesOf(resource, routeShape);
    const integration = integrations.get(Target);
    if (integration === undefined)
      throw new TemplateError(placeOf(resource, "Target"), `there is no ${Target}`);
    return {
      routeKey: RouteKey,
      functionArn: integration.IntegrationUri,
      timeoutMs: integration.TimeoutInMillis,
    };
  });
}

/**
 * Finds the route of a request as an HTTP API does: the full path beats a greedy one, which beats `$default`, a
 * literal segment beats a parameter, and a method of its own beats ANY. HEAD is a method like any other.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 */
export function createRouter(
  routes: readonly Route[],
): (method: string, rawPath: string) => MatchedRoute | undefined {
  const prepared = routes
    .map((route) => ({ route, ...patternOf(route.routeKey) }))
    .sort((a, b) => b.rank.localeCompare(a.rank));
  return (method, rawPath) => {
    for (const { route, method: routeMethod, pattern } of prepared) {
      if (routeMethod !== "ANY" && routeMethod !== method) continue;
      const match = pattern.exec(rawPath);
      if (match === null) continue;
      const decoded = Object.entries({ ...match.groups }).map(([name, value]) => [name, decode(value)]);
      return { ...route, pathParameters: Object.fromEntries(decoded) };
    }
    return undefined;
  };
}

/** `rank` sorts by segment: literal (2) over parameter (1) over greedy (0); the method of its own last. */
function patternOf(routeKey: string): { method: string; pattern: RegExp; rank: string } {
  if (routeKey === "$default") return { method: "ANY", pattern: /^/, rank: "" };
  const [method = "", path = ""] = routeKey.split(" ");
  const segments = path.split("/").slice(1);
  const pattern = segments.map((segment) => {
    const name = /^\{(\w+)(\+?)\}$/.exec(segment);
    if (name === null) return escapeForRegExp(segment);
    return name[2] === "+" ? `(?<${name[1]}>.+)` : `(?<${name[1]}>[^/]+)`;
  });
  const ranks = segments.map((segment) =>
    segment.startsWith("{") ? (segment.endsWith("+}") ? "0" : "1") : "2",
  );
  return {
    method,
    pattern: new RegExp(`^/${pattern.join("/")}$`),
    rank: `${ranks.join("")}${method === "ANY" ? "-" : "~"}`,
  };
}

function escapeForRegExp(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** Percent-decoded, or as it is where it is no valid UTF-8. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
