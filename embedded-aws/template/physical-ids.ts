import { createHash } from "node:crypto";
import type { Json } from "./json.ts";

export const localAccount = "000000000000";
export const localRegion = "eu-north-1";

/** The pseudo parameters of the one place the local world is. */
export const pseudoParameters: Readonly<Record<string, string>> = {
  "AWS::AccountId": localAccount,
  "AWS::Region": localRegion,
  "AWS::Partition": "aws",
  "AWS::URLSuffix": "amazonaws.com",
};

/** What `Ref` and `Fn::GetAtt` of a resource give. */
export interface Identity {
  ref: string;
  arn?: string;
  attributes: Readonly<Record<string, string>>;
}

/** What names a resource before its properties are resolved: names given outright in the template. */
export interface Named {
  stack: string;
  logicalId: string;
  /** A property's value where the template gives one; only names are asked for, so references may run in circles. */
  given(property: string): Json | undefined;
  /** Where the HTTP API answers, e.g. http://127.0.0.1:3000 */
  baseUrl: string;
}

type Identify = (resource: Named) => Identity;

/** The identity of a resource, or undefined for a type that nothing may refer to here. */
export function identify(type: string, resource: Named): Identity | undefined {
  return identities[type]?.(resource);
}

const identities: Readonly<Record<string, Identify>> = {
  "AWS::DynamoDB::Table": tableIdentity,
  "AWS::DynamoDB::GlobalTable": tableIdentity,
  "AWS::S3::Bucket": (resource) => {
    const name = nameOf(resource, "BucketName", 63).toLowerCase();
    return withArn(name, `arn:aws:s3:::${name}`, {
      DomainName: `${name}.s3.amazonaws.com`,
      RegionalDomainName: `${name}.s3.${localRegion}.amazonaws.com`,
    });
  },
  "AWS::Lambda::Function": (resource) => {
    const name = nameOf(resource, "FunctionName", 64);
    return withArn(name, arn("lambda", `function:${name}`));
  },
  "AWS::IAM::Role": (resource) => {
    const name = nameOf(resource, "RoleName", 64);
    return withArn(name, `arn:aws:iam::${localAccount}:role/${name}`, { RoleId: `AROA${name}` });
  },
  "AWS::IAM::ManagedPolicy": (resource) => {
    const name = nameOf(resource, "ManagedPolicyName", 128);
    return withArn(
      `arn:aws:iam::${localAccount}:policy/${name}`,
      `arn:aws:iam::${localAccount}:policy/${name}`,
    );
  },
  "AWS::SQS::Queue": (resource) => {
    // What CloudFormation names a FIFO queue ends so, as SQS asks.
    const ending = resource.given("FifoQueue") === true && !resource.given("QueueName") ? ".fifo" : "";
    const name = nameOf(resource, "QueueName", 80 - ending.length) + ending;
    return withArn(`https://sqs.${localRegion}.amazonaws.com/${localAccount}/${name}`, arn("sqs", name), {
      QueueName: name,
      QueueUrl: `https://sqs.${localRegion}.amazonaws.com/${localAccount}/${name}`,
    });
  },
  "AWS::StepFunctions::StateMachine": (resource) => {
    const name = nameOf(resource, "StateMachineName", 80);
    return withArn(arn("states", `stateMachine:${name}`), arn("states", `stateMachine:${name}`), {
      Name: name,
    });
  },
  "AWS::Pipes::Pipe": (resource) => {
    const name = nameOf(resource, "Name", 64);
    return withArn(name, arn("pipes", `pipe/${name}`));
  },
  "AWS::Lambda::EventSourceMapping": (resource) => ({ ref: uuidOf(resource), attributes: {} }),
  "AWS::Events::Rule": (resource) => {
    const name = nameOf(resource, "Name", 64);
    return withArn(name, arn("events", `rule/${name}`));
  },
  "AWS::Scheduler::Schedule": (resource) => {
    const name = nameOf(resource, "Name", 64);
    return withArn(name, arn("scheduler", `schedule/default/${name}`));
  },
  "AWS::SecretsManager::Secret": (resource) => {
    const name = nameOf(resource, "Name", 512);
    // AWS ends a secret's ARN in six random characters; grants by CDK expect them.
    const secretArn = arn("secretsmanager", `secret:${name}-${shortHash(name, 6)}`);
    return withArn(secretArn, secretArn, { Id: secretArn });
  },
  "AWS::KMS::Key": (resource) => {
    const id = uuidOf(resource);
    return withArn(id, arn("kms", `key/${id}`), { KeyId: id });
  },
  "AWS::KMS::Alias": (resource) => ({ ref: nameOf(resource, "AliasName", 256), attributes: {} }),
  "AWS::Logs::LogGroup": (resource) => {
    const name = nameOf(resource, "LogGroupName", 512);
    return withArn(name, arn("logs", `log-group:${name}:*`));
  },
  "AWS::SES::EmailIdentity": (resource) => {
    const identity = nameOf(resource, "EmailIdentity", 320);
    const tokens = [1, 2, 3].flatMap((n) => [
      [`DkimDNSTokenName${n}`, `local${n}._domainkey.${identity}`],
      [`DkimDNSTokenValue${n}`, `local${n}.dkim.amazonses.com`],
    ]);
    return withArn(identity, arn("ses", `identity/${identity}`), Object.fromEntries(tokens));
  },
  "AWS::SES::ConfigurationSet": (resource) => {
    const name = nameOf(resource, "Name", 64);
    return withArn(name, arn("ses", `configuration-set/${name}`));
  },
  "AWS::SNS::Topic": (resource) => {
    const name = nameOf(resource, "TopicName", 256);
    return withArn(arn("sns", name), arn("sns", name), { TopicName: name, TopicArn: arn("sns", name) });
  },
  "AWS::CloudWatch::Alarm": (resource) => {
    const name = nameOf(resource, "AlarmName", 255);
    return withArn(name, arn("cloudwatch", `alarm:${name}`));
  },
  "AWS::GuardDuty::MalwareProtectionPlan": (resource) => {
    const id = shortHash(resource.stack + resource.logicalId, 20);
    return withArn(id, arn("guardduty", `malware-protection-plan/${id}`), { MalwareProtectionPlanId: id });
  },
  "AWS::ApiGatewayV2::Api": (resource) => {
    const id = shortHash(resource.stack + resource.logicalId, 10);
    return { ref: id, attributes: { ApiId: id, ApiEndpoint: resource.baseUrl } };
  },
  "AWS::ApiGatewayV2::Integration": (resource) => ({ ref: resource.logicalId, attributes: {} }),
  "AWS::ApiGatewayV2::Route": (resource) => ({ ref: resource.logicalId, attributes: {} }),
  "AWS::ApiGatewayV2::Stage": (resource) => ({
    ref: nameOf(resource, "StageName", 128),
    attributes: {},
  }),
};

