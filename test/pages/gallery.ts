import type { TaskReason } from "../../shared/domain/filing/task.ts";
import { taskReasons, taskRules } from "../../shared/domain/filing/task.ts";
import { accessibilityPage } from "../../shared/pages/accessibility-page.ts";
import { applicationFormPage } from "../../shared/pages/application-form-page.ts";
import { type DecidedView, decidedPage } from "../../shared/pages/decided-page.ts";
import { type DecisionView, decisionPage } from "../../shared/pages/decision-page.ts";
import { errorPage } from "../../shared/pages/error-page.ts";
import { frontPage } from "../../shared/pages/front-page.ts";
import type { Chrome } from "../../shared/pages/kit/shell.ts";
import { privacyPage } from "../../shared/pages/privacy-page.ts";
import { refusedApplicationPage } from "../../shared/pages/refused-application-page.ts";
import { type RefusedLink, refusedLinkPage } from "../../shared/pages/refused-link-page.ts";
import { type StatusView, statusPage } from "../../shared/pages/status-page.ts";
import { taskPage } from "../../shared/pages/task-page.ts";
import { uploadPage } from "../../shared/pages/upload-page.ts";
import { address } from "../support/builders/an-application.ts";
import { day, hostileNames, judgements, monday } from "../support/page-fixtures.ts";

export type Draw = (chrome: Chrome) => string;

const key = "k1.0123456789abcdef0123456789abcdef.0123456789abcdef0123456789abcdef";

const status: StatusView = {
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
const closed = { mayUpload: false, mayWithdraw: false } as const;

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
  course: [
    { at: monday - 600_000, code: "APPLICATION_RECEIVED", by: "submitter" },
    { at: monday, code: "UPLOAD_REGISTERED", by: "submitter" },
    { at: monday + 60_000, code: "DOCUMENT_JUDGED", by: "system" },
    { at: monday + 90_000, code: "ROUND_OPENED", by: "system" },
  ],
};

