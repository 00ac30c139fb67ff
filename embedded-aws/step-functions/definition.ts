import * as z from "zod";
import type { Json } from "../template/json.ts";
import { type ChoiceRule, choiceRule, isTimestamp } from "./choice-rules.ts";
import { parseExpression } from "./intrinsics.ts";
import { isReferencePath, parsePath } from "./json-path.ts";
import { templateProblems } from "./payload-template.ts";

/**
 * The JSONPath subset of the Amazon States Language that is run here, as strict schemas: a field, state type,
 * resource, comparison or intrinsic function that isn't listed stops the start.
 */
const checkedBy = (check: (text: string) => void) => (text: string, context: z.RefinementCtx) => {
  try {
    check(text);
  } catch (error) {
    context.addIssue({ code: "custom", message: error instanceof Error ? error.message : String(error) });
  }
};

const path = z.string().superRefine(checkedBy(parsePath));
const expression = z.string().superRefine(checkedBy(parseExpression));
const referencePath = z.string().superRefine(
  checkedBy((text) => {
    if (!isReferencePath(parsePath(text))) throw new Error(`'${text}' does not name one single place`);
  }),
);
const template = z.json().superRefine((value, context) => {
  for (const { place, message } of templateProblems(value)) {
    context.addIssue({ code: "custom", message, path: [...place] });
  }
});
const seconds = z.int().min(1).max(99_999_999);

const described = { Comment: z.string().optional(), QueryLanguage: z.literal("JSONPath").optional() };
const filtered = { InputPath: path.nullable().optional(), OutputPath: path.nullable().optional() };
const goesOn = { Next: z.string().optional(), End: z.boolean().optional() };
const hasAWayOn = <S extends z.ZodType<{ Next?: string | undefined; End?: boolean | undefined }>>(
  schema: S,
) => schema.refine(({ Next, End }) => (Next === undefined) === (End === true), "needs either Next or End");
const givesResult = { ResultPath: referencePath.nullable().optional(), ResultSelector: template.optional() };

const retrier = z.strictObject({
  Comment: z.string().optional(),
  ErrorEquals: z.array(z.string()).min(1),
  IntervalSeconds: seconds.optional(),
  MaxAttempts: z.int().min(0).max(99_999_999).optional(),
  BackoffRate: z.number().min(1).optional(),
  MaxDelaySeconds: seconds.optional(),
  JitterStrategy: z.enum(["FULL", "NONE"]).optional(),
});

const catcher = z.strictObject({
  Comment: z.string().optional(),
  ErrorEquals: z.array(z.string()).min(1),
  Next: z.string(),
  ResultPath: referencePath.nullable().optional(),
});

const mayFail = { Retry: z.array(retrier).optional(), Catch: z.array(catcher).optional() };

const FUNCTION_ARN = /^arn:aws[\w-]*:lambda:[\w-]+:\d{12}:function:[\w-]+(:[\w$-]+)?$/;
const INVOKE = /^arn:aws[\w-]*:states:::lambda:invoke(\.waitForTaskToken)?$/;
const INVOKE_PARAMETERS = ["FunctionName", "Payload", "InvocationType", "Qualifier"];

const task = hasAWayOn(
  z.strictObject({
    Type: z.literal("Task"),
    ...described,
    ...filtered,
    ...goesOn,
    ...givesResult,
    ...mayFail,
    Resource: z.string().refine((text) => FUNCTION_ARN.test(text) || INVOKE.test(text), {
      error: (issue) => `'${String(issue.input)}' is no resource that is run here`,
    }),
    Parameters: template.optional(),
    TimeoutSeconds: seconds.optional(),
    TimeoutSecondsPath: path.optional(),
    HeartbeatSeconds: seconds.optional(),
    HeartbeatSecondsPath: path.optional(),
  }),
).superRefine((state, context) => {
  if (!INVOKE.test(state.Resource)) return;
  const given = z.record(z.string(), z.json()).safeParse(state.Parameters);
  if (!given.success) {
    context.addIssue({ code: "custom", message: "needs Parameters with FunctionName" });
    return;
  }
  const names = Object.keys(given.data).map((name) => name.replace(/\.\$$/, ""));
  for (const name of names.filter((each) => !INVOKE_PARAMETERS.includes(each))) {
    context.addIssue({ code: "custom", message: "not known to lambda:invoke", path: ["Parameters", name] });
  }
  if (!names.includes("FunctionName")) {
    context.addIssue({ code: "custom", message: "needs FunctionName", path: ["Parameters"] });
  }
  if ((given.data["InvocationType"] ?? "RequestResponse") !== "RequestResponse") {
    context.addIssue({
      code: "custom",
      message: "must be RequestResponse",
      path: ["Parameters", "InvocationType"],
    });
  }
  for (const [one, other] of [
    ["TimeoutSeconds", "TimeoutSecondsPath"],
    ["HeartbeatSeconds", "HeartbeatSecondsPath"],
  ] as const) {
    if (state[one] !== undefined && state[other] !== undefined) {
      context.addIssue({ code: "custom", message: `and ${other} exclude each other`, path: [one] });
    }
  }
});

