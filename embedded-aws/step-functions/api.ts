import * as z from "zod";
import type { AwsRequest, AwsResponse, Demand } from "../gateway/service.ts";
import { type Executions, Refused } from "./executions.ts";
import { historyOf } from "./history.ts";
import type { ExecutionRecord } from "./journal.ts";
import { readToken } from "./tasks.ts";

/** An action of the Step Functions API: what it takes, needs and does. */
interface ActionOf<T> {
  input: z.ZodType<T>;
  /** The resource that the caller's role must allow the action on; undefined when there is none to name. */
  resource(input: NoInfer<T>): string | undefined;
  answer(input: NoInfer<T>, executions: Executions): unknown;
}

/** The same for any body that came: parsed before it is looked at. */
interface Action {
  resource(body: unknown): string | undefined;
  /** Refused: ValidationException, or the action's own. */
  answer(body: unknown, executions: Executions): unknown;
}

function action<T>({ input, resource, answer }: ActionOf<T>): Action {
  return {
    resource(body) {
      const parsed = input.safeParse(body);
      return parsed.success ? resource(parsed.data) : undefined;
    },
    answer(body, executions) {
      const parsed = input.safeParse(body);
      if (!parsed.success) throw new Refused("ValidationException", z.prettifyError(parsed.error));
      return answer(parsed.data, executions);
    },
  };
}

const statuses = z.enum(["RUNNING", "SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED"]);
const page = { maxResults: z.int().min(0).max(1000).default(100), nextToken: z.string().optional() };
const execution = z.object({ executionArn: z.string() });
const seconds = (ms: number) => ms / 1000;

const actions: Record<string, Action> = {
  StartExecution: action({
    input: z.object({
      stateMachineArn: z.string(),
      name: z.string().optional(),
      input: z.string().default("{}"),
      traceHeader: z.string().optional(),
    }),
    resource: ({ stateMachineArn }) => stateMachineArn,
    answer({ stateMachineArn, name, input }, executions) {
      const { arn, startedAt } = executions.start(stateMachineArn, name, input);
      return { executionArn: arn, startDate: seconds(startedAt) };
    },
  }),
  DescribeExecution: action({
    input: execution,
    resource: ({ executionArn }) => executionArn,
    answer({ executionArn }, executions) {
      const record = executions.describe(executionArn);
      const { input, output, error, cause } = record;
      return { ...summary(record), input, inputDetails: { included: true }, output, error, cause };
    },
  }),
  ListExecutions: action({
    input: z.object({ stateMachineArn: z.string(), statusFilter: statuses.optional(), ...page }),
    resource: ({ stateMachineArn }) => stateMachineArn,
    answer({ stateMachineArn, statusFilter, ...asked }, executions) {
      const found = executions
        .list()
        .filter(
          (each) => each.machineArn === stateMachineArn && (!statusFilter || each.status === statusFilter),
        );
      const { items, nextToken } = pageOf(found, asked);
      return { executions: items.map(summary), nextToken };
    },
  }),
  GetExecutionHistory: action({
    input: z.object({
      executionArn: z.string(),
      reverseOrder: z.boolean().default(false),
      includeExecutionData: z.boolean().optional(),
      ...page,
    }),
    resource: ({ executionArn }) => executionArn,
    answer({ executionArn, reverseOrder, ...asked }, executions) {
      const events = historyOf(executions.describe(executionArn), executions.events(executionArn));
      const { items, nextToken } = pageOf(reverseOrder ? events.toReversed() : events, asked);
      return { events: items, nextToken };
    },
  }),
  StopExecution: action({
    input: execution.extend({ error: z.string().optional(), cause: z.string().optional() }),
    resource: ({ executionArn }) => executionArn,
    answer: ({ executionArn, error, cause }, executions) => ({
      stopDate: seconds(executions.stop(executionArn, error, cause)),
    }),
  }),
  SendTaskSuccess: action({
    input: z.object({ taskToken: z.string(), output: z.string() }),
    resource: machineOfToken,
    answer({ taskToken, output }, executions) {
      const result = z.json().safeParse(parsedJson(output));
      if (!result.success) throw new Refused("InvalidOutput", "Invalid Output: the output is no JSON");
      executions.answer(taskToken, { ok: true, output: result.data });
      return {};
    },
  }),
  SendTaskFailure: action({
    input: z.object({ taskToken: z.string(), error: z.string().optional(), cause: z.string().optional() }),
    resource: machineOfToken,
    answer({ taskToken, error, cause }, executions) {
      const told = { ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) };
      executions.answer(taskToken, { ok: false, ...told });
      return {};
    },
  }),
  SendTaskHeartbeat: action({
    input: z.object({ taskToken: z.string() }),
    resource: machineOfToken,
    answer({ taskToken }, executions) {
      executions.heartbeat(taskToken);
      return {};
    },
  }),
};

const TARGET = "AWSStepFunctions.";

/** What the caller's role must allow; nothing for a request that handleStates refuses anyway. */
export function statesDemands(request: AwsRequest): readonly Demand[] {
  const name = actionName(request);
  const resource = actionNamed(name)?.resource(parsedJson(request.body.toString("utf8")));
  return resource === undefined ? [] : [{ action: `states:${name}`, resource }];
}

/** Answers one request of the AWS JSON 1.0 protocol. */
export function handleStates(request: AwsRequest, executions: Executions): AwsResponse {
  const name = actionName(request);
  const known = actionNamed(name);
  if (!known) return error(501, "NotImplemented", `The local Step Functions has no ${name}`);
  try {
    return json(200, known.answer(parsedJson(request.body.toString("utf8")), executions));
  } catch (thrown) {
    if (!(thrown instanceof Refused)) throw thrown;
    return error(thrown.code === "ServiceUnavailable" ? 503 : 400, thrown.code, thrown.message);
  }
}

const actionName = ({ headers }: AwsRequest) => headers["x-amz-target"]?.replace(TARGET, "") ?? "(no action)";

const actionNamed = (name: string) => (Object.hasOwn(actions, name) ? actions[name] : undefined);

/** Answering a token needs the right to its state machine, as CDK's grantTaskResponse gives it. */
function machineOfToken({ taskToken }: { taskToken: string }): string | undefined {
  return readToken(taskToken)
    ?.executionArn.replace(":execution:", ":stateMachine:")
    .replace(/:[^:]+$/, "");
}

function summary({ arn, machineArn, name, status, startedAt, stoppedAt }: ExecutionRecord) {
  return {
    executionArn: arn,
    stateMachineArn: machineArn,
    name,
    status,
    startDate: seconds(startedAt),
    ...(stoppedAt !== undefined && { stopDate: seconds(stoppedAt) }),
    redriveCount: 0,
  };
}

/** The next token is where the next page begins. */
function pageOf<T>(all: readonly T[], asked: { maxResults: number; nextToken?: string | undefined }) {
  const from = Number(asked.nextToken ?? 0);
  if (!Number.isInteger(from)) throw new Refused("InvalidToken", `Invalid Token: '${asked.nextToken}'`);
  const end = from + (asked.maxResults || 100);
  return { items: all.slice(from, end), nextToken: end < all.length ? String(end) : undefined };
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const json = (status: number, body: unknown): AwsResponse => ({
  status,
  headers: { "content-type": "application/x-amz-json-1.0" },
  body: JSON.stringify(body),
});

const error = (status: number, code: string, message: string): AwsResponse => {
  const { headers, ...response } = json(status, { __type: code, message });
  return { ...response, headers: { ...headers, "x-amzn-errortype": code } };
};
