import { Duration, RemovalPolicy } from "aws-cdk-lib";
import type { IKey } from "aws-cdk-lib/aws-kms";
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type BucketProps,
  type CfnBucket,
  HttpMethods,
  ObjectLockRetention,
  ObjectOwnership,
} from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import type { StageSettings } from "../stage-settings.ts";
import { acknowledge } from "./acknowledge.ts";
import type { AppFunction } from "./app-function.ts";

/** Where uploads lie: `uploads/<caseId>.pdf`, each file sent a version of it. */
const UPLOADS = "uploads/*";
/** Where the judge leaves the page images it drew of them. */
const BESIDE_UPLOADS = "pages/*";

/** What a dues run would charge, in chunks under its hash. */
const PLANS = "plans/*";
/** Every invoice and credit note: `invoices/<number>.pdf`, `.xml`. */
const INVOICES = "invoices/*";

const READ = ["s3:GetObject", "s3:GetObjectVersion"];

/** The buckets: what authorities send, the agreements that stand, and what is invoiced. */
export class Documents extends Construct {
  readonly incoming: Bucket;
  private readonly archive: Bucket;
  private readonly invoices: Bucket;
  private readonly key: IKey;

  constructor(scope: Construct, id: string, props: { key: IKey; settings: StageSettings }) {
    super(scope, id);
    this.key = props.key;
    this.incoming = this.incomingBucket();
    this.archive = this.archiveBucket(props.settings.archiveLockDays);
    this.invoices = this.invoiceBucket();
    acknowledge(this, {
      "AwsSolutions-S1":
        "S3 writes the whole request URI to its access log, and a presigned URL is a token; who read what is in our own audit events and in CloudTrail.",
    });
  }

  /** What other stacks need to know of them. */
  get names(): string[] {
    const { incoming, archive, invoices } = this;
    return [incoming, archive, invoices].flatMap(({ bucketName, bucketArn }) => [bucketName, bucketArn]);
  }

  /** Lets a function sign upload policies: S3 checks the signer's own right to put when the form arrives. */
  letOfferUpload(fn: AppFunction): void {
    this.letPut(fn, this.incoming, UPLOADS);
    this.nameIncoming(fn);
  }

  /** Tells a function which bucket events speak of; what lies there stays closed to it. */
  nameIncoming(fn: AppFunction): void {
    fn.set("INCOMING_BUCKET", this.incoming.bucketName);
  }

  /** Lets a function read any version of what was sent, and the page images drawn of it. */
  letReadIncoming(fn: AppFunction): void {
    this.letGet(fn, this.incoming, [UPLOADS, BESIDE_UPLOADS]);
    this.nameIncoming(fn);
  }

  /** Lets a function see that nothing was sent: to those who may not list, S3 says forbidden instead of missing. */
  letFindIncoming(fn: AppFunction): void {
    fn.allow(["s3:ListBucket"], [this.incoming.bucketArn]);
  }

  /** Lets a function read the verdict that malware scanning wrote on an upload. */
  letReadScanVerdict(fn: AppFunction): void {
    fn.allow(["s3:GetObjectTagging", "s3:GetObjectVersionTagging"], [this.incoming.arnForObjects(UPLOADS)]);
    acknowledgeAllObjects(fn, this.incoming, [UPLOADS]);
    this.nameIncoming(fn);
  }

  /** Lets a function put what is made of an upload beside it: the first page's picture, the judge's papers. */
  letWriteBesideUploads(fn: AppFunction): void {
    this.letPut(fn, this.incoming, BESIDE_UPLOADS);
    this.nameIncoming(fn);
  }

  letReadBesideUploads(fn: AppFunction): void {
    this.letGet(fn, this.incoming, [BESIDE_UPLOADS]);
    this.nameIncoming(fn);
  }

  letReadArchive(fn: AppFunction): void {
    this.letGet(fn, this.archive, ["*"]);
    fn.set("ARCHIVE_BUCKET", this.archive.bucketName);
  }

  /** Lets a function add to the archive, and find what it added before; Object Lock keeps what is there. */
  letArchive(fn: AppFunction): void {
    this.letPut(fn, this.archive, "*");
    this.letReadArchive(fn);
  }

