import { CfnOutput, Stack, type StackProps } from "aws-cdk-lib";
import type { Construct } from "constructs";
import type { Bundles } from "../bundling.ts";
import { Alarms } from "../constructs/alarms.ts";
import type { AppContext } from "../constructs/app-context.ts";
import { Background } from "../constructs/background.ts";
import { dashboard } from "../constructs/dashboard.ts";
import { Dues } from "../constructs/dues.ts";
import { Intake } from "../constructs/intake.ts";
import { Outbox } from "../constructs/outbox.ts";
import { Pages } from "../constructs/pages.ts";
import { Watch } from "../constructs/watch.ts";
import { WebApi } from "../constructs/web-api.ts";
import type { StageSettings } from "../stage-settings.ts";
import type { FragileStack } from "./fragile-stack.ts";
import type { StatefulStack } from "./stateful-stack.ts";

interface StatelessStackProps extends StackProps {
  settings: StageSettings;
  bundles: Bundles;
  data: StatefulStack;
  fragile: FragileStack;
}

/**
 * Everything that holds nothing: the API, the functions, the workflow, the schedules, the alarms. It can be deployed
 * again at any time; taken down it would end every running execution and, without a host of our own, every mailed
 * link (docs/runbook.md#taking-the-app-down).
 */
export class StatelessStack extends Stack {
  constructor(scope: Construct, id: string, props: StatelessStackProps) {
    super(scope, id, props);
    const { settings, bundles, data, fragile } = props;
    const { mailSender } = fragile;
    const alarms = new Alarms(this, "Alarms", { settings });
    const api = new WebApi(this, "Web", { settings, alarms });
    const context: AppContext = {
      settings,
      bundles,
      alarms,
      tableName: data.register.tableName,
      baseUrl: api.baseUrl,
    };
    const outbox = new Outbox(this, "Outbox", { context, data, mailSender });
    new Pages(this, "Pages", { context, data, api });
    const intake = new Intake(this, "Intake", { context, data });
    intake.workflow.letAnswer(outbox.deliver);
    intake.workflow.letStart(outbox.deliver, "INTAKE");
    intake.workflow.letMove(outbox.deliver);
    const dues = new Dues(this, "Dues", { context, data });
    dues.workflow.letAnswer(outbox.deliver);
    dues.workflow.letStart(outbox.deliver, "DUES");
    dues.workflow.letMove(outbox.deliver);
    data.documents.letFileInvoices(outbox.deliver);
    const background = new Background(this, "Background", { context, data, mailSender, outbox, intake });
    new Watch(this, "Watch", { context, data, outbox, sweep: background.sweep });
    dashboard(this, settings, alarms);
    new CfnOutput(this, "BaseUrl", { value: context.baseUrl });
  }
}