function tableIdentity(resource: Named): Identity {
  const name = nameOf(resource, "TableName", 255);
  const tableArn = arn("dynamodb", `table/${name}`);
  return withArn(name, tableArn, { StreamArn: streamArnOf(tableArn) });
}

/** A stream's label is the time it was made; here a table has one stream for good. */
export function streamArnOf(tableArn: string): string {
  return `${tableArn}/stream/local`;
}

function withArn(ref: string, resourceArn: string, attributes: Record<string, string> = {}): Identity {
  return { ref, arn: resourceArn, attributes: { Arn: resourceArn, ...attributes } };
}

function arn(service: string, resource: string): string {
  return `arn:aws:${service}:${localRegion}:${localAccount}:${resource}`;
}

/** The name the template gives outright, else stack and logical id, as CloudFormation's own but without its dice. */
function nameOf(resource: Named, property: string, maxLength: number): string {
  const given = resource.given(property);
  if (typeof given === "string") return given;
  const name = `${resource.stack}-${resource.logicalId}`;
  return name.length <= maxLength ? name : `${name.slice(0, maxLength - 9)}-${shortHash(name, 8)}`;
}

function uuidOf({ stack, logicalId }: Named): string {
  const hex = createHash("sha256").update(`${stack}/${logicalId}`).digest("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    "-",
  );
}

function shortHash(text: string, length: number): string {
  return createHash("sha256").update(text).digest("hex").slice(0, length);
}
