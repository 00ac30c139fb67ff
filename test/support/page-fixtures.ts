import { type FindingCode, findingRules } from "../../shared/domain/judgement/finding-codes.ts";
import type { Judgement, SignatureJudgement } from "../../shared/domain/judgement/judgement.ts";
import type { EmailAddress } from "../../shared/domain/organisation/email-address.ts";
import { type ConfirmedPayee, payeeOf } from "../../shared/domain/settings/payee.ts";
import type { Sender } from "../../shared/domain/settings/settings.ts";

/** Monday 23 November 2026, 10.42 in Copenhagen. */
export const monday = Date.parse("2026-11-23T09:42:00Z");
export const day = 24 * 60 * 60 * 1000;

export const sender: Sender = {
  name: "OS2, det offentlige digitaliseringsfællesskab",
  cvr: "55133018",
  gln: "5790000423408",
  street: "Dokk1, Hack Kampmanns Plads 2",
  postalCode: "8000",
  city: "Aarhus C",
  email: "os2@os2.eu" as EmailAddress,
};

const readiness = payeeOf({
  sender,
  account: { registrationNumber: "4180", accountNumber: "0001234567" },
  vat: { category: "S", percent: 25 },
});
if (readiness.kind !== "confirmed") throw new Error(readiness.missing.join());
export const payee: ConfirmedPayee = readiness.payee;

/** Names that have broken pages before: markup, line breaks, one long word, letters outside Latin-1. */
export const hostileNames = {
  markup: `<script>alert("x")</script> & 'Søns' <img src=x onerror=alert(1)>`,
  lineBreaks: "Æbelø\r\nBcc: nogen@example.com\r\n\r\nSagskode: 9999",
  endless: "Ø".repeat(300),
  foreign: "Łódź Gmina \u202Efdp.exe",
} as const;

function finding(code: FindingCode, detail?: string): Judgement["findings"][number] {
  return { code, severity: findingRules[code].severity, ...(detail === undefined ? {} : { detail }) };
}

const passed: SignatureJudgement = {
  field: "Signature1",
  kind: "signature",
  level: "PAdES-B-LTA",
  indication: "TOTAL_PASSED",
  signer: {
    commonName: "Anna Eksempel",
    organisation: "Eksempelby Kommune",
    organisationIdentifier: "NTRDK-12345674",
    cvr: "12345674",
    issuer: "Den Danske Stat OCES udstedende-CA 1",
    certificateSha256: "ab".repeat(32),
  },
  signingTime: "2026-11-20T13:32:00.000Z",
  signingTimeProven: true,
  timeStampAuthority: "Den Danske Stat TSA",
  coversWholeDocument: true,
  findings: [finding("VALIDATION_DATA_ADDED_AFTERWARDS")],
  changes: [],
};

const template = { kind: "member", version: "2026-03", language: "da", current: true } as const;

/** The four files that a person must tell apart at a glance, and two more. */
export const judgements = {
  signed: {
    verdict: "PASSED",
    light: "green",
    findings: [
      finding("ALL_SIGNATURES_VALID"),
      finding("SIGNER_CVR_MATCHES", "12345674"),
      finding("AGREEMENT_RECOGNISED"),
      finding("CVR_IN_TEXT"),
    ],
    signatures: [passed],
    pages: 4,
    bytes: 318_402,
    template,
  },
  scan: {
    verdict: "NEEDS_HUMAN",
    light: "yellow",
    findings: [finding("UNSIGNED"), finding("TEXT_COULD_NOT_BE_CHECKED"), finding("NO_TEXT")],
    signatures: [],
    pages: 3,
    bytes: 2_418_402,
  },
  changed: {
    verdict: "NEEDS_HUMAN",
    light: "red",
    findings: [
      finding("SIGNATURE_FAILED", "Signature1"),
      finding("CHANGED_AFTER_SIGNING", "Signature1"),
      finding("AGREEMENT_RECOGNISED"),
      finding("CVR_IN_TEXT"),
    ],
    signatures: [
      {
        ...passed,
        indication: "TOTAL_FAILED",
        subIndication: "HASH_FAILURE",
        coversWholeDocument: false,
        findings: [finding("CONTENT_CHANGED_AFTER_SIGNING")],
        changes: ["page 2: Contents", "page 2: annotation 41 added"],
      },
    ],
    pages: 4,
    bytes: 331_900,
    template,
  },
  wrongKind: {
    verdict: "NEEDS_HUMAN",
    light: "yellow",
    findings: [
      finding("AGREEMENT_WRONG_KIND"),
      finding("ALL_SIGNATURES_VALID"),
      finding("SIGNER_CVR_MATCHES", "12345674"),
      finding("CVR_IN_TEXT"),
    ],
    signatures: [passed],
    pages: 5,
    bytes: 402_118,
    template: { ...template, kind: "partner" },
  },
  sealed: {
    verdict: "NEEDS_HUMAN",
    light: "yellow",
    findings: [finding("SEALED_BY_PLATFORM_ONLY", "Penneo"), finding("CVR_IN_TEXT")],
    signatures: [{ ...passed, platform: "Penneo" }],
    pages: 4,
    bytes: 318_402,
    template,
  },
  refused: {
    verdict: "REJECTED",
    light: "red",
    findings: [finding("ENCRYPTED"), finding("LATE_HEADER")],
    signatures: [],
    pages: 0,
    bytes: 900,
  },
} satisfies Record<string, Judgement>;
