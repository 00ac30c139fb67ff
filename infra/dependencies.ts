import { CfnResource, type IAspect, Lazy } from "aws-cdk-lib";
import { CfnRole } from "aws-cdk-lib/aws-iam";
import { CfnFunction } from "aws-cdk-lib/aws-lambda";
import { CfnStateMachine } from "aws-cdk-lib/aws-stepfunctions";
import type { IConstruct } from "constructs";

/**
 * Leaves a function's and a state machine's own role out of what they depend on. CDK lists it beside the role's
 * policies, but they refer to it as well, and CloudFormation waits for whatever is referred to: cfn-lint W3005.
 */
export class RolesOnlyByReference implements IAspect {
  visit(node: IConstruct): void {
    if (!(node instanceof CfnFunction || node instanceof CfnStateMachine)) return;
    // Late: CDK adds the dependencies of L2 constructs only when the app is synthesized.
    node.addOverride("DependsOn", Lazy.any({ produce: () => dependenciesOf(node) }));
  }
}

function dependenciesOf(resource: CfnResource): string[] | undefined {
  const names = resource
    .obtainDependencies()
    .filter((dependency) => CfnResource.isCfnResource(dependency))
    .filter((dependency) => !(dependency instanceof CfnRole))
    .map(({ logicalId }) => resource.stack.resolve(logicalId) as string)
    .sort();
  return names.length > 0 ? names : undefined;
}
