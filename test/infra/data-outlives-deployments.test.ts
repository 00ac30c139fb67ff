import { beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { type Assembly, assemblyOf, statementsOf } from "./cloud-assembly.ts";

let prod: Assembly;
beforeAll(async () => {
  prod = await assemblyOf("prod");
});

const KEPT = ["AWS::DynamoDB::Table", "AWS::S3::Bucket", "AWS::KMS::Key", "AWS::SecretsManager::Secret"];

describe("what the association keeps is still there after a deployment gone wrong", () => {
  it.each([...KEPT, "AWS::SES::EmailIdentity"])(
    "no deployment deletes or replaces a %s, and a first one that fails leaves none behind",
    (type) => {
      const resources = prod.ofType(type);
      expect(resources.length).toBeGreaterThan(0);
      for (const { DeletionPolicy, UpdateReplacePolicy } of resources) {
        expect([DeletionPolicy, UpdateReplacePolicy]).toEqual(["RetainExceptOnCreate", "Retain"]);
      }
    },
  );

  it("the register can be restored to any second of the last 35 days and cannot be deleted by hand", () => {
    expect(prod.the("AWS::DynamoDB::Table").Properties).toMatchObject({
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      DeletionProtectionEnabled: true,
      BillingMode: "PAY_PER_REQUEST",
    });
  });

  it("the register has the keys and the two lists that its key map names", () => {
    const table = prod.the("AWS::DynamoDB::Table").Properties;
    expect(table["KeySchema"]).toEqual([
      { AttributeName: "pk", KeyType: "HASH" },
      { AttributeName: "sk", KeyType: "RANGE" },
    ]);
    expect(table["TimeToLiveSpecification"]).toEqual({ AttributeName: "ttl", Enabled: true });
    expect(table["GlobalSecondaryIndexes"]).toMatchObject([
      { IndexName: "work", KeySchema: [{ AttributeName: "workPk" }, { AttributeName: "workSk" }] },
      { IndexName: "year", KeySchema: [{ AttributeName: "yearPk" }, { AttributeName: "yearSk" }] },
    ]);
  });

  it("an archived agreement cannot be deleted for ten years, from the first one on", () => {
    expect(prod.the("AWS::S3::Bucket", "DocumentsArchive").Properties).toMatchObject({
      ObjectLockEnabled: true,
      ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: "GOVERNANCE", Days: 3_653 } } },
      VersioningConfiguration: { Status: "Enabled" },
    });
  });

  it("an upload that nobody removed is gone within a year: hidden, then all its versions, then the mark", () => {
    const incoming = prod.the("AWS::S3::Bucket", "DocumentsIncoming").Properties;
    expect(incoming).toMatchObject({ VersioningConfiguration: { Status: "Enabled" } });
    const rule = z.object({
      Status: z.literal("Enabled"),
      ExpirationInDays: z.number().optional(),
      NoncurrentVersionExpiration: z.object({ NoncurrentDays: z.number() }).optional(),
      ExpiredObjectDeleteMarker: z.boolean().optional(),
    });
    const rules = z.object({ Rules: z.array(rule) }).parse(incoming["LifecycleConfiguration"]).Rules;
    const days = rules.map((one) => [one.ExpirationInDays, one.NoncurrentVersionExpiration?.NoncurrentDays]);
    expect(days[0]?.reduce((sum = 0, part = 0) => sum + part)).toBeLessThan(365);
    expect(rules.map((one) => one.ExpiredObjectDeleteMarker)).toEqual([undefined, true]);
  });
});

describe("what the association keeps is closed to everybody else", () => {
  it("no bucket can be made public", () => {
    for (const bucket of prod.ofType("AWS::S3::Bucket")) {
      expect(bucket.Properties["PublicAccessBlockConfiguration"]).toEqual({
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      });
    }
  });

  it("no bucket, queue or topic answers without TLS", () => {
    const policies = ["AWS::S3::BucketPolicy", "AWS::SQS::QueuePolicy", "AWS::SNS::TopicPolicy"].flatMap(
      prod.ofType,
    );
    const guarded = prod.ofType("AWS::S3::Bucket").length + prod.ofType("AWS::SQS::Queue").length + 1;
    expect(policies).toHaveLength(guarded);
    for (const policy of policies) {
      expect(statementsOf(policy.Properties["PolicyDocument"], prod.flat)).toContainEqual(
        expect.objectContaining({
          effect: "Deny",
          condition: { Bool: { "aws:SecureTransport": "false" } },
        }),
      );
    }
  });

  it("register, documents and link keys are encrypted with our own key, which is renewed yearly", () => {
    const key = `<${prod.the("AWS::KMS::Key").id}.Arn>`;
    expect(prod.the("AWS::KMS::Key").Properties["EnableKeyRotation"]).toBe(true);
    const flat = (value: unknown) =>
      JSON.stringify(value, (_, inner) => (isIntrinsic(inner) ? prod.flat(inner) : inner));
    expect(flat(prod.the("AWS::DynamoDB::Table").Properties["SSESpecification"])).toContain(key);
    for (const bucket of prod.ofType("AWS::S3::Bucket")) {
      expect(flat(bucket.Properties["BucketEncryption"])).toContain(key);
    }
    expect(prod.flat(prod.the("AWS::SecretsManager::Secret").Properties["KmsKeyId"])).toBe(key);
  });

  it("every queue is encrypted", () => {
    for (const queue of prod.ofType("AWS::SQS::Queue")) {
      expect(queue.Properties["SqsManagedSseEnabled"]).toBe(true);
    }
  });

  it("the key that signs links is made by AWS and never seen by a person", () => {
    expect(prod.the("AWS::SecretsManager::Secret").Properties).toMatchObject({
      GenerateSecretString: {
        SecretStringTemplate: '{"current":"k1"}',
        GenerateStringKey: "k1",
        PasswordLength: 64,
      },
    });
  });
});

describe("an upload goes straight to the bucket", () => {
  it("a page of any origin may post a signed form, and nothing else", () => {
    expect(prod.the("AWS::S3::Bucket", "DocumentsIncoming").Properties["CorsConfiguration"]).toMatchObject({
      CorsRules: [{ AllowedMethods: ["POST"], AllowedOrigins: ["*"] }],
    });
  });

  it("its arrival is told to EventBridge, without a function that could change any bucket", () => {
    expect(prod.the("AWS::S3::Bucket", "DocumentsIncoming").Properties["NotificationConfiguration"]).toEqual({
      EventBridgeConfiguration: { EventBridgeEnabled: true },
    });
    expect(prod.all.filter(({ Type }) => Type.startsWith("Custom::"))).toEqual([]);
  });

  it("every upload is scanned for malware and the verdict is written on it", () => {
    expect(prod.the("AWS::GuardDuty::MalwareProtectionPlan").Properties).toMatchObject({
      Actions: { Tagging: { Status: "ENABLED" } },
      ProtectedResource: { S3Bucket: { ObjectPrefixes: ["uploads/"] } },
    });
  });
});

function isIntrinsic(value: unknown): boolean {
  return typeof value === "object" && value !== null && /^(Ref|Fn::)/.test(Object.keys(value)[0] ?? "");
}
