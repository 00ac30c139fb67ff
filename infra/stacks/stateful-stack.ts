import { CfnOutput, RemovalPolicy, Stack, type StackProps } from "aws-cdk-lib";
import { ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Key } from "aws-cdk-lib/aws-kms";
import type { Construct } from "constructs";
import { Documents } from "../constructs/documents.ts";
import { LinkKeys } from "../constructs/link-keys.ts";
import { MailSender } from "../constructs/mail-sender.ts";
import { MalwareScan } from "../constructs/malware-scan.ts";
import { Register } from "../constructs/register.ts";
import type { StageSettings } from "../stage-settings.ts";

/** What must outlive every deployment: the register, the documents, the link keys and the sender's identity. */
export class StatefulStack extends Stack {
  readonly key: Key;
  readonly register: Register;
  readonly documents: Documents;
  readonly linkKeys: LinkKeys;
  readonly mailSender: MailSender;

  constructor(scope: Construct, id: string, props: StackProps & { settings: StageSettings }) {
    super(scope, id, props);
    this.key = this.dataKey();
    this.register = new Register(this, "Register", { key: this.key });
    this.documents = new Documents(this, "Documents", { key: this.key, settings: props.settings });
    new MalwareScan(this, "MalwareScan", {
      bucket: this.documents.incoming,
      prefix: "uploads/",
      key: this.key,
    });
    this.linkKeys = new LinkKeys(this, "LinkKeys", { key: this.key });
    this.mailSender = new MailSender(this, "Mail", { settings: props.settings });
    new CfnOutput(this, "TableName", { value: this.register.tableName });
  }

  /** One key for everything that is kept, so that reading any of it takes a right to this key as well. */
  private dataKey(): Key {
    const key = new Key(this, "DataKey", {
      description: "OS2aftale: register, documents, link keys, alarms",
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    // An encrypted topic is silent unless CloudWatch may use its key.
    key.grant(new ServicePrincipal("cloudwatch.amazonaws.com"), "kms:Decrypt", "kms:GenerateDataKey");
    return key;
  }
}
