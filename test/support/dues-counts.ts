import type { MemberFile } from "../../shared/domain/membership/member-file.ts";

export interface PeriodOf {
  year: number;
  totalOere: number;
  dueOn: string;
}

/** What a member has been charged, in a few words. */
export function periodsOf({ dues }: MemberFile): PeriodOf[] {
  return dues.map(({ year, totalOere, dueOn }) => ({ year, totalOere, dueOn }));
}
