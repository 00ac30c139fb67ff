// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Fn::Sub is written so
import { describe, expect, it } from "vitest";
import { resolve, type Surroundings } from "../../../embedded-aws/template/intrinsic-functions.ts";
import type { Json } from "../../../embedded-aws/template/json.ts";

const around: Surroundings = {
  reference: (name) => `ref:${name}`,
  attribute: (name, attribute) => `${name}#${attribute}`,
  importValue: (name) => `imported:${name}`,
  condition: (name) => name === "Yes",
};
const place = { stack: "S", logicalId: "L", property: "P" };

describe("a template's references", () => {
  it.each<[string, Json, Json | undefined]>([
    ["a plain value", { a: [1, true, null, "x"] }, { a: [1, true, null, "x"] }],
    ["Ref", { Ref: "Table" }, "ref:Table"],
    ["a property without value", { a: { Ref: "AWS::NoValue" }, b: 1 }, { b: 1 }],
    ["a list item without value", [{ Ref: "AWS::NoValue" }, 1], [1]],
    ["Fn::GetAtt", { "Fn::GetAtt": ["Table", "Arn"] }, "Table#Arn"],
    ["Fn::GetAtt as text", { "Fn::GetAtt": "Table.Arn" }, "Table#Arn"],
    ["Fn::Join", { "Fn::Join": ["/", ["a", { Ref: "B" }, 3]] }, "a/ref:B/3"],
    ["Fn::Sub", { "Fn::Sub": "${A}-${B.Arn}-${!C}" }, "ref:A-B#Arn-${C}"],
    ["Fn::Sub with values", { "Fn::Sub": ["${a}${B}", { a: { Ref: "X" } }] }, "ref:Xref:B"],
    ["Fn::Select of Fn::Split", { "Fn::Select": [1, { "Fn::Split": [":", "a:b:c"] }] }, "b"],
    ["Fn::ImportValue", { "Fn::ImportValue": "Data:Table" }, "imported:Data:Table"],
    ["Fn::If", { "Fn::If": ["Yes", "y", "n"] }, "y"],
    ["Fn::If to no value", { a: { "Fn::If": ["No", "y", { Ref: "AWS::NoValue" }] } }, {}],
    ["Fn::Equals", { "Fn::Equals": [{ Ref: "A" }, "ref:A"] }, true],
    ["Fn::And, Or, Not", { "Fn::And": [{ "Fn::Or": [false, true] }, { "Fn::Not": [false] }] }, true],
    ["a policy's Condition", { Condition: { Bool: { k: "true" } } }, { Condition: { Bool: { k: "true" } } }],
    ["a template condition", { "Fn::Not": [{ Condition: "No" }] }, true],
  ])("are worked out: %s", (_what, value, expected) => {
    expect(resolve(value, around, place)).toEqual(expected);
  });

  it.each<[string, Json, string]>([
    [
      "an unknown function",
      { "Fn::FindInMap": [] },
      "S / L / P: the function Fn::FindInMap is not known here",
    ],
    ["a dynamic reference", { a: "{{resolve:ssm:x}}" }, "S / L / P.a: a dynamic reference"],
    ["a list where text is needed", { "Fn::Join": ["", [["a"]]] }, "needs text"],
    ["an index beyond the end", { "Fn::Select": [3, ["a"]] }, "finds nothing"],
  ])("stop the start with the place of %s", (_what, value, message) => {
    expect(() => resolve(value, around, place)).toThrow(message);
  });
});
