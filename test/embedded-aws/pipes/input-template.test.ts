import { describe, expect, it } from "vitest";
import { compileTemplate, textAt } from "../../../embedded-aws/pipes/input-template.ts";

const event = { eventID: "e1", dynamodb: { NewImage: { owner: { S: 'case_"1"' }, n: { N: "7" } } }, n: 7 };
const filled = (template: string | undefined) => compileTemplate(template, "arn:pipe")(event);

describe("a pipe's input template", () => {
  it.each([
    ["a text, as JSON", '{"owner": <$.dynamodb.NewImage.owner.S>}', '{"owner": "case_\\"1\\""}'],
    ["a text within quotes", '{"owner": "of <$.dynamodb.NewImage.owner.S>"}', '{"owner": "of case_\\"1\\""}'],
    ["a number and an object", '{"n": <$.n>, "i": <$.dynamodb.NewImage.n>}', '{"n": 7, "i": {"N":"7"}}'],
    ["the pipe's own name", '{"by": <aws.pipes.pipe-arn>}', '{"by": "arn:pipe"}'],
    ["the whole record", "<aws.pipes.event.json>", JSON.stringify(event)],
    ["nothing at all: the record as it is", undefined, JSON.stringify(event)],
  ])("takes %s", (_, template, expected) => {
    expect(filled(template)).toBe(expected);
  });

  it("fails the record that lacks what it names", () => {
    expect(() => filled('{"owner": <$.dynamodb.OldImage.owner>}')).toThrow();
  });

  it("is refused where it names what nothing gives", () => {
    expect(() => compileTemplate("<owner>", "arn:pipe")).toThrow("<owner>, which nothing gives");
  });
});

describe("a parameter of the target", () => {
  it("is looked up where it is a path, and meant as it stands where it is none", () => {
    expect(textAt("$.eventID")?.(event)).toBe("e1");
    expect(textAt("one-group")?.(event)).toBe("one-group");
    expect(textAt(undefined)).toBeUndefined();
  });
});
