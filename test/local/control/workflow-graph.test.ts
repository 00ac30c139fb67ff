import { expect, test } from "vitest";
import { drawWorkflow, graphOf } from "../../../local/control/workflow-graph.ts";

const asl = {
  StartAt: "Plan",
  States: {
    Done: { Type: "Succeed" },
    Hold: { Type: "Task", Next: "Plan" },
    Ask: { Type: "Choice", Choices: [{ Variable: "$.x", StringEquals: "y", Next: "Done" }], Default: "Wait" },
    Wait: { Type: "Task", Next: "Plan", Catch: [{ ErrorEquals: ["States.ALL"], Next: "Hold" }] },
    Plan: { Type: "Task", Next: "Ask" },
  },
};

test("a workflow is drawn in the order it is gone through, however its definition is written", () => {
  const { rows, edges } = graphOf(asl);
  expect(rows.map(({ name }) => name)).toEqual(["Plan", "Ask", "Wait", "Hold", "Done"]);
  expect(edges).toContainEqual({ from: 2, to: 0, kind: "next" });
  expect(edges).toContainEqual({ from: 1, to: 4, kind: "choice" });
  expect(edges).toContainEqual({ from: 2, to: 3, kind: "catch" });
});

test("only the states where the case stands are lit", () => {
  const drawn = drawWorkflow(graphOf(asl), ["Wait"], "agreement-intake").toString();
  expect(drawn.match(/ lit"/g)).toHaveLength(1);
  expect(drawn).toMatch(/ lit">.*>Wait<\/text><circle/);
});
