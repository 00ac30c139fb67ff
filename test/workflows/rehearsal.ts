import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as z from "zod";
import { startClock } from "../../embedded-aws/clock/clock.ts";
import type { InvokeResult, LambdaInvoker } from "../../embedded-aws/lambda/invoker.ts";
import { createStepFunctions, type StepFunctions } from "../../embedded-aws/step-functions/step-functions.ts";
import type { IntakeExecution } from "../../shared/contracts/intake.ts";
import type { CaseId } from "../../shared/domain/owner.ts";
import type { IntakeStep } from "../../workflows/agreement-intake.ts";
import { type Assembly, assemblyOf } from "../infra/cloud-assembly.ts";

const MACHINE = "arn:aws:states:eu-north-1:000000000000:stateMachine:agreement-intake";
const UPLOAD: IntakeExecution = {
  caseId: "case-1" as CaseId,
  key: "uploads/case-1/upload-1.pdf",
  versionId: "v1",
};

/** What a step's function is given: the execution's input, and for some steps more. */
export type StepInput = IntakeExecution & {
  wait?: string;
  stage?: string;
  error?: string;
  taskToken?: string;
};
/** How a stub answers: with a value, or by throwing under an error's name. */
export type Script = Partial<Record<IntakeStep, (input: StepInput, calls: number) => unknown>>;

/** What a function throws, by the name that the workflow catches. */
export class Thrown extends Error {
  readonly errorType: string;

  constructor(errorType: string) {
    super(errorType);
    this.errorType = errorType;
  }
}

export interface Rehearsal {
  /** Starts the execution and lets it run until it waits or ends. */
  begin(): Promise<void>;
  /** The functions that ran, in order, each with what it was given. */
  calls(): { step: IntakeStep; input: StepInput }[];
  /** The states that were entered, in order. */
  states(): Promise<string[]>;
  status(): { status: string; error?: string; now: string[] };
  /** Answers the wait that stands, as the outbox does. */
  answer(token?: string): Promise<void>;
  /** Moves the clock on and lets everything due happen. */
  pass(seconds: number): Promise<void>;
  /** Ends the process as a kill would and starts another on the same journal. */
  crash(): Promise<void>;
}

const happyPath = {
  "register-upload": () => ({ outcome: "registered" }),
  "judge-document": () => ({ outcome: "accepted" }),
  "reject-upload": () => ({}),
  "open-round": () => ({ outcome: "ask" }),
  "plan-next-wake": () => ({ outcome: "passed", wake: { seconds: 1 } }),
  "store-task-token": () => ({}),
  "archive-agreement": () => ({}),
  "admit-member": () => ({}),
  "hold-case": () => ({}),
} satisfies Required<Script>;

/** The deployed definition of agreement-intake on the embedded Step Functions, a still clock and scripted functions. */
export async function rehearse(script: Script): Promise<Rehearsal> {
  const dataDir = mkdtempSync(join(tmpdir(), "rehearsal-"));
  const clock = startClock({ mode: "still", startMs: Date.UTC(2026, 10, 23, 9) });
  const calls: { step: IntakeStep; input: StepInput }[] = [];
  const invoker: LambdaInvoker = {
    async invoke(functionArn, payload) {
      const step = functionArn.slice(functionArn.lastIndexOf(":") + 1) as IntakeStep;
      const input = payload as StepInput;
      calls.push({ step, input });
      const times = calls.filter((call) => call.step === step).length;
      return answerOf(() => (script[step] ?? happyPath[step])(input, times));
    },
    invokeAsync() {
      throw new Error("A workflow's step is always waited for");
    },
  };
  const definition = definitionOf(await assemblyOf("local"));
  const open = () =>
    createStepFunctions({
      dataDir,
      clock,
      invoker,
      machines: [{ arn: MACHINE, name: "agreement-intake", definition }],
    });
  let service = open();
  const tokens = () => calls.flatMap(({ input }) => input.taskToken ?? []);
  return {
    calls: () => calls,
    async begin() {
      await request(service, "StartExecution", {
        stateMachineArn: MACHINE,
        name: "one",
        input: JSON.stringify(UPLOAD),
      });
      await clock.idle();
    },
    async states() {
      const executionArn = `${MACHINE.replace(":stateMachine:", ":execution:")}:one`;
      const { events } = history.parse(
        await request(service, "GetExecutionHistory", { executionArn, maxResults: 1000 }),
      );
      return events.flatMap(({ stateEnteredEventDetails }) => stateEnteredEventDetails?.name ?? []);
    },
    status() {
      const [execution] = service.executions();
      if (!execution) throw new Error("Nothing was started");
      const { status, error, currentStates } = execution;
      return { status, ...(error === undefined ? {} : { error }), now: currentStates };
    },
    async answer(token = tokens().at(-1)) {
      await request(service, "SendTaskSuccess", { taskToken: token, output: "{}" });
      await clock.idle();
    },
    pass: (seconds) => clock.advanceTo(clock.now() + seconds * 1000),
    async crash() {
      service.close();
      service = open();
      service.resume();
      await clock.idle();
    },
  };
}

const history = z.object({
  events: z.array(z.object({ stateEnteredEventDetails: z.object({ name: z.string() }).optional() })),
});

/** The very definition that deploys, with each function's ARN named after its folder. */
export function definitionOf(
  assembly: Assembly,
  workflow: "Intake" | "Dues" = "Intake",
): z.core.util.JSONType {
  const names = new Map(
    assembly.ofType("AWS::Lambda::Function").map((fn) => [fn.id, String(fn.Properties["Description"])]),
  );
  const machine = assembly.the("AWS::StepFunctions::StateMachine", workflow);
  const text = assembly
    .flat(machine.Properties["DefinitionString"])
    .replaceAll("<AWS::Partition>", "aws")
    .replace(
      /<(\w+)\.Arn>/g,
      (_, id: string) => `arn:aws:lambda:eu-north-1:000000000000:function:${names.get(id)}`,
    );
  return z.json().parse(JSON.parse(text));
}

function answerOf(run: () => unknown): InvokeResult {
  try {
    return { ok: true, payload: run() };
  } catch (error) {
    if (!(error instanceof Thrown)) throw error;
    return { ok: false, errorType: error.errorType, errorMessage: "scripted", payload: null };
  }
}

export async function request(service: StepFunctions, action: string, body: unknown): Promise<unknown> {
  const answer = await service.handle({
    method: "POST",
    url: new URL("http://127.0.0.1/"),
    headers: { "x-amz-target": `AWSStepFunctions.${action}` },
    body: Buffer.from(JSON.stringify(body)),
    caller: { accessKeyId: "ROOT", principal: "root" },
  });
  const read: unknown = JSON.parse(String(answer.body));
  if (answer.status !== 200) throw new Error(`${action}: ${JSON.stringify(read)}`);
  return read;
}