const decided: DecidedView = {
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

const task =
  (reason: TaskReason): Draw =>
  (chrome) =>
    taskPage(
      {
        taskPath: `/tasks/${key}`,
        reader: "sekretaer1@os2.example",
        problems: [],
        reason,
        detail: "judge-document",
        openedAt: monday,
        expiresAt: monday + 30 * day,
        reference: "A-2026-0117",
        kind: "member",
        name: "Eksempelby Kommune",
        contact: { ...decisionView.contact, email: address(decisionView.contact.email) },
        resolutions: taskRules[reason].resolutions,
      },
      chrome,
    );

const upload: Parameters<typeof uploadPage>[0] = {
  statusPath: status.statusPath,
  caseNumber: status.caseNumber,
  kind: "member",
  organisationName: "Eksempelby Kommune",
  policy: { url: "http://127.0.0.1:3001/incoming", fields: { key: "uploads/1/2.pdf", policy: "abc" } },
  purpose: "first",
  lapsesAt: monday + 7 * day,
};

const formErrors = [
  { field: "organisation.name", code: "REQUIRED" },
  { field: "organisation.cvr", code: "CVR_CHECK_DIGIT" },
  { field: "organisation.gln", code: "GLN_FORMAT" },
  { field: "signer.hasAuthority", code: "ATTESTATION_REQUIRED" },
  { field: "contact.email", code: "EMAIL_FORMAT" },
] as const;

const refusedLinks: readonly RefusedLink[] = [
  "unknown",
  "foreign-origin",
  "expired",
  "superseded",
  "withdrawn",
  "locked",
  "too-many",
  "renewed",
  "retired",
];

const withStatus =
  (changes: Partial<StatusView>): Draw =>
  (chrome) =>
    statusPage({ ...status, ...changes }, chrome);
const withDecision =
  (changes: Partial<DecisionView>): Draw =>
  (chrome) =>
    decisionPage({ ...decisionView, ...changes }, chrome);

/** Every page in every shape that looks different. */
export const gallery: Record<string, Draw> = {
  front: (chrome) => frontPage({ memberDuesOere: 2_500_000 }, chrome),
  "form-member": (chrome) => applicationFormPage({ kind: "member", values: {}, errors: [] }, chrome),
  "form-partner": (chrome) => applicationFormPage({ kind: "partner", values: {}, errors: [] }, chrome),
  "form-errors": (chrome) =>
    applicationFormPage(
      {
        kind: "member",
        values: { "organisation.cvr": "41849984", "contact.email": "bo" },
        errors: formErrors,
      },
      chrome,
    ),
  "application-open-case": (chrome) =>
    refusedApplicationPage({ why: "open-case-exists", kind: "member" }, chrome),
  "application-already-member": (chrome) =>
    refusedApplicationPage({ why: "already-member", kind: "partner" }, chrome),
  "application-too-many": (chrome) => refusedApplicationPage({ why: "too-many", kind: "member" }, chrome),
  upload: (chrome) => uploadPage(upload, chrome),
  "upload-replace": (chrome) => uploadPage({ ...upload, purpose: "replace", lapsesAt: undefined }, chrome),
  "status-awaiting-upload": withStatus({
    status: "awaiting-upload",
    milestones: {},
    file: undefined,
    lapsesAt: monday + 7 * day,
  }),
  "status-returned": withStatus({
    status: "awaiting-upload",
    lapsesAt: monday + 30 * day,
    reason: {
      stage: "secretariat",
      text: "Side 2 kan ikke læses.\nScan igen, tak.\n\nVenlig hilsen sekretariatet",
    },
  }),
  "status-rejected": withStatus({
    status: "rejected",
    findings: judgements.refused.findings,
    lapsesAt: monday + 30 * day,
  }),
  "status-under-review": withStatus({ status: "under-review", milestones: { received: monday } }),
  "status-awaiting-secretariat": withStatus({}),
  "status-awaiting-chair": withStatus({
    status: "awaiting-chair",
    milestones: { ...status.milestones, endorsed: monday + day },
  }),
  "status-admitted": withStatus({
    ...closed,
    status: "admitted",
    milestones: {
      ...status.milestones,
      endorsed: monday + day,
      approved: monday + 2 * day,
      admitted: monday + 2 * day,
    },
  }),
  "status-declined": withStatus({
    ...closed,
    status: "declined",
    reason: { stage: "chair", text: "Vi kan ikke optage private foreninger." },
    mayApplyAgain: true,
  }),
  "status-expired": withStatus({ ...closed, status: "expired", milestones: {}, mayApplyAgain: true }),
  "status-withdrawn": withStatus({ ...closed, status: "withdrawn", mayApplyAgain: true }),
  "status-held": withStatus({ status: "held", milestones: { received: monday } }),
  "decision-green": withDecision({}),
  "decision-scan": withDecision({ judgement: judgements.scan }),
  "decision-changed": withDecision({ judgement: judgements.changed }),
  "decision-wrong-kind": withDecision({ judgement: judgements.wrongKind }),
  "decision-sealed": withDecision({ judgement: judgements.sealed, hasPageImage: false }),
  "decision-chair": withDecision({
    stage: "chair",
    approver: "formand@os2.example",
    endorsedBy: { name: "sekretaer1@os2.example", at: monday + day },
  }),
  "decision-partner": withDecision({
    kind: "partner",
    dues: undefined,
    organisation: { name: "Kodeværket ApS", cvr: "12345674" },
  }),
  "decision-refused": withDecision({
    judgement: judgements.scan,
    typed: { decision: "return", reason: "" },
    problems: [{ code: "REASON_MISSING" }, { code: "CODE_WRONG", attemptsLeft: 3 }],
  }),
  decided: (chrome) => decidedPage(decided, chrome),
  "decided-too-late": (chrome) =>
    decidedPage(
      { ...decided, decision: "return", isReader: false, cameTooLate: true, reason: "Side 2 mangler." },
      chrome,
    ),
  ...Object.fromEntries(
    refusedLinks.map((why): [string, Draw] => [
      `link-${why}`,
      (chrome) =>
        refusedLinkPage(
          { why, renewPath: why === "expired" || why === "locked" ? `/decisions/${key}/renew` : undefined },
          chrome,
        ),
    ]),
  ),
  ...Object.fromEntries(taskReasons.map((reason): [string, Draw] => [`task-${reason}`, task(reason)])),
  privacy: privacyPage,
  accessibility: accessibilityPage,
  "error-not-found": (chrome) => errorPage("not-found", chrome),
  "error-too-many": (chrome) => errorPage("too-many", chrome),
  "error-broken": (chrome) => errorPage("broken", chrome),
  "error-closed": (chrome) => errorPage("closed", chrome),
  "error-no-kind": (chrome) => errorPage("no-kind", chrome),
};

/** The pages that show what strangers typed, with the worst of it in every place. */
export function hostileGallery(name: string): Record<string, Draw> {
  const person = { name, title: name, email: "a@b.example", phone: "12 34 56 78" };
  return {
    form: (chrome) =>
      applicationFormPage(
        {
          kind: "member",
          values: { "organisation.name": name, "signer.name": name, "contact.email": name },
          errors: [{ field: name, code: "TOO_LONG" }],
        },
        chrome,
      ),
    upload: (chrome) => uploadPage({ ...upload, organisationName: name }, chrome),
    status: withStatus({
      organisation: { name, cvr: "12345674" },
      signer: person,
      contact: person,
      status: "declined",
      reason: { stage: "chair", text: name },
    }),
    decision: withDecision({
      organisation: { name, cvr: "12345674" },
      signer: person,
      contact: person,
      approver: `${"a".repeat(64)}@eksempelby.example`,
      endorsedBy: { name, at: monday },
      typed: { decision: "decline", reason: name },
      judgement: {
        ...judgements.changed,
        findings: judgements.changed.findings.map((found) => ({ ...found, detail: name.slice(0, 200) })),
        signatures: judgements.changed.signatures.map((signature) => ({
          ...signature,
          field: name.slice(0, 200),
          changes: [name.slice(0, 200)],
          signer: { commonName: name.slice(0, 200), issuer: name.slice(0, 200), certificateSha256: "ab" },
        })),
      },
    }),
    decided: (chrome) =>
      decidedPage({ ...decided, organisationName: name, decidedBy: name, reason: name }, chrome),
    task: (chrome) =>
      taskPage(
        {
          taskPath: `/tasks/${key}`,
          reader: "sekretaer1@os2.example",
          problems: [],
          reason: "STEP_FAILED",
          detail: name,
          openedAt: monday,
          expiresAt: monday,
          reference: "A-2026-0117",
          kind: "member",
          name,
          contact: { ...person, email: address(person.email) },
          resolutions: ["retry"],
        },
        chrome,
      ),
  };
}

export const hostile = hostileNames;
