import {
  type IPolicyValidationContext,
  type IPolicyValidationPlugin,
  type PolicyViolatingResource,
  Validations,
} from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";
import type { IConstruct } from "constructs";

type Report = ReturnType<IPolicyValidationPlugin["validate"]>;

/**
 * cdk-nag's AwsSolutions rules, with one thing added: an acknowledged finding may say `…` where the finding has
 * a reference. cdk-nag matches whole ids, and those contain logical ids and the names of exports that nobody
 * can write by hand or ought to.
 */
export class AwsSolutions implements IPolicyValidationPlugin {
  readonly name = "AwsSolutions";
  private readonly rules: AwsSolutionsChecks;

  constructor(app: IConstruct) {
    this.rules = new AwsSolutionsChecks(app);
  }

  validate(context: IPolicyValidationContext): Report {
    const report = this.rules.validate(context);
    const root = context.appConstruct;
    if (!root) return report;
    const violations = report.violations
      .map((violation) => ({
        ...violation,
        violatingResources: violation.violatingResources.filter(
          (resource) => !isAcknowledged(root, resource, violation.ruleName),
        ),
      }))
      .filter((violation) => violation.violatingResources.length > 0);
    return { ...report, success: violations.length === 0, violations };
  }
}

function isAcknowledged(root: IConstruct, resource: PolicyViolatingResource, rule: string): boolean {
  const path = resource.constructPath;
  if (!path) return false;
  let construct: IConstruct | undefined = path
    .split("/")
    .reduce<IConstruct | undefined>((at, id) => at?.node.tryFindChild(id), root);
  for (; construct; construct = construct.node.scope) {
    if (acknowledgedRules(construct).some((pattern) => matches(pattern, rule))) return true;
  }
  return false;
}

function acknowledgedRules(construct: IConstruct): string[] {
  return construct.node.metadata
    .filter((entry) => entry.type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
    .flatMap((entry) => Object.keys(entry.data ?? {}))
    .map((id) => id.replace(/^annotation::/i, ""));
}

/** `…` stands for anything; everything else for itself. */
function matches(pattern: string, rule: string): boolean {
  const parts = pattern.split("…").map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(rule);
}
