import type { Service } from "../gateway/service.ts";

/**
 * KMS, of which the product calls nothing itself: S3, DynamoDB and Secrets Manager encrypt in its name, and
 * here on one machine they don't encrypt at all. What that would demand of a role, the gateway's authority asks.
 * A direct call is refused loudly.
 */
export function createKms(): Service {
  return {
    signingNames: ["kms"],
    demands: () => [],
    handle: async (request) => ({
      status: 501,
      headers: { "content-type": "application/x-amz-json-1.1" },
      body: JSON.stringify({
        __type: "NotImplemented",
        message: `KMS's ${request.headers["x-amz-target"]?.split(".")[1] ?? ""} is not run here: local/kms`,
      }),
    }),
  };
}
