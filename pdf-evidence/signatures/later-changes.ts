import type { Indication } from "../document-facts.ts";
import type { SignatureObservation } from "../observation-codes.ts";
import type { RevisionChange } from "../revisions/revision-change.ts";
import type { Permissions } from "./permissions.ts";

/** A signature that was judged before, because it covers more of the file. */
export interface LaterSignature {
  readonly dictionaryStart: number;
  readonly indication: Indication;
  readonly kind: "signature" | "document-time-stamp";
}

/**
 * What the changes after a signature mean for it.
 *
 * Filling in the form and visible new signatures are what certified documents allow and what the published
 * attacks use: they are accepted only where a later signature, itself valid, answers for them.
 */
export function judgeChanges(
  changes: readonly RevisionChange[],
  permissions: Permissions,
  later: readonly LaterSignature[],
): SignatureObservation[] {
  const answeredFor = later.some(
    (signature) => signature.kind === "signature" && signature.indication === "TOTAL_PASSED",
  );
  const indicationAt = (start: number) =>
    later.find((signature) => signature.dictionaryStart === start)?.indication;
  return [
    ...new Set(
      changes.flatMap((change) => [
        ...meaning(change, { answeredFor, indicationAt }),
        ...(isForbidden(change, permissions) ? (["CERTIFICATION_VIOLATED"] as const) : []),
        ...(isLockBroken(change, permissions) ? (["FIELD_LOCK_VIOLATED"] as const) : []),
      ]),
    ),
  ];
}

function meaning(
  change: RevisionChange,
  later: { answeredFor: boolean; indicationAt: (start: number) => Indication | undefined },
): SignatureObservation[] {
  switch (change.kind) {
    case "content":
      return ["CONTENT_CHANGED_AFTER_SIGNING"];
    case "annotation":
      return ["ANNOTATED_AFTER_SIGNING"];
    case "tags":
      return ["TAGS_CHANGED_AFTER_SIGNING"];
    case "form":
      return [later.answeredFor ? "FORM_FILLED_BEFORE_LATER_SIGNATURE" : "FORM_FILLED_AFTER_SIGNING"];
    case "signature": {
      const indication = later.indicationAt(change.dictionaryStart) ?? "TOTAL_FAILED";
      // One that is broken may be there for what came with it, seen or not. A time-stamp has nothing to show, and
      // anybody can have one: whatever it draws is somebody else's doing.
      const answersForLook = indication === "TOTAL_PASSED" && !change.documentTimeStamp;
      const unproven = indication === "TOTAL_FAILED" || (change.newlyVisible && !answersForLook);
      const what = change.documentTimeStamp ? "VALIDATION_DATA_ADDED_AFTERWARDS" : "SIGNED_AGAIN_AFTERWARDS";
      return unproven ? [what, "UNPROVEN_SIGNATURE_ADDED"] : [what];
    }
    case "validation-data":
      return [change.removed ? "VALIDATION_DATA_REMOVED_AFTERWARDS" : "VALIDATION_DATA_ADDED_AFTERWARDS"];
    case "empty-signature-field":
      return [];
  }
}

/** By the certification's level. Source: ISO 32000-2, table 257. */
function isForbidden(change: RevisionChange, { certificationLevel }: Permissions): boolean {
  if (certificationLevel === undefined || change.kind === "validation-data") return false;
  if (change.kind === "content") return true;
  if (change.kind === "signature" && change.documentTimeStamp) return false;
  if (change.kind === "annotation") return certificationLevel < 3;
  return certificationLevel === 1;
}

function isLockBroken(change: RevisionChange, permissions: Permissions): boolean {
  return change.kind === "form" && permissions.isLocked(change.field);
}
