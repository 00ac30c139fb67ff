import { RemovalPolicy } from "aws-cdk-lib";
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

/** The one table: cases, members, links, ledger and counters. Its keys' meaning is the register adapter's. */
export class Register extends Construct {
  readonly tableName: string;
  private readonly table: Table;
  private readonly key: IKey;

  constructor(scope: Construct, id: string, props: { key: IKey }) {
    super(scope, id);
    this.key = props.key;
    this.table = new Table(this, "Table", {
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
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.addIndex("work");
    this.addIndex("year");
    this.tableName = this.table.tableName;
  }

  /** Lets a function read items and the work and year lists. */
  letRead(fn: AppFunction): void {
    fn.allow(READ, this.tableAndIndexes());
    fn.allow(["kms:Decrypt"], [this.key.keyArn]);
  }

  /** Lets a function read and change items, alone or in transactions. */
  letWrite(fn: AppFunction): void {
    fn.allow(WRITE, this.tableAndIndexes());
    fn.allow(["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"], [this.key.keyArn]);
  }

  /** Lets a role read what changes, in order; the stream is encrypted under the table's key. */
  letFollow(role: Role): string {
    const stream = this.table.tableStreamArn;
    if (stream === undefined) throw new Error("the table has no stream");
    role.addToPolicy(new PolicyStatement({ actions: FOLLOW, resources: [stream] }));
    role.addToPolicy(new PolicyStatement({ actions: ["kms:Decrypt"], resources: [this.key.keyArn] }));
    return stream;
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
    const table = this.table.tableArn;
    return [table, `${table}/index/work`, `${table}/index/year`];
  }
}
