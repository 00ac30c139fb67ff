import { createHash } from "node:crypto";
import { ArnFormat, Lazy, RemovalPolicy, Stack } from "aws-cdk-lib";
import { Policy, PolicyStatement } from "aws-cdk-lib/aws-iam";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import {
  type CfnStateMachine,
  DefinitionBody,
  type IChainable,
  LogLevel,
  StateMachine,
} from "aws-cdk-lib/aws-stepfunctions";
import { Construct } from "constructs";
import { acknowledge } from "./acknowledge.ts";
import type { Alarms, Failure } from "./alarms.ts";
import type { AppFunction } from "./app-function.ts";

export interface WatchedWorkflowProps extends Failure {
  alarms: Alarms;
  logRetentionDays: number;
  definition: IChainable;
}

/** A Standard workflow that logs every step but no data, and rings when an execution fails or is stopped. */
export class WatchedWorkflow extends Construct {
  private readonly stateMachine: StateMachine;

  constructor(scope: Construct, id: string, props: WatchedWorkflowProps) {
    super(scope, id);
    const logGroup = new LogGroup(this, "Log", {
      // The prefix keeps the delivery out of CloudWatch's resource policy, which is full at 5,120 characters.
      logGroupName: `/aws/vendedlogs/states/${Stack.of(this).stackName}-${id}`,
      retention: props.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.stateMachine = new StateMachine(this, "StateMachine", {
      // Named, for people meet it: in the console, in alarms, and on the local control page.
      stateMachineName: `${Stack.of(this).stackName}-${id}`,
      definitionBody: DefinitionBody.fromChainable(props.definition),
      logs: { destination: logGroup, level: LogLevel.ALL, includeExecutionData: false },
      tracingEnabled: true,
    });
    const { stateMachine } = this;
    const ends = [stateMachine.metricFailed(), stateMachine.metricTimedOut(), stateMachine.metricAborted()];
    props.alarms.onFirst(id, ends, { ...props, places: [["Log group", logGroup.logGroupName]] });
    acknowledge(this.stateMachine, {
      "AwsSolutions-IAM5[Resource::….Arn>:*]": "Versions and aliases of the step's own function.",
      "AwsSolutions-IAM5[Resource::*]":
        "Log delivery and X-Ray have no resources to name (AWS documents both with *).",
    });
  }

  /**
   * Lets a function start executions, under the definition of this deployment.
   * @param named what the function's own settings for this workflow begin with
   */
  letStart(fn: AppFunction, named: "INTAKE" | "DUES"): void {
    fn.allow(["states:StartExecution"], [this.stateMachine.stateMachineArn]);
    fn.set(`${named}_WORKFLOW_ARN`, this.stateMachine.stateMachineArn);
    fn.set(`${named}_DEFINITION`, this.definitionHash());
  }

  /** Lets a function see how an execution stands, and end one that waits under an older definition. */
  letMove(fn: AppFunction): void {
    fn.allow(["states:DescribeExecution", "states:StopExecution"], [this.executions()]);
    acknowledge(fn, {
      "AwsSolutions-IAM5[Resource::…:execution:…:*]":
        "All executions of this one workflow: each has a name of its own.",
    });
  }

  /** What the workflow is, in 16 hexadecimal letters: a running execution keeps the one it began under. */
  private definitionHash(): string {
    const resource = this.stateMachine.node.defaultChild as CfnStateMachine;
    const definition = () => JSON.stringify(Stack.of(this).resolve(resource.definitionString));
    return Lazy.string({
      produce: () => createHash("sha256").update(definition()).digest("hex").slice(0, 16),
    });
  }

  /**
   * Lets a function answer the workflow's waits. A policy of its own, beside the role's: the role's comes before
   * its function, the function before the steps that invoke it, the steps before this workflow.
   */
  letAnswer(fn: AppFunction): void {
    const policy = new Policy(this, `AnsweredBy${fn.node.id}`, {
      statements: [
        new PolicyStatement({
          actions: ["states:SendTaskSuccess", "states:SendTaskFailure"],
          resources: [this.stateMachine.stateMachineArn],
        }),
      ],
    });
    fn.attach(policy);
  }

  private executions(): string {
    return Stack.of(this).formatArn({
      service: "states",
      resource: "execution",
      resourceName: `${this.stateMachine.stateMachineName}:*`,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  }
}
