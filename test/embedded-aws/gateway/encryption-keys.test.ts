import { describe, expect, it } from "vitest";
import { keysBehind } from "../../../embedded-aws/gateway/encryption-keys.ts";
import { readTemplate } from "../../../embedded-aws/template/read-template.ts";
import { product } from "../../../local/product.ts";

describe("what lies under a key of ours takes a right to the key as well", () => {
  it.each([
    ["reading an item", "dynamodb:GetItem", "", ["kms:Decrypt"]],
    ["a list of the table", "dynamodb:Query", "/index/work", ["kms:Decrypt"]],
    ["writing an item", "dynamodb:PutItem", "", ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"]],
  ])("%s", async (_, action, index, expected) => {
    const template = readTemplate(await product.assembly(), { baseUrl: "http://127.0.0.1:3000" });
    const table = template.ofType("AWS::DynamoDB::Table")[0]?.arn ?? "";
    const key = template.ofType("AWS::KMS::Key")[0]?.arn;
    const demands = keysBehind(template)({ action, resource: table + index });
    expect(demands.map((demand) => demand.action)).toEqual(expected);
    for (const demand of demands) {
      expect(demand.resource).toBe(key);
      expect(demand.context).toEqual({ "kms:ViaService": "dynamodb.eu-north-1.amazonaws.com" });
    }
  });
});
