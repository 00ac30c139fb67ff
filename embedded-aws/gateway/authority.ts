import * as z from "zod";
import type { Template } from "../template/read-template.ts";
import { accessKeyIdOf, rootAccessKeyId } from "./credentials.ts";
import { keysBehind } from "./encryption-keys.ts";
import { judge, policiesOfRoles, type Verdict } from "./policies.ts";
import type { Caller, Demand } from "./service.ts";

/** Why a request is refused: the grant that the template lacks, or the Deny that it has. */
export interface Refusal {
  caller: Caller;
  demand: Demand;
  verdict: Exclude<Verdict, "allowed">;
  /** One sentence for the log and the error, as AWS words it. */
  message: string;
}

/** Who is who, and who may do what: the roles of the template. */
export interface Authority {
  /** The function's role behind an access key, "root" for the local control's own key; undefined for a stranger. */
  callerOf(accessKeyId: string): Caller | undefined;
  /** The first demand the caller's role does not meet; undefined when all are allowed. */
  refusalOf(caller: Caller, demands: readonly Demand[]): Refusal | undefined;
  /** The same for a role named by its ARN: what a state machine, a pipe or a schedule would run under. */
  refusalOfRole(roleArn: string, demands: readonly Demand[]): Refusal | undefined;
}

const functionShape = z.object({ Role: z.string() });
const stateMachineShape = z.object({ RoleArn: z.string() });
const pipeShape = z.object({ RoleArn: z.string() });
const scheduleShape = z.object({ Target: z.object({ RoleArn: z.string() }) });

/** The roles that something here acts under. */
function takenRoles(template: Template): Set<string> {
  return new Set([
    ...template.ofType("AWS::Lambda::Function").map(({ properties }) => functionShape.parse(properties).Role),
    ...template
      .ofType("AWS::StepFunctions::StateMachine")
      .map(({ properties }) => stateMachineShape.parse(properties).RoleArn),
    ...template.ofType("AWS::Pipes::Pipe").map(({ properties }) => pipeShape.parse(properties).RoleArn),
    ...template
      .ofType("AWS::Scheduler::Schedule")
      .map(({ properties }) => scheduleShape.parse(properties).Target.RoleArn),
  ]);
}

/** Reads roles and policies from the template. Throws TemplateError for what cannot be judged here. */
export function createAuthority(template: Template): Authority {
  const taken = takenRoles(template);
  const statements = policiesOfRoles(template, (arn) => taken.has(arn));
  const roles = new Map(template.ofType("AWS::IAM::Role").map((role) => [role.arn, role.logicalId]));
  const arns = new Map([...roles].map(([arn, logicalId]) => [logicalId, arn]));
  const keyDemands = keysBehind(template);
  const callers = new Map<string, Caller>([
    [rootAccessKeyId, { accessKeyId: rootAccessKeyId, principal: "root" }],
  ]);
  for (const { logicalId, properties } of template.ofType("AWS::Lambda::Function")) {
    const accessKeyId = accessKeyIdOf(logicalId);
    if (callers.has(accessKeyId))
      throw new Error(`Two functions of the template share the logical id ${logicalId}`);
    callers.set(accessKeyId, {
      accessKeyId,
      principal: roles.get(functionShape.parse(properties).Role) ?? "",
    });
  }

  const refusalOf = (caller: Caller, demands: readonly Demand[]): Refusal | undefined => {
    if (caller.principal === "root") return undefined;
    const granted = statements.get(arns.get(caller.principal) ?? "") ?? [];
    for (const demand of demands.flatMap((one) => [one, ...keyDemands(one)])) {
      const verdict = judge(granted, demand);
      if (verdict === "allowed") continue;
      const because = verdict === "denied" ? "an explicit deny" : `no grant in the role ${caller.principal}`;
      const message = `${caller.accessKeyId} is not authorized to perform ${demand.action} on ${demand.resource}: ${because}`;
      return { caller, demand, verdict, message };
    }
    return undefined;
  };

  return {
    callerOf: (accessKeyId) => callers.get(accessKeyId),
    refusalOf,
    refusalOfRole: (roleArn, demands) =>
      refusalOf({ accessKeyId: roleArn, principal: roles.get(roleArn) ?? "" }, demands),
  };
}
