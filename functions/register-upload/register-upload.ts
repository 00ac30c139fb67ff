import { createHash } from "node:crypto";
import { changeFile } from "../../shared/casework/change-file.ts";
import type { IntakeExecution, RegisteredUpload } from "../../shared/contracts/intake.ts";
import { uploadArrives } from "../../shared/domain/case-changes/upload-arrives.ts";
import type { Cases } from "../../shared/ports/cases.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { DocumentStore } from "../../shared/ports/document-store.ts";

export interface RegisterUploadDependencies {
  cases: Cases;
  documents: Pick<DocumentStore, "head" | "read">;
  clock: Clock;
}

/** Takes note of the bytes that arrived: their size and SHA-256, streamed. The newest upload takes the case over. */
export async function registerUpload(
  { caseId, key, versionId }: IntakeExecution,
  { cases, documents, clock }: RegisterUploadDependencies,
): Promise<RegisteredUpload> {
  const [object, newest] = await Promise.all([documents.head(key, versionId), documents.head(key)]);
  if (!object) throw new UploadIsGone(`${key} has no version ${versionId}`);
  const sha256 = await hashOf(await documents.read(key, versionId));
  const arrived = { key, versionId, sha256, bytes: object.bytes, newestVersionId: newest?.versionId };
  const outcome = await changeFile(cases, caseId, (file) => uploadArrives(file, arrived, clock.now()));
  return { outcome: outcome === "no-such-file" ? "closed" : outcome };
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