  letWritePlans(fn: AppFunction): void {
    this.letPut(fn, this.invoices, PLANS);
    fn.set("INVOICE_BUCKET", this.invoices.bucketName);
  }

  letReadPlans(fn: AppFunction): void {
    this.letGet(fn, this.invoices, [PLANS]);
    fn.set("INVOICE_BUCKET", this.invoices.bucketName);
  }

  /** Lets a function keep the documents of invoices; what is there already it finds. */
  letFileInvoices(fn: AppFunction): void {
    this.letPut(fn, this.invoices, INVOICES);
    this.letReadInvoices(fn);
  }

  letReadInvoices(fn: AppFunction): void {
    this.letGet(fn, this.invoices, [INVOICES]);
    fn.set("INVOICE_BUCKET", this.invoices.bucketName);
  }

  private letGet(fn: AppFunction, bucket: Bucket, keys: readonly string[]): void {
    const objects = keys.map((key) => bucket.arnForObjects(key));
    fn.allow(READ, objects);
    acknowledgeAllObjects(fn, bucket, keys);
    fn.allow(["kms:Decrypt"], [this.key.keyArn]);
  }

  private letPut(fn: AppFunction, bucket: Bucket, keys: string): void {
    fn.allow(["s3:PutObject"], [bucket.arnForObjects(keys)]);
    acknowledgeAllObjects(fn, bucket, [keys]);
    fn.allow(["kms:GenerateDataKey"], [this.key.keyArn]);
  }

  private incomingBucket(): Bucket {
    const bucket = new Bucket(this, "Incoming", {
      ...this.sealed(),
      lifecycleRules: [
        {
          id: "retention-backstop",
          // The longest open case (7 + 30 + 30 + 30 days) and 6 months after its closing ≈ 280 days. What expires
          // in a bucket with versions is only hidden, so it counts from then on as noncurrent: 280 + 30 days in all.
          expiration: Duration.days(280),
          noncurrentVersionExpiration: Duration.days(30),
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
        {
          id: "no-delete-markers-over-nothing",
          // S3 takes this in a rule of its own only.
          expiredObjectDeleteMarker: true,
        },
      ],
      cors: [
        {
          // The signed policy is the authority and there are no cookies; naming our own origin would tie the
          // data stack to the API (architecture.md, Links and pages).
          allowedOrigins: ["*"],
          allowedMethods: [HttpMethods.POST],
          allowedHeaders: ["*"],
          exposedHeaders: ["ETag", "Location", "x-amz-version-id", "x-amz-request-id"],
          maxAge: 3000,
        },
      ],
    });
    // On the L1: the L2's eventBridgeEnabled adds a hidden Lambda that may change any bucket's notifications.
    const cfnBucket = bucket.node.defaultChild as CfnBucket;
    cfnBucket.notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };
    return bucket;
  }

  /**
   * Accounting records are kept five years from the end of the financial year (bogføringsloven § 12); the retention
   * run deletes them, and this is only the backstop: a year's plan and invoices are gone after seven.
   */
  private invoiceBucket(): Bucket {
    return new Bucket(this, "Invoices", {
      ...this.sealed(),
      lifecycleRules: [
        {
          id: "retention-backstop",
          expiration: Duration.days(7 * 366),
          noncurrentVersionExpiration: Duration.days(30),
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
        { id: "no-delete-markers-over-nothing", expiredObjectDeleteMarker: true },
      ],
    });
  }

  private archiveBucket(lockDays: number): Bucket {
    return new Bucket(this, "Archive", {
      ...this.sealed(),
      objectLockEnabled: true,
      objectLockDefaultRetention: ObjectLockRetention.governance(Duration.days(lockDays)),
    });
  }

  /** What both have: our key, TLS, versions, nothing public, and nothing that goes with the stack. */
  private sealed(): BucketProps {
    return {
      encryption: BucketEncryption.KMS,
      encryptionKey: this.key,
      bucketKeyEnabled: true,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    };
  }
}

function acknowledgeAllObjects(fn: AppFunction, bucket: Bucket, keys: readonly string[]): void {
  for (const key of keys) {
    acknowledge(fn, {
      [`AwsSolutions-IAM5[Resource::…Documents${bucket.node.id}…/${key}]`]:
        "Keys are made when an upload is offered, so a role can name their prefix and no more.",
    });
  }
}
