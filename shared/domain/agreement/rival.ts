import type { CaseStatus } from "./agreement-case.ts";

/** Another open application for the same CVR number and kind, which its contact has confirmed. */
export interface Rival {
  caseNumber: string;
  contact: { name: string; email: string };
  openedAt: number;
  status: CaseStatus;
}
