import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { bundleFunctions } from "../../infra/bundling.ts";
import { type Assembly, assemblyOf, type Resource, STACKS } from "./cloud-assembly.ts";

let app: Assembly;
beforeAll(async () => {
  app = await assemblyOf("local");
});

/** The logical ids that a resource refers to or waits for. */
function neededBy({ Properties, DependsOn }: Resource): string[] {
  const text = JSON.stringify(Properties);
  const references = [...text.matchAll(/"Ref":"(\w+)"|"Fn::GetAtt":\["(\w+)"/g)];
  return [...references.flatMap(([, ref, attribute]) => ref ?? attribute ?? []), ...DependsOn];
}

/** A chain of resources of which each waits for the next and the last for the first; empty when there is none. */
function circleIn(resources: readonly Resource[]): string[] {
  const needs = new Map(resources.map((resource) => [resource.id, neededBy(resource)]));
  const done = new Set<string>();
  const visit = (id: string, path: readonly string[]): string[] => {
    if (path.includes(id)) return [...path.slice(path.indexOf(id)), id];
    if (done.has(id)) return [];
    for (const needed of needs.get(id) ?? []) {
      const circle = visit(needed, [...path, id]);
      if (circle.length > 0) return circle;
    }
    done.add(id);
    return [];
  };
  return resources.map(({ id }) => visit(id, [])).find((circle) => circle.length > 0) ?? [];
}

describe("CloudFormation can deploy what was synthesized", () => {
  it("no resource waits for itself by way of others", () => {
    expect(circleIn(app.all)).toEqual([]);
  });

  it("a circle would be found", () => {
    const resource = (id: string, needs: string): Resource => ({
      id,
      Type: "Any",
      Properties: { Value: { Ref: needs } },
      DependsOn: [],
    });
    expect(circleIn([resource("A", "B"), resource("B", "C"), resource("C", "A")])).toEqual([
      "A",
      "B",
      "C",
      "A",
    ]);
  });

  it("nothing names as a dependency the role that it refers to anyway", () => {
    const users = [...app.ofType("AWS::Lambda::Function"), ...app.ofType("AWS::StepFunctions::StateMachine")];
    const roles = new Set(app.ofType("AWS::IAM::Role").map(({ id }) => id));
    for (const { id, DependsOn } of users)
      expect(
        DependsOn.filter((name) => roles.has(name)),
        id,
      ).toEqual([]);
    expect(users.some(({ DependsOn }) => DependsOn.length > 0)).toBe(true);
  });

  // Source: CloudFormation quotas, Lambda quotas, IAM quotas, CloudWatch PutMetricAlarm.
  it("each stack has under 500 resources and under a megabyte of template", () => {
    for (const stack of STACKS) {
      const file = join(app.folder, `OS2aftale-local-${stack}.template.json`);
      expect(statSync(file).size).toBeLessThan(1_000_000);
      expect(Object.keys(JSON.parse(readFileSync(file, "utf8")).Resources).length).toBeLessThan(500);
    }
  });

  it("no function's environment exceeds 4 kB, no policy 10,240 characters, no alarm's text 1,024", () => {
    for (const { Properties } of app.ofType("AWS::Lambda::Function")) {
      expect(JSON.stringify(Properties["Environment"]).length).toBeLessThan(4_096);
    }
    for (const { Properties } of app.ofType("AWS::IAM::Policy")) {
      expect(JSON.stringify(Properties["PolicyDocument"]).length).toBeLessThan(10_240);
    }
    for (const { Properties } of app.ofType("AWS::CloudWatch::Alarm")) {
      expect(JSON.stringify(Properties["AlarmDescription"]).length).toBeLessThan(1_024);
    }
  });
});

describe("the bundles are made once", () => {
  it("from unchanged sources, none is made again", async () => {
    const [first, second] = [await bundleFunctions(), await bundleFunctions()];
    expect(second.folder).toBe(first.folder);
  });

  it("a function that only answers pages starts from less than 250 kB", async () => {
    const { folder } = await bundleFunctions();
    for (const name of ["show-public-page", "show-case", "show-decision", "record-decision", "show-task"]) {
      expect(statSync(join(folder, name, "index.mjs")).size, name).toBeLessThan(250_000);
    }
  });
});
