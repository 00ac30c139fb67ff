import { Stack, type StackProps } from "aws-cdk-lib";
import type { Construct } from "constructs";
import { MailSender } from "../constructs/mail-sender.ts";
import { MalwareScan } from "../constructs/malware-scan.ts";
import type { StageSettings } from "../stage-settings.ts";
import type { StatefulStack } from "./stateful-stack.ts";

interface FragileStackProps extends StackProps {
  settings: StageSettings;
  data: StatefulStack;
}

/**
 * What AWS may refuse the first time: GuardDuty tries the plan's role right after it was made, SES wants a domain
 * that no other account has. It holds nothing, so a failed creation is deleted and tried again, and neither the
 * register before it nor the app after it is touched.
 */
export class FragileStack extends Stack {
  readonly mailSender: MailSender;

  constructor(scope: Construct, id: string, { settings, data, ...props }: FragileStackProps) {
    super(scope, id, props);
    new MalwareScan(this, "MalwareScan", {
      bucket: data.documents.incoming,
      prefix: "uploads/",
      key: data.key,
    });
    this.mailSender = new MailSender(this, "Mail", { settings });
    // By hand, as in the stack of the data.
    for (const value of this.mailSender.names) this.exportValue(value);
  }
}