const pass = hasAWayOn(
  z.strictObject({
    Type: z.literal("Pass"),
    ...described,
    ...filtered,
    ...goesOn,
    ResultPath: referencePath.nullable().optional(),
    Result: z.json().optional(),
    Parameters: template.optional(),
  }),
);

const choice = z.strictObject({
  Type: z.literal("Choice"),
  ...described,
  ...filtered,
  Choices: z
    .array(
      z
        .looseObject({ Next: z.string() })
        .transform(({ Next, ...rule }, context): { Next: string; rule: ChoiceRule } => {
          const parsed = choiceRule.safeParse(rule);
          if (parsed.success) return { Next, rule: parsed.data };
          for (const { message, path: place } of parsed.error.issues) {
            context.addIssue({ code: "custom", message, path: [...place] });
          }
          return z.NEVER;
        }),
    )
    .min(1),
  Default: z.string().optional(),
});

const waitTimes = {
  Seconds: z.int().min(0).max(99_999_999).optional(),
  SecondsPath: path.optional(),
  Timestamp: z.string().refine(isTimestamp, "must be an RFC 3339 timestamp").optional(),
  TimestampPath: path.optional(),
};

const wait = hasAWayOn(
  z.strictObject({ Type: z.literal("Wait"), ...described, ...filtered, ...goesOn, ...waitTimes }),
).refine(
  (state) =>
    [state.Seconds, state.SecondsPath, state.Timestamp, state.TimestampPath].filter(
      (time) => time !== undefined,
    ).length === 1,
  "needs one of Seconds, SecondsPath, Timestamp and TimestampPath",
);

const succeed = z.strictObject({ Type: z.literal("Succeed"), ...described, ...filtered });

const fail = z.strictObject({
  Type: z.literal("Fail"),
  ...described,
  Error: z.string().optional(),
  ErrorPath: expression.optional(),
  Cause: z.string().optional(),
  CausePath: expression.optional(),
});

/** A chain of states with a beginning: the whole workflow, a branch, or what a Map does to each item. */
export interface Chain {
  StartAt: string;
  States: Record<string, State>;
}

export type ParallelState = z.infer<typeof parallelFields> & { Branches: Chain[] };
export type MapState = z.infer<typeof mapFields> & { ItemProcessor: Chain };
export type TaskState = z.infer<typeof task>;
export type PassState = z.infer<typeof pass>;
export type ChoiceState = z.infer<typeof choice>;
export type WaitState = z.infer<typeof wait>;
export type SucceedState = z.infer<typeof succeed>;
export type FailState = z.infer<typeof fail>;
export type State =
  | TaskState
  | PassState
  | ChoiceState
  | WaitState
  | SucceedState
  | FailState
  | ParallelState
  | MapState;

const parallelFields = z.strictObject({
  Type: z.literal("Parallel"),
  ...described,
  ...filtered,
  ...goesOn,
  ...givesResult,
  ...mayFail,
  Parameters: template.optional(),
});

const mapFields = z.strictObject({
  Type: z.literal("Map"),
  ...described,
  ...filtered,
  ...goesOn,
  ...givesResult,
  ...mayFail,
  ItemsPath: path.optional(),
  ItemSelector: template.optional(),
  MaxConcurrency: z.int().min(0).optional(),
  MaxConcurrencyPath: path.optional(),
});

