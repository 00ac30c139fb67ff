import * as z from "zod";
import { localAccount, localRegion } from "../template/physical-ids.ts";
import { placeOf, propertiesOf } from "../template/properties-of.ts";
import type { Resource, Template } from "../template/read-template.ts";
import { TemplateError } from "../template/template-error.ts";
import type { Demand } from "./service.ts";

const oneOrMany = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat());
const statementShape = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(["Allow", "Deny"]),
  Action: oneOrMany.optional(),
  NotAction: oneOrMany.optional(),
  Resource: oneOrMany.optional(),
  NotResource: oneOrMany.optional(),
  Condition: z.record(z.string(), z.record(z.string(), oneOrMany)).optional(),
});
const documentShape = z.strictObject({
  Version: z.string().optional(),
  Statement: z.union([statementShape.transform((one) => [one]), z.array(statementShape)]),
});
const inlineShape = z.object({ PolicyDocument: documentShape, Roles: z.array(z.string()).default([]) });
const roleShape = z.object({
  ManagedPolicyArns: z.array(z.string()).default([]),
  Policies: z.array(z.object({ PolicyDocument: documentShape })).default([]),
});

export type Statement = z.infer<typeof statementShape>;

/** What AWS's own managed policies allow; more of them are added here when the template names them. */
const awsManaged: Readonly<Record<string, readonly Statement[]>> = {
  "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole": [
    {
      Effect: "Allow",
      Action: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
      Resource: ["*"],
    },
  ],
};

/** The values that condition keys have for every request here. The SDK speaks HTTP to us in TLS's stead. */
const requestContext: Readonly<Record<string, string>> = {
  "aws:SecureTransport": "true",
  "aws:RequestedRegion": localRegion,
  "aws:PrincipalAccount": localAccount,
  "aws:ResourceAccount": localAccount,
};
/** Keys that only some requests have: the demand brings them. */
const demandContext = new Set(["kms:ViaService", "dynamodb:LeadingKeys"]);

type Operator = (actual: string, wanted: readonly string[]) => boolean;

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const operators: Readonly<Record<string, Operator>> = {
  StringEquals: (actual, wanted) => wanted.includes(actual),
  StringNotEquals: (actual, wanted) => !wanted.includes(actual),
  StringLike: (actual, wanted) => wanted.some((pattern) => matches(pattern, actual)),
  StringNotLike: (actual, wanted) => !wanted.some((pattern) => matches(pattern, actual)),
  ArnEquals: (actual, wanted) => wanted.some((pattern) => matches(pattern, actual)),
  ArnLike: (actual, wanted) => wanted.some((pattern) => matches(pattern, actual)),
  Bool: (actual, wanted) => wanted.some((value) => value.toLowerCase() === actual.toLowerCase()),
};

/**
 * Every role's statements, by the role's ARN: its inline policies, the template's policies attached to it, and
 * managed policies.
 * @param isTaken whether anything here acts under a role: only those must be understood.
 * @throws TemplateError for a policy, condition operator or condition key that nothing here can judge.
 */
export function policiesOfRoles(
  template: Template,
  isTaken: (roleArn: string) => boolean,
): ReadonlyMap<string, readonly Statement[]> {
  const policies = [...template.ofType("AWS::IAM::Policy"), ...template.ofType("AWS::IAM::ManagedPolicy")];
  const attached = policies.map((policy) => ({ policy, ...propertiesOf(policy, inlineShape) }));
  return new Map(
    template
      .ofType("AWS::IAM::Role")
      .filter(({ arn }) => isTaken(arn))
      .map((role) => {
        const { ManagedPolicyArns, Policies } = propertiesOf(role, roleShape);
        const managed = ManagedPolicyArns.flatMap((arn) => {
          const statements =
            awsManaged[arn] ?? attached.find(({ policy }) => policy.arn === arn)?.PolicyDocument.Statement;
          if (statements === undefined)
            throw new TemplateError(placeOf(role, "ManagedPolicyArns"), `${arn} is not known here`);
          return statements;
        });
        const statements = [
          ...Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement),
          ...attached
            .filter(({ Roles }) => Roles.includes(role.ref))
            .flatMap((one) => one.PolicyDocument.Statement),
          ...managed,
        ];
        for (const statement of statements) refuseUnknownConditions(statement, role);
        return [role.arn, statements];
      }),
  );
}

export type Verdict = "allowed" | "denied" | "not granted";

/**
 * Whether statements allow a demand; a Deny beats every Allow, and what is not allowed is refused.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function judge(statements: readonly Statement[], demand: Demand): Verdict {
  const applying = statements.filter((statement) => applies(statement, demand));
  if (applying.some(({ Effect }) => Effect === "Deny")) return "denied";
  return applying.length > 0 ? "allowed" : "not granted";
}

function applies(statement: Statement, demand: Demand): boolean {
  const { Action, NotAction, Resource: resources, NotResource, Condition } = statement;
  const action = demand.action.toLowerCase();
  const named = (patterns: readonly string[]) =>
    patterns.some((pattern) => matches(pattern.toLowerCase(), action));
  if (Action !== undefined ? !named(Action) : named(NotAction ?? ["*"])) return false;
  const located = (patterns: readonly string[]) =>
    patterns.some((pattern) => matches(pattern, demand.resource));
  if (resources !== undefined ? !located(resources) : located(NotResource ?? ["*"])) return false;
  return Object.entries(Condition ?? {}).every(([operator, keys]) =>
    Object.entries(keys).every(([key, wanted]) => holds(operator, key, wanted, demand)),
  );
}

function holds(operator: string, key: string, wanted: readonly string[], demand: Demand): boolean {
  const found = demand.context?.[key] ?? requestContext[key];
  const { quantifier, judges } = operatorNamed(operator);
  const values = [found ?? []].flat();
  // Of no value at all everything is true, and nothing is true of any. Source: IAM, "Set operators for multivalued
  // context keys".
  if (quantifier === "ForAllValues") return values.every((actual) => judges?.(actual, wanted));
  if (quantifier === "ForAnyValue") return values.some((actual) => judges?.(actual, wanted));
  const [actual] = values;
  // A key the request does not have fails every operator but the negated ones.
  if (actual === undefined) return operator.includes("Not");
  return judges?.(actual, wanted) ?? false;
}

function operatorNamed(name: string): { quantifier: string | undefined; judges: Operator | undefined } {
  const [, quantifier, operator = name] = /^(ForAllValues|ForAnyValue):(.+)$/.exec(name) ?? [];
  return { quantifier, judges: operators[operator] };
}

function refuseUnknownConditions(statement: Statement, role: Resource): void {
  for (const [operator, keys] of Object.entries(statement.Condition ?? {})) {
    if (operatorNamed(operator).judges === undefined)
      throw new TemplateError(
        placeOf(role, "its policies"),
        `the condition operator ${operator} is not known here`,
      );
    for (const key of Object.keys(keys))
      if (requestContext[key] === undefined && !demandContext.has(key))
        throw new TemplateError(placeOf(role, "its policies"), `the condition key ${key} has no value here`);
  }
}

/** IAM's wildcards: `*` for any run of characters, `?` for one. */
function matches(pattern: string, text: string): boolean {
  if (pattern === "*" || pattern === text) return true;
  let expression = expressions.get(pattern);
  if (expression === undefined) {
    const escaped = pattern.replaceAll(/[.+^${}()|[\]\\]/g, "\\$&");
    expression = new RegExp(`^${escaped.replaceAll("*", ".*").replaceAll("?", ".")}$`, "s");
    expressions.set(pattern, expression);
  }
  return expression.test(text);
}
const expressions = new Map<string, RegExp>();
