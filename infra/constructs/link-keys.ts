import { RemovalPolicy } from "aws-cdk-lib";
import type { IKey } from "aws-cdk-lib/aws-kms";
import { Secret } from "aws-cdk-lib/aws-secretsmanager";
import { Construct } from "constructs";
import { acknowledge } from "./acknowledge.ts";
import type { AppFunction } from "./app-function.ts";

/** The ring of keys that sign mailed links: `{"current":"k1","k1":"…"}`. */
export class LinkKeys extends Construct {
  private readonly secret: Secret;
  private readonly key: IKey;

  constructor(scope: Construct, id: string, props: { key: IKey }) {
    super(scope, id);
    this.key = props.key;
    this.secret = new Secret(this, "Ring", {
      description: "OS2aftale: keys that sign mailed links. npm run rotate-link-key adds one.",
      encryptionKey: props.key,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
      generateSecretString: {
        secretStringTemplate: JSON.stringify({ current: "k1" }),
        generateStringKey: "k1",
        // 64 of 62 letters and digits ≈ 381 bits, more than the 256 of the HMAC they key.
        passwordLength: 64,
        excludePunctuation: true,
      },
    });
    acknowledge(this.secret, {
      "AwsSolutions-SMG4":
        "Links live for weeks under the key they were signed with, so keys are added to the ring by npm run rotate-link-key and retired by hand, never replaced on a timer.",
    });
  }

  /** What other stacks need to know of it. */
  get names(): string[] {
    return [this.secret.secretArn];
  }

  letRead(fn: AppFunction): void {
    fn.allow(["secretsmanager:GetSecretValue"], [this.secret.secretArn]);
    fn.allow(["kms:Decrypt"], [this.key.keyArn]);
    fn.set("LINK_KEYS_SECRET_ARN", this.secret.secretArn);
  }
}
