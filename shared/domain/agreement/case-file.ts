import type { Filed } from "../filing/filed.ts";
import type { RoundRecord } from "../filing/round.ts";
import type { Judgement } from "../judgement/judgement.ts";
import type { Organisation } from "../organisation/organisation.ts";
import type { PersonId } from "../owner.ts";
import type { AgreementCase } from "./agreement-case.ts";

export const scanVerdicts = [
  "NO_THREATS_FOUND",
  "THREATS_FOUND",
  "UNSUPPORTED",
  "ACCESS_DENIED",
  "FAILED",
] as const;
export type ScanVerdict = (typeof scanVerdicts)[number];

/** One file that was sent. The bytes stay; what we learn of them is added. */
export interface UploadRecord {
  versionId: string;
  key: string;
  sha256: string;
  bytes: number;
  registeredAt: number;
  judgement?: Judgement | undefined;
  pageImageKey?: string | undefined;
  scan?: { verdict: ScanVerdict; at: number } | undefined;
}

/** A round about one version of the uploaded object. */
export interface CaseRound extends RoundRecord {
  versionId: string;
}

/** Everything we hold on one case (Danish: sagsmappe). */
export interface CaseFile extends Filed<"case"> {
  case: AgreementCase;
  organisation: Organisation;
  signerId: PersonId;
  contactId: PersonId;
  uploads: readonly UploadRecord[];
  rounds: readonly CaseRound[];
}
