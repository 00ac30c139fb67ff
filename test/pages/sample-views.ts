import type { DecidedView } from "../../shared/pages/decided-page.ts";
import { type DecisionView, decisionPage } from "../../shared/pages/decision-page.ts";
import type { Chrome } from "../../shared/pages/kit/shell.ts";
import { type StatusView, statusPage } from "../../shared/pages/status-page.ts";
import type { uploadPage } from "../../shared/pages/upload-page.ts";
import { day, judgements, monday } from "../support/page-fixtures.ts";

/** What the pages of the gallery show: one case, everywhere the same. */

/** A page, but for what is the same on all of them. */
export type Draw = (chrome: Chrome) => string;

export const key = "k1.0123456789abcdef0123456789abcdef.0123456789abcdef0123456789abcdef";

export const status: StatusView = {
  statusPath: `/agreements/${key}`,
  caseNumber: "A-2026-0117",
  kind: "member",
  organisation: { name: "Eksempelby Kommune", cvr: "12345674" },
  signer: { name: "Anna Eksempel", title: "digitaliseringsdirektør" },
  contact: { name: "Bo Prøve" },
  status: "awaiting-secretariat",
  since: monday,
  milestones: { received: monday, checked: monday + 60_000 },
  asksChair: true,
  findings: [],
  file: { bytes: 318_402, pages: 4, mayBeServed: true },
  mayApplyAgain: false,
  mayUpload: true,
  mayWithdraw: true,
};
export const decisionView: DecisionView = {
  decisionPath: `/decisions/${key}`,
  stage: "secretariat",
  approver: "sekretaer1@os2.example",
  asksChair: true,
  expiresAt: monday + 30 * day,
  problems: [],
  kind: "member",
  caseNumber: "A-2026-0117",
  receivedAt: monday,
  organisation: { name: "Eksempelby Kommune", cvr: "12345674", gln: "5790000123452" },
  signer: { name: "Anna Eksempel", title: "digitaliseringsdirektør" },
  contact: { name: "Bo Prøve", email: "bo@eksempelby.example", phone: "12 34 56 78" },
  dues: { year: 2026, period: "half-year", amountOere: 1_250_000, fullYearOere: 2_500_000 },
  judgement: judgements.signed,
  sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
  hasPageImage: true,
  rivals: [],
  course: [
    { at: monday - 600_000, code: "APPLICATION_RECEIVED", by: "submitter" },
    { at: monday, code: "UPLOAD_REGISTERED", by: "submitter" },
    { at: monday + 60_000, code: "DOCUMENT_JUDGED", by: "system" },
    { at: monday + 90_000, code: "ROUND_OPENED", by: "system" },
  ],
};

export const decided: DecidedView = {
  kind: "member",
  caseNumber: "A-2026-0117",
  organisationName: "Eksempelby Kommune",
  stage: "secretariat",
  decision: "approve",
  decidedBy: "sekretaer1@os2.example",
  isReader: true,
  decidedAt: monday + day,
  asksChair: true,
};

export const upload: Parameters<typeof uploadPage>[0] = {
  statusPath: status.statusPath,
  caseNumber: status.caseNumber,
  kind: "member",
  organisationName: "Eksempelby Kommune",
  policy: { url: "http://127.0.0.1:3001/incoming", fields: { key: "uploads/1/2.pdf", policy: "abc" } },
  purpose: "first",
  lapsesAt: monday + 7 * day,
};

export const withStatus =
  (changes: Partial<StatusView>): Draw =>
  (chrome) =>
    statusPage({ ...status, ...changes }, chrome);
export const withDecision =
  (changes: Partial<DecisionView>): Draw =>
  (chrome) =>
    decisionPage({ ...decisionView, ...changes }, chrome);
