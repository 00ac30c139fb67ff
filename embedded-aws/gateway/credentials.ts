import { createHash } from "node:crypto";

/** Signs what the operator's own hand does through the local control; no role of the template. */
export const rootAccessKeyId = "AKIALOCALROOT";

/** The session token every local caller carries: a role's credentials always have one, so presigned forms do too. */
export const localSessionToken = "local-session";

/** The access key that names a function. `functionLogicalId` is its logical id in the template. */
export function accessKeyIdOf(functionLogicalId: string): string {
  return `AKIALOCAL${functionLogicalId}`;
}

/**
 * The secret of an access key. Derived, so that what was signed before a restart is still valid after it; it
 * protects nothing, for whoever reaches 127.0.0.1 here owns the files as well.
 */
export function secretAccessKeyOf(accessKeyId: string): string {
  return createHash("sha256")
    .update(`os2aftale local secret of ${accessKeyId}`)
    .digest("base64url")
    .slice(0, 40);
}
