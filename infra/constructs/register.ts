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
/** A transaction is allowed by the actions of its parts. */
const CHANGE = ["dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"];
/** The part with no other name, and the same among the writes: what is put or changed may be checked. */
const CHECK = "dynamodb:ConditionCheckItem";

/**
 * What a function may be let to change, by the beginnings of the partition keys that the adapter's key map makes.
 * Whatever isn't named here no function changes: rates and settings are an operator's.
 */
const PARTITIONS = {
  /** A case, and that its body has one open: let go when the case closes. */
  cases: ["CASE#*", "OPEN#*"],
  members: ["MEMBER#*", "CVR#*", "COUNTER#member", "COUNTER#invoice"],
  /** The files of whoever can owe a mail or have a task. */
  anybodys: ["CASE#*", "OPEN#*", "MEMBER#*", "RUN#*", "OFFICE#*"],
  caseNumbers: ["COUNTER#case#*"],
  invoiceNumbers: ["COUNTER#invoice"],
  runs: ["RUN#*"],
  links: ["LINK#*"],
  /** What was answered to a form, for when it comes again. */
  repeats: ["REPEAT#*"],
  limits: ["LIMIT#*"],
} as const;
export type Writable = keyof typeof PARTITIONS;

const LEADING_KEYS = "dynamodb:LeadingKeys";

/** An operator's, whatever a function is let to change besides. */
const NOBODYS = ["SETTING#*", "RATE#*"];

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

  /**
   * Lets a function read everything and change the named partitions, alone or in transactions. IAM knows a partition
   * (dynamodb:LeadingKeys) and not a sort key, so it can't keep an audit event apart from the file it lies in.
   */
  letWrite(fn: AppFunction, ...what: readonly [Writable, ...Writable[]]): void {
    this.letRead(fn);
    const patterns = [...new Set(what.flatMap((name) => PARTITIONS[name]))];
    fn.allow([...CHANGE, CHECK], [this.tableArn], {
      "ForAllValues:StringLike": { [LEADING_KEYS]: patterns },
    });
    fn.deny([...CHANGE], [this.tableArn], { "ForAnyValue:StringLike": { [LEADING_KEYS]: NOBODYS } });
    fn.allow(SEAL, [this.key.keyArn]);
  }

  /** Lets a transaction of a function depend on whether a body is a member. */
  letCheckMembers(fn: AppFunction): void {
    fn.allow([CHECK], [this.tableArn], { "ForAllValues:StringLike": { [LEADING_KEYS]: ["CVR#*"] } });
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
