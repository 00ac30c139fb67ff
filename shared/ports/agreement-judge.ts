import type { Judgement } from "../domain/judgement/judgement.ts";
import type { Expected } from "../domain/judgement/rule.ts";

/** What the applicant stated, and the time in epoch ms at which certificates are judged where no time-stamp says otherwise. */
export interface JudgedAgainst extends Expected {
  now: number;
}

export interface JudgedAgreement {
  judgement: Judgement;
  /** Page 1 as a PNG, drawn after the judgement, which needs no picture; undefined where there is none. Never rejects. */
  firstPage: Promise<Uint8Array | undefined>;
}

/** Judges the bytes somebody sent us. Never throws, hangs or dies of what the bytes are. */
export interface AgreementJudge {
  /**
   * @param bytes read where they lie if that is shared memory, copied otherwise; not to be written to before the
   * first page is there
   */
  judge(bytes: Uint8Array, against: JudgedAgainst): Promise<JudgedAgreement>;
}
