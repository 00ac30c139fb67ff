import * as z from "zod";
import type { Template } from "../template/read-template.ts";
import { TemplateError } from "../template/template-error.ts";
import type { CloudWatch } from "./service.ts";

const stageShape = z.object({
  AccessLogSettings: z.object({ DestinationArn: z.string(), Format: z.string() }).optional(),
});
const filterShape = z.object({
  LogGroupName: z.string(),
  FilterPattern: z.string(),
  MetricTransformations: z.array(
    z.object({ MetricNamespace: z.string(), MetricName: z.string(), MetricValue: z.literal("1") }),
  ),
});

/** What the API knows of an answer, by the names that a log's format uses after `$context.` */
export type AccessLogContext = Readonly<Record<string, string>>;

/**
 * Writes the HTTP API's access log in the template's format, and counts by the metric filters on it. Throws
 * TemplateError for a filter on another log, or in a pattern that is not known here.
 */
export function accessLogCounter(
  template: Template,
  cloudWatch: CloudWatch,
): (context: AccessLogContext) => void {
  const groups = new Map(template.ofType("AWS::Logs::LogGroup").map(({ ref, arn }) => [ref, arn]));
  const [settings] = template
    .ofType("AWS::ApiGatewayV2::Stage")
    .flatMap(({ properties }) => stageShape.parse(properties).AccessLogSettings ?? []);
  const filters = template.ofType("AWS::Logs::MetricFilter").map(({ stack, logicalId, properties }) => {
    const place = { stack, logicalId, property: "FilterPattern" };
    const { LogGroupName, FilterPattern, MetricTransformations } = filterShape.parse(properties);
    const logArn = groups.get(LogGroupName)?.replace(/:\*$/, "");
    if (settings === undefined || settings.DestinationArn.replace(/:\*$/, "") !== logArn)
      throw new TemplateError(place, "only the API's access log is filtered here");
    return { matches: matcherOf(FilterPattern, place), MetricTransformations };
  });
  return (context) => {
    if (settings === undefined || filters.length === 0) return;
    const line = JSON.parse(
      settings.Format.replaceAll(/\$context\.([A-Za-z.]+)/g, (_, name: string) =>
        JSON.stringify(context[name] ?? "-").slice(1, -1),
      ),
    );
    for (const { matches, MetricTransformations } of filters)
      if (matches(line))
        for (const { MetricNamespace, MetricName } of MetricTransformations)
          cloudWatch.count({ namespace: MetricNamespace, name: MetricName, dimensions: {} });
  };
}

/** `{ ($.a = "5*") && ($.b != "200") }`: comparisons of members with texts, `*` for any run of characters. */
function matcherOf(pattern: string, place: TemplateError["place"]): (line: unknown) => boolean {
  const inside = /^\{(.*)\}$/.exec(pattern.trim())?.[1] ?? "";
  const tests = inside.split("&&").map((part) => {
    const found = /^\(?\s*\$\.(\w+)\s*(!?=)\s*"([^"]*)"\s*\)?$/.exec(part.trim());
    if (found === null) throw new TemplateError(place, `the filter pattern ${pattern} is not known here`);
    const [, member = "", operator, wanted = ""] = found;
    const escaped = wanted.replaceAll(/[.+^${}()|[\]\\?]/g, "\\$&").replaceAll("*", ".*");
    const expression = new RegExp(`^${escaped}$`);
    return (line: Readonly<Record<string, unknown>>) =>
      expression.test(String(line[member])) === (operator === "=");
  });
  return (line) => tests.every((test) => test(z.record(z.string(), z.unknown()).parse(line)));
}
