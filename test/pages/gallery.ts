import type { TaskReason } from "../../shared/domain/filing/task.ts";
import { taskReasons, taskRules } from "../../shared/domain/filing/task.ts";
import { accessibilityPage } from "../../shared/pages/accessibility-page.ts";
import { applicationFormPage } from "../../shared/pages/application-form-page.ts";
import { confirmationPage } from "../../shared/pages/confirmation-page.ts";
import { decidedPage } from "../../shared/pages/decided-page.ts";
import { errorPage } from "../../shared/pages/error-page.ts";
import { frontPage } from "../../shared/pages/front-page.ts";
import { privacyPage } from "../../shared/pages/privacy-page.ts";
import { refusedApplicationPage } from "../../shared/pages/refused-application-page.ts";
import { type RefusedLink, refusedLinkPage } from "../../shared/pages/refused-link-page.ts";
import { taskPage } from "../../shared/pages/task-page.ts";
import { uploadPage } from "../../shared/pages/upload-page.ts";
import { address } from "../support/builders/an-application.ts";
import { day, judgements, monday } from "../support/page-fixtures.ts";
import {
  type Draw,
  decided,
  decisionView,
  key,
  status,
  upload,
  withDecision,
  withStatus,
} from "./sample-views.ts";

const unconfirmed = { address: "bo@eksempelby.example", until: monday + 7 * day };
const closed = { mayUpload: false, mayWithdraw: false } as const;

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
  "application-sent-before": (chrome) =>
    refusedApplicationPage({ why: "another-body", kind: "member" }, chrome),
  "application-too-many": (chrome) => refusedApplicationPage({ why: "too-many", kind: "member" }, chrome),
  upload: (chrome) => uploadPage(upload, chrome),
  "upload-unconfirmed": (chrome) => uploadPage({ ...upload, unconfirmed }, chrome),
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
  "status-awaiting-upload-unconfirmed": withStatus({
    status: "awaiting-upload",
    milestones: {},
    file: undefined,
    lapsesAt: monday + 7 * day,
    unconfirmed,
  }),
  "status-under-review-unconfirmed": withStatus({
    status: "under-review",
    milestones: { received: monday },
    unconfirmed,
  }),
  "status-awaiting-confirmation": withStatus({ status: "awaiting-confirmation", unconfirmed }),
  "status-confirmation-sent-again": withStatus({
    status: "awaiting-confirmation",
    unconfirmed: { ...unconfirmed, sentAgain: true },
  }),
  "status-too-many-files": withStatus({ tooManyFiles: true }),
  "status-closed": withStatus({
    ...closed,
    status: "closed",
    reason: { stage: "secretariat", text: "I har skrevet, at I vil vente til næste år." },
  }),
  "status-closed-another-admitted": withStatus({ ...closed, status: "closed", anotherAdmitted: true }),
  ...Object.fromEntries(
    (["asked", "confirmed", "closed", "open-case-exists", "already-member"] as const).map(
      (standing): [string, Draw] => [
        `confirmation-${standing}`,
        (chrome) => confirmationPage({ confirmationPath: `/confirmations/${key}`, standing }, chrome),
      ],
    ),
  ),
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
  "decision-rivals": withDecision({
    rivals: [
      {
        caseNumber: "A-2026-0112",
        contact: { name: "Ida Prøve", email: "ida@eksempelby.example" },
        openedAt: monday - 3 * day,
        status: "awaiting-upload",
      },
    ],
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
