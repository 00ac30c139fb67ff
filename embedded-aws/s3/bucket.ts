import * as z from "zod";

const corsRule = z.object({
  AllowedHeaders: z.array(z.string()).default([]),
  AllowedMethods: z.array(z.enum(["GET", "PUT", "HEAD", "POST", "DELETE"])),
  AllowedOrigins: z.array(z.string()),
  ExposedHeaders: z.array(z.string()).default([]),
  MaxAge: z.coerce.number().optional(),
});

/**
 * What of AWS::S3::Bucket is run here. Public access is refused whatever the template says.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucket.html
 */
const bucketProperties = z.object({
  VersioningConfiguration: z.object({ Status: z.enum(["Enabled", "Suspended"]) }).optional(),
  ObjectLockEnabled: z.stringbool().or(z.boolean()).optional(),
  ObjectLockConfiguration: z
    .object({
      Rule: z
        .object({
          DefaultRetention: z.object({
            Mode: z.enum(["COMPLIANCE", "GOVERNANCE"]),
            Days: z.coerce.number().optional(),
            Years: z.coerce.number().optional(),
          }),
        })
        .optional(),
    })
    .optional(),
  NotificationConfiguration: z
    .object({
      EventBridgeConfiguration: z
        .object({ EventBridgeEnabled: z.stringbool().or(z.boolean()).default(true) })
        .optional(),
      LambdaConfigurations: z.undefined("send events through EventBridge").optional(),
      QueueConfigurations: z.undefined("send events through EventBridge").optional(),
      TopicConfigurations: z.undefined("send events through EventBridge").optional(),
    })
    .optional(),
  CorsConfiguration: z.object({ CorsRules: z.array(corsRule) }).optional(),
  BucketEncryption: z
    .object({
      ServerSideEncryptionConfiguration: z.array(
        z.object({
          ServerSideEncryptionByDefault: z
            .object({ SSEAlgorithm: z.string(), KMSMasterKeyID: z.string().optional() })
            .optional(),
        }),
      ),
    })
    .optional(),
});

const malwareProtectionPlan = z.object({
  ProtectedResource: z.object({
    S3Bucket: z.object({ BucketName: z.string(), ObjectPrefixes: z.array(z.string()).optional() }),
  }),
  Actions: z.object({ Tagging: z.object({ Status: z.enum(["ENABLED", "DISABLED"]) }) }).optional(),
});

export type CorsRule = z.infer<typeof corsRule>;

/** A bucket of the template, and the AWS::GuardDuty::MalwareProtectionPlan that names it, everything resolved. */
export interface BucketDefinition {
  name: string;
  properties: unknown;
  malwareProtectionPlan?: unknown;
}

/** A bucket as the embedded S3 runs it. */
export interface Bucket {
  name: string;
  arn: string;
  versioned: boolean;
  objectLock: boolean;
  defaultRetention?: { mode: "COMPLIANCE" | "GOVERNANCE"; days: number };
  eventBridge: boolean;
  cors: readonly CorsRule[];
  /** The key its objects lie under; absent for S3's own. What its use demands, the gateway's authority adds. */
  kmsKeyArn?: string;
  /** Which new objects are scanned, and whether the verdict becomes a tag. */
  malwareScan?: { prefixes: readonly string[]; tag: boolean };
}

/** Reads a bucket's definition; throws a ZodError for one we can't run. */
export function bucketOf({ name, properties, malwareProtectionPlan: plan }: BucketDefinition): Bucket {
  const wanted = bucketProperties.parse(properties);
  const objectLock = wanted.ObjectLockEnabled === true;
  const retention = wanted.ObjectLockConfiguration?.Rule?.DefaultRetention;
  const encryption =
    wanted.BucketEncryption?.ServerSideEncryptionConfiguration[0]?.ServerSideEncryptionByDefault;
  const scan = plan === undefined ? undefined : malwareProtectionPlan.parse(plan);
  return {
    name,
    arn: `arn:aws:s3:::${name}`,
    versioned: objectLock || wanted.VersioningConfiguration?.Status === "Enabled",
    objectLock,
    ...(retention === undefined
      ? {}
      : { defaultRetention: { mode: retention.Mode, days: retention.Days ?? (retention.Years ?? 0) * 365 } }),
    eventBridge: wanted.NotificationConfiguration?.EventBridgeConfiguration?.EventBridgeEnabled ?? false,
    cors: wanted.CorsConfiguration?.CorsRules ?? [],
    ...(encryption?.SSEAlgorithm === "aws:kms" && encryption.KMSMasterKeyID !== undefined
      ? { kmsKeyArn: encryption.KMSMasterKeyID }
      : {}),
    ...(scan === undefined
      ? {}
      : {
          malwareScan: {
            prefixes: scan.ProtectedResource.S3Bucket.ObjectPrefixes ?? [""],
            tag: scan.Actions?.Tagging.Status === "ENABLED",
          },
        }),
  };
}
