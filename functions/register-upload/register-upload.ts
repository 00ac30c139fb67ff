import { createHash } from "node:crypto";
import type { IntakeExecution, RegisteredUpload } from "../../shared/contracts/intake.ts";
import type { CaseId } from "../../shared/domain/agreement/agreement-case.ts";
import { registerUpload as register } from "../../shared/domain/case-changes/upload-arrives.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { DocumentStore } from "../../shared/ports/document-store.ts";
import { changeCase, type Register } from "../../shared/ports/register.ts";

export interface RegisterUploadDependencies {
  register: Pick<Register, "read" | "commit">;
  documents: Pick<DocumentStore, "head" | "read">;
  clock: Clock;
}

/** Takes note of the bytes that arrived: their size and SHA-256, streamed. The newest upload takes the case over. */
export async function registerUpload(
  { caseId, key, versionId }: IntakeExecution,
  { register: cases, documents, clock }: RegisterUploadDependencies,
): Promise<RegisteredUpload> {
  const [object, newest] = await Promise.all([documents.head(key, versionId), documents.head(key)]);
  if (!object) throw new UploadIsGone(`${key} has no version ${versionId}`);
  const sha256 = await hashOf(await documents.read(key, versionId));
  const arrived = { key, versionId, sha256, bytes: object.bytes, newest: newest?.versionId === versionId };
  // What this version interrupts is woken by an errand of the same transaction.
  const outcome = await changeCase(cases, caseId as CaseId, (file) => register(file, arrived, clock.now()));
  return { outcome: outcome === "no-such-case" ? "closed" : outcome };
}

async function hashOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of bytes) hash.update(chunk);
  return hash.digest("hex");
}

/** The store lost a version it told us of: nothing to do but to have a person look. */
export class UploadIsGone extends Error {
  override readonly name = "UploadIsGone";
}
