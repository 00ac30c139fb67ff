import { Validations } from "aws-cdk-lib";
import type { Construct } from "constructs";

/**
 * Acknowledges findings of cdk-nag on the construct that makes them.
 *
 * @param findings id → the reason it is right here; `…` in an id stands for a reference (infra/nag.ts)
 */
export function acknowledge(scope: Construct, findings: Readonly<Record<string, string>>): void {
  for (const [id, reason] of Object.entries(findings)) Validations.of(scope).acknowledge({ id, reason });
}
