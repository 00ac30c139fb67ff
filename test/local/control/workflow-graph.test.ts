import { expect, test } from "vitest";
import { drawWorkflow } from "../../../local/control/draw-workflow.ts";
import { layOutWorkflow } from "../../../local/control/lay-out-workflow.ts";
import { graphOf } from "../../../local/control/workflow-graph.ts";

const anyError = (Next: string) => ({ ErrorEquals: ["States.ALL"], Next });
const asl = {
  StartAt: "Plan",
  States: {
    Done: { Type: "Succeed" },
    Hold: { Type: "Task", Next: "Plan" },
    Ask: {
      Type: "Choice",
      Choices: [{ Variable: "$.x", StringEquals: "y", Next: "Work" }],
      Default: "Wait",
    },
    Wait: {
      Type: "Task",
      Next: "Plan",
      Catch: [{ ErrorEquals: ["States.Timeout"], Next: "Plan" }, anyError("Hold")],
    },
    Work: {
      Type: "Map",
      Next: "Done",
      Catch: [anyError("Hold")],
      ItemProcessor: { StartAt: "Charge", States: { Charge: { Type: "Task", End: true } } },
    },
    Plan: { Type: "Task", Next: "Ask" },
  },
};

test("a workflow is read in the order it is gone through, however its definition is written", () => {
  const { states, edges, mainWay } = graphOf(asl);
  expect(states.map(({ name }) => name)).toEqual(["Plan", "Ask", "Wait", "Work", "Charge", "Done", "Hold"]);
  expect(edges).toContainEqual({ from: "Wait", to: "Plan", kind: "next" });
  expect(edges).toContainEqual({ from: "Ask", to: "Work", kind: "choice" });
  expect(edges).toContainEqual({ from: "Wait", to: "Hold", kind: "catch" });
  expect(edges).toContainEqual({ from: "Work", to: "Charge", kind: "inside" });
  expect(mainWay).toEqual(["Plan", "Ask", "Work", "Done"]);
});

test("time that runs out where one waits is a way on, not a failure", () => {
  const { edges } = graphOf({
    StartAt: "Wait",
    States: {
      Wait: { Type: "Task", Next: "Done", Catch: [{ ErrorEquals: ["States.Timeout"], Next: "Remind" }] },
      Remind: { Type: "Task", Next: "Wait" },
      Done: { Type: "Succeed" },
    },
  });
  expect(edges).toContainEqual({ from: "Wait", to: "Remind", kind: "late" });
});

/** `count` steps after each other; each of them may fail to one and the same state, and may end early. */
function longWorkflow(count: number) {
  const steps = Array.from({ length: count }, (_, index) => `Step ${index}`);
  const States: Record<string, unknown> = {
    Hold: { Type: "Task", Next: "Step 0" },
    Ended: { Type: "Succeed" },
    Finished: { Type: "Succeed" },
  };
  for (const [index, name] of steps.entries()) {
    const next = steps[index + 1] ?? "Finished";
    States[name] = { Type: "Task", Next: `Is ${name} the last?`, Catch: [anyError("Hold")] };
    States[`Is ${name} the last?`] = { Type: "Choice", Choices: [{ Next: "Ended" }], Default: next };
  }
  return graphOf({ StartAt: "Step 0", States });
}

test("thirty states keep apart from each other, the main way above all", async () => {
  const { states, edges, width } = await layOutWorkflow(longWorkflow(14));
  for (const one of states)
    for (const other of states.filter(({ key }) => key > one.key)) {
      const apart =
        Math.abs(one.x - other.x) >= (one.width + other.width) / 2 ||
        Math.abs(one.y - other.y) >= (one.height + other.height) / 2;
      expect(apart, `${one.key} and ${other.key}`).toBe(true);
    }
  for (const { from, to } of edges.filter(({ main }) => main)) {
    const [above, below] = [from, to].map((key) => states.find((state) => state.key === key)?.y ?? 0);
    expect(above, `${from} above ${to}`).toBeLessThan(below ?? 0);
  }
  expect(width).toBeLessThan(1300);
});

test("where nearly every state fails to is a mark on each, and where a few do are lines", async () => {
  const many = await layOutWorkflow(longWorkflow(14));
  expect(many.edges.filter(({ kind }) => kind === "catch")).toEqual([]);
  expect(many.states.filter(({ failsTo }) => failsTo === "Hold")).toHaveLength(14);
  const few = await layOutWorkflow(graphOf(asl));
  expect(few.edges.filter(({ kind }) => kind === "catch")).toHaveLength(2);
  expect(few.states.filter(({ failsTo }) => failsTo !== undefined)).toEqual([]);
});

test("only the states where the case stands are lit", async () => {
  const drawn = drawWorkflow(await layOutWorkflow(graphOf(asl)), ["Wait"], "agreement-intake").toString();
  expect(drawn.match(/ lit"/g)).toHaveLength(1);
  expect(drawn).toMatch(/ lit"><title>Wait<\/title>/);
});
