import type { AgreementKind } from "../domain/agreement/kind.ts";
import type { Member } from "../domain/membership/member.ts";
import type { CvrNumber } from "../domain/organisation/cvr-number.ts";
import type { Shelf } from "./filing.ts";

/** The register of members. */
export interface Members extends Shelf<"member"> {
  /** Reserves the next member number; gaps are allowed, doubles are not. */
  nextMemberNumber(): Promise<number>;
  find(kind: AgreementKind, cvr: CvrNumber): Promise<Member | undefined>;
  /** From the index: for lists, never what to decide by. */
  all(): Promise<Member[]>;
}
