import { CfnOutput, Stack, type StackProps } from "aws-cdk-lib";
import type { Construct } from "constructs";
import type { Bundles } from "../bundling.ts";
import { Alarms } from "../constructs/alarms.ts";
import type { AppContext } from "../constructs/app-context.ts";
import { Background } from "../constructs/background.ts";
import { Intake } from "../constructs/intake.ts";
import { Outbox } from "../constructs/outbox.ts";
import { Pages } from "../constructs/pages.ts";
import { WebApi } from "../constructs/web-api.ts";
import type { StageSettings } from "../stage-settings.ts";
import type { StatefulStack } from "./stateful-stack.ts";

interface StatelessStackProps extends StackProps {
  settings: StageSettings;
  bundles: Bundles;
  data: StatefulStack;
}

/** Everything that can be thrown away and deployed again: the API, the functions, the workflow, the schedules. */
export class StatelessStack extends Stack {
  constructor(scope: Construct, id: string, props: StatelessStackProps) {
    super(scope, id, props);
    const { settings, bundles, data } = props;
    const alarms = new Alarms(this, "Alarms", { settings, key: data.key });
    const api = new WebApi(this, "Web", { settings, alarms });
    const context: AppContext = {
      settings,
      bundles,
      alarms,
      tableName: data.register.tableName,
      baseUrl: settings.baseUrl ?? api.endpoint,
    };
    const outbox = new Outbox(this, "Outbox", { context, data });
    new Pages(this, "Pages", { context, data, api });
    const intake = new Intake(this, "Intake", { context, data });
    intake.workflow.letAnswer(outbox.deliver);
    intake.workflow.letStart(outbox.deliver);
    intake.workflow.letMove(outbox.deliver);
    new Background(this, "Background", { context, data, outbox, intake });
    new CfnOutput(this, "BaseUrl", { value: context.baseUrl });
  }
}