const parallel = z.lazy(() =>
  hasAWayOn(
    parallelFields.extend({ Branches: z.array(z.strictObject(chainFields).superRefine(linked)).min(1) }),
  ),
);

const map = z.lazy(() =>
  hasAWayOn(
    mapFields.extend({
      ItemProcessor: z
        .strictObject({
          ...chainFields,
          ProcessorConfig: z
            .strictObject({
              Mode: z.literal("INLINE", { error: "only INLINE maps are run here, no distributed ones" }),
            })
            .optional(),
        })
        .superRefine(linked),
    }),
  ),
);

const state: z.ZodType<State> = z.lazy(() =>
  z.discriminatedUnion("Type", [task, pass, choice, wait, succeed, fail, parallel.unwrap(), map.unwrap()], {
    error: "is no state type that is run here",
  }),
);

const chainFields = {
  Comment: z.string().optional(),
  QueryLanguage: z.literal("JSONPath").optional(),
  StartAt: z.string(),
  States: z.record(z.string().min(1).max(80), state),
};

/** Every transition leads to a state of the same chain, and every state is led to, as AWS demands as well. */
function linked(chain: Chain, context: z.RefinementCtx): void {
  const reached = new Set([chain.StartAt]);
  if (!Object.hasOwn(chain.States, chain.StartAt)) {
    context.addIssue({ code: "custom", message: `there is no state '${chain.StartAt}'`, path: ["StartAt"] });
  }
  for (const name of reached) {
    const each = Object.hasOwn(chain.States, name) ? chain.States[name] : undefined;
    for (const [target, ...place] of each ? transitionsOf(each) : []) {
      reached.add(target);
      if (Object.hasOwn(chain.States, target)) continue;
      const message = `there is no state '${target}'`;
      context.addIssue({ code: "custom", message, path: ["States", name, ...place] });
    }
  }
  for (const name of Object.keys(chain.States).filter((each) => !reached.has(each))) {
    context.addIssue({ code: "custom", message: "nothing leads to this state", path: ["States", name] });
  }
}

/** Where a state may lead, each with the field that says so. */
function transitionsOf(state: State): [string, ...(string | number)[]][] {
  const given = (target: string | undefined, field: string): [string, string][] =>
    target === undefined ? [] : [[target, field]];
  return [
    ...("Next" in state ? given(state.Next, "Next") : []),
    ...(state.Type === "Choice" ? given(state.Default, "Default") : []),
    ...(state.Type === "Choice"
      ? state.Choices.map(({ Next }, at): [string, string, number, string] => [Next, "Choices", at, "Next"])
      : []),
    ...("Catch" in state && state.Catch
      ? state.Catch.map(({ Next }, at): [string, string, number, string] => [Next, "Catch", at, "Next"])
      : []),
  ];
}

const definition = z
  .strictObject({ ...chainFields, Version: z.literal("1.0").optional(), TimeoutSeconds: seconds.optional() })
  .superRefine(linked);

export type Definition = Chain & { TimeoutSeconds?: number | undefined };

export class DefinitionRefused extends Error {
  override readonly name = "DefinitionRefused";
}

/** Reads a definition. DefinitionRefused names each state and field that can't be run. */
export function loadDefinition(workflow: string, asl: Json): Definition {
  const result = definition.safeParse(asl);
  if (result.success) return result.data;
  const problems = result.error.issues.flatMap(problemTexts);
  throw new DefinitionRefused(
    `The workflow ${workflow} can't be run:\n${problems.map((text) => `  ${text}`).join("\n")}`,
  );
}

function problemTexts(issue: z.core.$ZodIssue): string[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => `${whereabouts([...issue.path, key])}: this field is not known here`);
  }
  return [`${whereabouts(issue.path)}: ${issue.message}`];
}

/** `state "Ask the secretariat", Retry.0.ErrorEquals`, for nested states the innermost one. */
function whereabouts(place: readonly PropertyKey[]): string {
  const names = place.map(String);
  const inner = names.lastIndexOf("States");
  const stateName = inner < 0 ? undefined : names[inner + 1];
  const field = (stateName === undefined ? names : names.slice(inner + 2)).join(".");
  return [stateName === undefined ? undefined : `state "${stateName}"`, field].filter(Boolean).join(", ");
}
