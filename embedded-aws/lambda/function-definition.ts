import { existsSync } from "node:fs";
import { devNull } from "node:os";
import { join } from "node:path";
import * as z from "zod";
import { accessKeyIdOf, localSessionToken, secretAccessKeyOf } from "../gateway/credentials.ts";
import { localRegion } from "../template/physical-ids.ts";
import type { Resource, Template } from "../template/read-template.ts";
import { TemplateError } from "../template/template-error.ts";

/** A function of the template, as a worker needs it. */
export interface FunctionDefinition {
  logicalId: string;
  /** Physical name; what AWS_LAMBDA_FUNCTION_NAME says. */
  name: string;
  arn: string;
  /** What people call it: POWERTOOLS_SERVICE_NAME, else the logical id. */
  label: string;
  roleArn: string;
  /** Absolute path of the handler's module, and the export in it. */
  file: string;
  exportName: string;
  timeoutSeconds: number;
  memoryMb: number;
  /** The most that run at once by the template; undefined where it sets no limit. */
  reservedConcurrency: number | undefined;
  /** The template's own variables, without what Lambda adds. */
  variables: Readonly<Record<string, string>>;
  asyncPolicy: AsyncPolicy;
}

/** What happens to an asynchronous invocation that fails. AWS::Lambda::EventInvokeConfig */
export interface AsyncPolicy {
  retries: number;
  maxAgeSeconds: number;
  /** ARN of the queue that takes what failed for good. */
  onFailure: string | undefined;
}

const functionShape = z.object({
  Code: z.object({ S3Key: z.string() }),
  Handler: z.string(),
  Role: z.string(),
  // Lambda's own defaults: 3 s and 128 MB.
  Timeout: z.coerce.number().default(3),
  MemorySize: z.coerce.number().default(128),
  ReservedConcurrentExecutions: z.number().optional(),
  Environment: z.object({ Variables: z.record(z.string(), z.coerce.string()) }).optional(),
  LoggingConfig: z.object({ ApplicationLogLevel: z.string().optional() }).optional(),
});
const eventInvokeShape = z.object({
  FunctionName: z.string(),
  MaximumRetryAttempts: z.number().default(2),
  MaximumEventAgeInSeconds: z.number().default(21_600),
  DestinationConfig: z.object({ OnFailure: z.object({ Destination: z.string() }).optional() }).optional(),
});

/** Every function of the template. Throws TemplateError where its code or handler cannot be found. */
export function functionsOf(template: Template): FunctionDefinition[] {
  const policies = template.ofType("AWS::Lambda::EventInvokeConfig").map((resource) => {
    const { FunctionName, ...policy } = eventInvokeShape.parse(resource.properties);
    return { of: FunctionName, policy };
  });
  return template.ofType("AWS::Lambda::Function").map((resource) => {
    const properties = functionShape.parse(resource.properties);
    const policy = policies.find(({ of }) => of === resource.ref || of === resource.arn)?.policy;
    const level = properties.LoggingConfig?.ApplicationLogLevel;
    return {
      logicalId: resource.logicalId,
      name: resource.ref,
      arn: resource.arn,
      label: properties.Environment?.Variables["POWERTOOLS_SERVICE_NAME"] ?? resource.logicalId,
      roleArn: properties.Role,
      ...locateHandler(template, resource, properties),
      timeoutSeconds: properties.Timeout,
      memoryMb: properties.MemorySize,
      reservedConcurrency: properties.ReservedConcurrentExecutions,
      variables: {
        ...(level === undefined ? {} : { AWS_LAMBDA_LOG_LEVEL: level }),
        ...properties.Environment?.Variables,
      },
      asyncPolicy: {
        retries: policy?.MaximumRetryAttempts ?? 2,
        maxAgeSeconds: policy?.MaximumEventAgeInSeconds ?? 21_600,
        onFailure: policy?.DestinationConfig?.OnFailure?.Destination,
      },
    };
  });
}

function locateHandler(
  template: Template,
  { stack, logicalId }: Resource,
  { Code, Handler }: z.infer<typeof functionShape>,
): { file: string; exportName: string } {
  const folder = template.assetPath(Code.S3Key);
  const dot = Handler.lastIndexOf(".");
  const module = join(folder ?? "", Handler.slice(0, dot));
  const file = [".mjs", ".js", ".cjs"].map((ending) => module + ending).find((path) => existsSync(path));
  if (folder === undefined || file === undefined)
    throw new TemplateError(
      { stack, logicalId, property: "Handler" },
      `no code for ${Handler} among the assets`,
    );
  return { file, exportName: Handler.slice(dot + 1) };
}

/**
 * The whole environment of a function, as Lambda would give it: nothing of this process leaks in.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
 */
export function environmentOf(
  definition: FunctionDefinition,
  endpoints: { aws: string; s3: string },
): Record<string, string> {
  const accessKeyId = accessKeyIdOf(definition.logicalId);
  return {
    PATH: process.env["PATH"] ?? "",
    LANG: "en_US.UTF-8",
    TZ: ":UTC",
    AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x",
    AWS_LAMBDA_FUNCTION_NAME: definition.name,
    AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(definition.memoryMb),
    AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${definition.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: "local",
    LAMBDA_TASK_ROOT: join(definition.file, ".."),
    _HANDLER: `${definition.file}.${definition.exportName}`,
    AWS_REGION: localRegion,
    AWS_DEFAULT_REGION: localRegion,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKeyOf(accessKeyId),
    AWS_SESSION_TOKEN: localSessionToken,
    AWS_ENDPOINT_URL: endpoints.aws,
    AWS_ENDPOINT_URL_S3: endpoints.s3,
    // The developer's own ~/.aws must not answer for a function.
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    ...definition.variables,
  };
}
