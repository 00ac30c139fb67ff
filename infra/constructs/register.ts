import { RemovalPolicy, Stack } from "aws-cdk-lib";
import {
  AttributeType,
  BillingMode,
  ProjectionType,
  StreamViewType,
  Table,
  TableEncryption,
} from "aws-cdk-lib/aws-dynamodb";
import { PolicyStatement, type Role } from "aws-cdk-lib/aws-iam";
import type { IKey } from "aws-cdk-lib/aws-kms";
import { Construct } from "constructs";
import type { StageSettings } from "../stage-settings.ts";
import type { AppFunction } from "./app-function.ts";

const READ = ["dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query"];
/** A transaction is allowed by the actions of its parts; ConditionCheckItem is the part with no other name. */
const WRITE = [
  ...READ,
  "dynamodb:PutItem",
  "dynamodb:UpdateItem",
  "dynamodb:DeleteItem",
  "dynamodb:ConditionCheckItem",
];

/** What EventBridge Pipes needs of a stream (user guide, "Event source permissions"). */
const FOLLOW = [
  "dynamodb:DescribeStream",
  "dynamodb:GetRecords",
  "dynamodb:GetShardIterator",
  "dynamodb:ListStreams",
];
/** What DynamoDB asks the table's key for in the caller's name. Source: its guide, "Encryption usage notes". */
const OPEN = ["kms:Decrypt", "kms:DescribeKey"];
const SEAL = ["kms:Encrypt", "kms:GenerateDataKey", "kms:ReEncryptFrom", "kms:ReEncryptTo"];

/** The one table: cases, members, links, ledger and counters. Its keys' meaning is the register adapter's. */
export class Register extends Construct {
  readonly tableName: string;
  /** What other stacks need to know of it; a restored one they know by its name. */
  readonly names: readonly string[];
  private readonly tableArn: string;
  private readonly streamArn: string;
  private readonly table: Table;
  private readonly key: IKey;

  constructor(scope: Construct, id: string, props: { key: IKey; settings: StageSettings }) {
    super(scope, id);
    this.key = props.key;
    const { restored } = props.settings;
    // Restored, it is another resource under a name of its own, which `cdk import` takes up as it stands.
    this.table = new Table(this, restored === undefined ? "Table" : "RestoredTable", {
      ...(restored !== undefined && { tableName: restored.table }),
      partitionKey: { name: "pk", type: AttributeType.STRING },
      sortKey: { name: "sk", type: AttributeType.STRING },
      timeToLiveAttribute: "ttl",
      // What is new is enough: nobody compares with what was.
      stream: StreamViewType.NEW_IMAGE,
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: props.key,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    this.addIndex("work");
    this.addIndex("year");
    // By its name and not by an import, so that the app can be pointed at it before the data stack knows it.
    this.tableName = restored?.table ?? this.table.tableName;
    this.tableArn = restored
      ? Stack.of(this).formatArn({ service: "dynamodb", resource: "table", resourceName: restored.table })
      : this.table.tableArn;
    const streamArn = restored?.stream ?? this.table.tableStreamArn;
    if (streamArn === undefined) throw new Error("the table has no stream");
    this.streamArn = streamArn;
    this.names = [
      ...(restored ? [] : [this.tableName, this.tableArn]),
      ...(restored?.stream ? [] : [streamArn]),
    ];
  }

  /** Lets a function read items and the work and year lists. */
  letRead(fn: AppFunction): void {
    fn.allow(READ, this.tableAndIndexes());
    fn.allow(OPEN, [this.key.keyArn]);
  }

  /** Lets a function read and change items, alone or in transactions. */
  letWrite(fn: AppFunction): void {
    fn.allow(WRITE, this.tableAndIndexes());
    fn.allow([...OPEN, ...SEAL], [this.key.keyArn]);
  }

  /** Lets a role read what changes, in order; the stream is encrypted under the table's key. */
  letFollow(role: Role): string {
    role.addToPolicy(new PolicyStatement({ actions: FOLLOW, resources: [this.streamArn] }));
    role.addToPolicy(new PolicyStatement({ actions: ["kms:Decrypt"], resources: [this.key.keyArn] }));
    return this.streamArn;
  }

  /** A sparse list: only items that carry `<name>Pk` and `<name>Sk` are in it. */
  private addIndex(name: "work" | "year"): void {
    this.table.addGlobalSecondaryIndex({
      indexName: name,
      partitionKey: { name: `${name}Pk`, type: AttributeType.STRING },
      sortKey: { name: `${name}Sk`, type: AttributeType.STRING },
      projectionType: ProjectionType.ALL,
    });
  }

  private tableAndIndexes(): string[] {
    const table = this.tableArn;
    return [table, `${table}/index/work`, `${table}/index/year`];
  }
}
