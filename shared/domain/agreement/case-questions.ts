import { createHash } from "node:crypto";
import type { Decidable } from "../approval/decision.ts";
import { approverName, type ContactRecord, personIn, type SignerRecord } from "../filing/person.ts";
import type { RoundRecord } from "../filing/round.ts";
import type { EmailAddress } from "../organisation/email-address.ts";
import { currentUpload, isInRound } from "./agreement-case.ts";
import type { CaseFile, CaseRound, UploadRecord } from "./case-file.ts";

/** What the rules and the pages ask of a case file. */

export function uploadOf(file: Pick<CaseFile, "uploads">, versionId: string): UploadRecord | undefined {
  return file.uploads.find((upload) => upload.versionId === versionId);
}

/** The file that the case is about now, if any. */
export function currentUploadRecord(file: Pick<CaseFile, "case" | "uploads">): UploadRecord | undefined {
  const current = currentUpload(file.case);
  return current && uploadOf(file, current.versionId);
}

export function isAbout(file: Pick<CaseFile, "case">, versionId: string): boolean {
  return currentUpload(file.case)?.versionId === versionId;
}

/** @throws PersonIsMissing */
export function signerOf(file: Pick<CaseFile, "persons" | "signerId">): SignerRecord {
  return personIn(file, "signer", file.signerId);
}

/** @throws PersonIsMissing */
export function contactOf(file: Pick<CaseFile, "persons" | "contactId">): ContactRecord {
  return personIn(file, "contact", file.contactId);
}

/** How a contact's address is known beside a body and a kind: the same person's second application finds the first. */
export function contactHash(address: EmailAddress): string {
  return createHash("sha256").update(`contact\n${address.toLowerCase()}`).digest("hex").slice(0, 32);
}

export function roundOf(file: Pick<CaseFile, "rounds">, number: number): CaseRound | undefined {
  return file.rounds.find((round) => round.number === number);
}

/** The round that is open now, as it is remembered. */
export function openRound(file: Pick<CaseFile, "case" | "rounds">): CaseRound | undefined {
  return isInRound(file.case) ? roundOf(file, file.case.round.number) : undefined;
}

/** What is decided on in a case: a link for anything but the current round and bytes is superseded. */
export function decidable(file: Pick<CaseFile, "case" | "rounds" | "audit">): Decidable<CaseRound> {
  const { case: agreement, rounds, audit } = file;
  const atHand = isInRound(agreement)
    ? { number: agreement.round.number, sha256: agreement.upload.sha256 }
    : undefined;
  return { rounds, atHand, audit };
}

/** Who of the secretariat approved the very bytes that the chair is asked about, and when. */
export function endorsementOf(
  file: Pick<CaseFile, "rounds" | "persons">,
  round: RoundRecord & Pick<CaseRound, "versionId">,
): { name: string; at: number } | undefined {
  if (round.stage !== "chair") return undefined;
  const endorsed = file.rounds.find(
    (earlier) =>
      earlier.stage === "secretariat" &&
      earlier.versionId === round.versionId &&
      earlier.ended?.outcome === "approved",
  )?.ended;
  return endorsed?.byId && { name: approverName(file, endorsed.byId), at: endorsed.at };
}

/** Whether a file may be handed to anybody's reader: the scan has passed it, and the judge has not refused it. */
export function mayBeServed({ scan, judgement }: Pick<UploadRecord, "scan" | "judgement">): boolean {
  return scan?.verdict === "NO_THREATS_FOUND" && judgement?.verdict !== "REJECTED";
}

/** Why the current file was rejected. */
export function rejections(file: Pick<CaseFile, "case" | "uploads">) {
  const upload = file.case.status === "rejected" ? currentUploadRecord(file) : undefined;
  return (upload?.judgement?.findings ?? []).filter((finding) => finding.severity === "reject");
}
