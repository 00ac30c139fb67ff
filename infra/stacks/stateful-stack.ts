import { CfnOutput, RemovalPolicy, Stack, type StackProps } from "aws-cdk-lib";
import { Key } from "aws-cdk-lib/aws-kms";
import type { Construct } from "constructs";
import { Documents } from "../constructs/documents.ts";
import { LinkKeys } from "../constructs/link-keys.ts";
import { Register } from "../constructs/register.ts";
import type { StageSettings } from "../stage-settings.ts";

/** What must outlive every deployment: the register, the documents and the link keys. */
export class StatefulStack extends Stack {
  readonly key: Key;
  readonly register: Register;
  readonly documents: Documents;
  readonly linkKeys: LinkKeys;

  constructor(scope: Construct, id: string, props: StackProps & { settings: StageSettings }) {
    super(scope, id, props);
    this.key = this.dataKey();
    this.register = new Register(this, "Register", { key: this.key, settings: props.settings });
    this.documents = new Documents(this, "Documents", { key: this.key, settings: props.settings });
    this.linkKeys = new LinkKeys(this, "LinkKeys", { key: this.key });
    new CfnOutput(this, "TableName", { value: this.register.tableName });
    this.exportNames();
  }

  /**
   * What the other stacks take from here, all of it and by hand: CDK would export what is used and nothing else, so
   * the deployment that takes out a last user would first drop the export that the user deployed still imports.
   */
  private exportNames(): void {
    const { key, register, documents, linkKeys } = this;
    for (const value of [key.keyArn, ...register.names, ...documents.names, ...linkKeys.names])
      this.exportValue(value);
  }

  /** One key for everything that is kept, so that reading any of it takes a right to this key as well. */
  private dataKey(): Key {
    return new Key(this, "DataKey", {
      description: "OS2aftale: register, documents, link keys",
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
  }
}
