import { describe, expect, it } from "vitest";
import { DefinitionRefused, loadDefinition } from "../../../embedded-aws/step-functions/definition.ts";
import type { Json } from "../../../embedded-aws/template/json.ts";
import { arnOf, invokeTask } from "./world.ts";

const end: Json = { Type: "Succeed" };
const chain = (state: Json): Json => ({ StartAt: "Only", States: { Only: state, End: end } });
const pass = (more: Record<string, Json>): Json => ({ Type: "Pass", Next: "End", ...more });
const task = (more: Record<string, Json>): Json => invokeTask("work", { Next: "End", ...more });
const choice = (rule: Json): Json => ({ Type: "Choice", Choices: [rule], Default: "End" });

function refusalOf(definition: Json): string {
  try {
    loadDefinition("workflow", definition);
    return "nothing";
  } catch (error) {
    if (error instanceof DefinitionRefused) return error.message;
    throw error;
  }
}

describe("a definition is refused at load, by state and field", () => {
  it.each<[string, Json, string]>([
    ["a field", chain(pass({ Colour: "red" })), 'state "Only", Colour: this field is not known here'],
    ["a field of the whole", { ...(chain(end) as object), Owner: 1 }, "Owner: this field is not known here"],
    ["a type of state", chain({ Type: "Loop" }), 'state "Only", Type: is no state type that is run here'],
    ["JSONata", chain(pass({ QueryLanguage: "JSONata" })), 'state "Only", QueryLanguage'],
    ["a resource", chain(task({ Resource: "arn:aws:states:::sqs:sendMessage" })), 'state "Only", Resource'],
    [
      "an option of Lambda's",
      chain(task({ Parameters: { FunctionName: arnOf("f"), ClientContext: "" } })),
      "ClientContext: not known to lambda:invoke",
    ],
    [
      "an event-like call",
      chain(task({ Parameters: { FunctionName: arnOf("f"), InvocationType: "Event" } })),
      "InvocationType: must be RequestResponse",
    ],
    ["a task without its function", chain(task({ Parameters: {} })), "needs FunctionName"],
    [
      "two time-outs",
      chain(task({ TimeoutSeconds: 1, TimeoutSecondsPath: "$.t" })),
      "TimeoutSeconds: and TimeoutSecondsPath exclude each other",
    ],
    [
      "an intrinsic function",
      chain(pass({ Parameters: { "a.$": "States.Shuffle($.a)" } })),
      "calls States.Shuffle, which this interpreter does not know",
    ],
    ["a path", chain(pass({ InputPath: "$.a[?(@.b)]" })), "which this interpreter does not know"],
    ["a ResultPath to many places", chain(pass({ ResultPath: "$.a[*]" })), "does not name one single place"],
    ["a ResultPath into the context", chain(pass({ ResultPath: "$$.a" })), "does not name one single place"],
    [
      "a member that is given twice",
      chain(pass({ Parameters: { a: 1, "a.$": "$.b" } })),
      "Parameters.a.$: is given twice",
    ],
    [
      "a constant where a path must stand",
      chain(pass({ Parameters: { "a.$": 1 } })),
      "Parameters.a.$: must be a path",
    ],
    [
      "a comparison",
      chain(choice({ Variable: "$.a", StringResembles: "x", Next: "End" })),
      "StringResembles: no such comparison",
    ],
    [
      "two comparisons",
      chain(choice({ Variable: "$.a", StringEquals: "x", IsNull: true, Next: "End" })),
      "has both StringEquals and IsNull",
    ],
    [
      "a comparison with the wrong kind",
      chain(choice({ Variable: "$.a", NumericEquals: "1", Next: "End" })),
      "NumericEquals",
    ],
    [
      "one within And",
      chain(choice({ And: [{ Variable: "$.a", Fits: 1 }], Next: "End" })),
      "Choices.0.And.0: Fits: no such comparison",
    ],
    ["a Next that leads nowhere", chain(pass({ Next: "Elsewhere" })), "there is no state 'Elsewhere'"],
    [
      "a Catch that leads nowhere",
      chain(task({ Catch: [{ ErrorEquals: ["A"], Next: "Elsewhere" }] })),
      "there is no state 'Elsewhere'",
    ],
    [
      "a Default that leads nowhere",
      chain({ ...(choice({ Variable: "$.a", IsNull: true, Next: "End" }) as object), Default: "No" }),
      "there is no state 'No'",
    ],
    [
      "a state that nothing leads to",
      { StartAt: "End", States: { End: end, Lost: end } },
      'state "Lost": nothing leads to this state',
    ],
    ["a StartAt that isn't there", { StartAt: "No", States: { End: end } }, "there is no state 'No'"],
    ["a state without a way on", chain({ Type: "Pass" }), 'state "Only": needs either Next or End'],
    ["a state with two", chain(pass({ End: true })), 'state "Only": needs either Next or End'],
    ["a wait for nothing", chain({ Type: "Wait", Next: "End" }), "needs one of Seconds"],
    [
      "a distributed Map",
      chain({
        Type: "Map",
        ItemProcessor: { ProcessorConfig: { Mode: "DISTRIBUTED" }, ...(chain(end) as object) },
        Next: "End",
      }),
      "only INLINE maps are run here",
    ],
    [
      "a field in a branch",
      chain({
        Type: "Parallel",
        Branches: [{ StartAt: "In", States: { In: { ...(end as object), Odd: 1 } } }],
        Next: "End",
      }),
      'state "In", Odd',
    ],
    ["a field of a retrier", chain(task({ Retry: [{ ErrorEquals: ["A"], Often: true }] })), "Retry.0.Often"],
  ])("%s", (_, definition, message) => {
    expect(refusalOf(definition)).toContain(message);
  });

  it("with everything that is wrong at once", () => {
    const message = refusalOf({
      StartAt: "A",
      States: { A: pass({ Odd: 1 }), B: { Type: "Nothing" }, End: end },
    });
    expect(message).toContain("The workflow workflow can't be run:");
    expect(message).toContain('state "A", Odd');
    expect(message).toContain('state "B", Type');
  });
});
