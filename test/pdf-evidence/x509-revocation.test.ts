import type { Buffer } from "node:buffer";
import { describe, expect, it } from "vitest";
import { attribute } from "../../local/rehearsal/pdfs/cms-builder.ts";
import { boolean, explicit, oid, sequence, tlv } from "../../local/rehearsal/pdfs/der-writer.ts";
import {
  testAuthority,
  testSigner,
  VALID_FROM,
  VALID_TO,
} from "../../local/rehearsal/pdfs/test-authority.ts";
import { EKU, extension, issueCertificate } from "../../local/rehearsal/pdfs/test-certificates.ts";
import { testKey } from "../../local/rehearsal/pdfs/test-keys.ts";
import { buildCrl, buildOcsp } from "../support/pdfs/revocation-builder.ts";
import { conclusion, judged, NOW, type ValueWish } from "../support/pdfs/signature-values.ts";

const DAY = 86_400_000;
const YESTERDAY = NOW - DAY;
const { root, intermediate, timeStampAuthority } = testAuthority();
const SERIAL = testSigner().serial;
const REVOKED = "INDETERMINATE REVOKED_NO_POE CERTIFICATE_REVOKED";

const responder = issueCertificate({
  name: { commonName: "Eksempel OCSP" },
  key: testKey("responder", "p256"),
  issuer: intermediate,
  serial: 88,
  notBefore: VALID_FROM,
  notAfter: VALID_TO,
  extendedKeyUsage: [EKU.ocspSigning],
});
const notAppointed = testSigner({ commonName: "Ikke udpeget", keyKind: "p256", serial: 89 });

const renamed = { ...intermediate, name: { commonName: "Et Andet Navn" } };

interface Evidence {
  readonly crls?: readonly Buffer[];
  readonly ocsps?: readonly Buffer[];
}

async function judgedWith(evidence: Evidence, wish: ValueWish = {}): Promise<string> {
  const dss = { certificates: [], crls: evidence.crls ?? [], ocsps: evidence.ocsps ?? [] };
  const outcome = await judged({ ...wish, input: { dss, ...wish.input } });
  return outcome.findings.includes("REVOCATION_UNKNOWN")
    ? `${conclusion(outcome)} (unknown)`
    : conclusion(outcome);
}

const revoked = [{ serial: SERIAL, at: YESTERDAY }];
const crl = (wish: Partial<Parameters<typeof buildCrl>[0]> = {}) =>
  buildCrl({ issuer: intermediate, at: NOW, ...wish });
const ocsp = (wish: Partial<Parameters<typeof buildOcsp>[0]> = {}) =>
  buildOcsp({ issuer: intermediate, serial: SERIAL, responder: intermediate, at: NOW, ...wish });

describe("A revoked certificate never passes; without evidence the answer is unknown, and says so", () => {
  const table: readonly [string, Evidence, string][] = [
    ["nothing is said", {}, "TOTAL_PASSED (unknown)"],
    ["a list leaves it out", { crls: [crl()] }, "TOTAL_PASSED"],
    ["a list names it", { crls: [crl({ revoked })] }, REVOKED],
    ["a list names another", { crls: [crl({ revoked: [{ serial: 9, at: YESTERDAY }] })] }, "TOTAL_PASSED"],
    [
      "a list names it among many",
      {
        crls: [
          crl({
            revoked: [
              ...Array.from({ length: 500 }, (_, index) => ({ serial: 5000 + index, at: YESTERDAY })),
              ...revoked,
            ],
          }),
        ],
      },
      REVOKED,
    ],
    [
      "a list takes it off again",
      { crls: [crl({ revoked: [{ serial: SERIAL, at: YESTERDAY, reason: 8 }] })] },
      "TOTAL_PASSED",
    ],
    [
      "a list gives a reason",
      { crls: [crl({ revoked: [{ serial: SERIAL, at: YESTERDAY, reason: 1 }] })] },
      REVOKED,
    ],
    [
      "a list of another authority names it",
      { crls: [crl({ issuer: root, revoked })] },
      "TOTAL_PASSED (unknown)",
    ],
    [
      "a list under another name, by the same key, names it",
      { crls: [crl({ issuer: renamed, revoked })] },
      "TOTAL_PASSED (unknown)",
    ],
    [
      "the answer is about another authority with the same key",
      { ocsps: [ocsp({ issuer: renamed })] },
      "TOTAL_PASSED (unknown)",
    ],
    [
      "a list of changes leaves it out",
      { crls: [crl({ extensions: [extension("2.5.29.27", false, oid("1.2"))] })] },
      "TOTAL_PASSED (unknown)",
    ],
    [
      "a list of authorities leaves it out",
      {
        crls: [
          crl({ extensions: [extension("2.5.29.28", true, sequence(tlv(0x82, boolean(true).subarray(2))))] }),
        ],
      },
      "TOTAL_PASSED (unknown)",
    ],
    [
      "a list with an unknown demand leaves it out",
      { crls: [crl({ extensions: [extension("1.2.3.4", true, boolean(true))] })] },
      "TOTAL_PASSED (unknown)",
    ],
    ["the authority says good", { ocsps: [ocsp()] }, "TOTAL_PASSED"],
    ["the authority says revoked", { ocsps: [ocsp({ revokedAt: YESTERDAY })] }, REVOKED],
    [
      "the authority says revoked, without wrapping",
      { ocsps: [ocsp({ revokedAt: YESTERDAY, bare: true })] },
      REVOKED,
    ],
    ["one it appointed says good", { ocsps: [ocsp({ responder })] }, "TOTAL_PASSED"],
    ["one it appointed says revoked", { ocsps: [ocsp({ responder, revokedAt: YESTERDAY })] }, REVOKED],
    [
      "one it did not appoint says good",
      { ocsps: [ocsp({ responder: notAppointed })] },
      "TOTAL_PASSED (unknown)",
    ],
    ["the answer is about another", { ocsps: [ocsp({ serial: 9 })] }, "TOTAL_PASSED (unknown)"],
    [
      "the answer is about the same number of another authority",
      { ocsps: [ocsp({ issuer: root })] },
      "TOTAL_PASSED (unknown)",
    ],
    ["one says good and another revoked", { ocsps: [ocsp()], crls: [crl({ revoked })] }, REVOKED],
    [
      "it is revoked from tomorrow",
      { crls: [crl({ revoked: [{ serial: SERIAL, at: NOW + DAY }] })] },
      "TOTAL_PASSED",
    ],
    [
      "the authority above it is revoked",
      {
        crls: [
          crl(),
          buildCrl({ issuer: root, at: NOW, revoked: [{ serial: intermediate.serial, at: YESTERDAY }] }),
        ],
      },
      REVOKED,
    ],
  ];
  it.each(table)("%s", async (_name, evidence, expected) => {
    expect(await judgedWith(evidence)).toBe(expected);
  });

  it("a list whose own signature does not hold says nothing", async () => {
    const forged = crl();
    forged[forged.length - 1] = (forged.at(-1) ?? 0) ^ 1;
    expect(await judgedWith({ crls: [forged] })).toBe("TOTAL_PASSED (unknown)");
  });

  it("evidence inside the signature counts as well", async () => {
    const archived = attribute("1.2.840.113583.1.1.8", sequence(explicit(0, sequence(crl({ revoked })))));
    expect(await judgedWith({}, { extraSignedAttributes: [archived] })).toBe(REVOKED);
    const answered = attribute(
      "1.2.840.113583.1.1.8",
      sequence(explicit(1, sequence(ocsp({ revokedAt: YESTERDAY })))),
    );
    expect(await judgedWith({}, { extraSignedAttributes: [answered] })).toBe(REVOKED);
    expect(await judgedWith({}, { crls: [crl({ revoked })] })).toBe(REVOKED);
    const wrapped = tlv(0xa1, oid("1.3.6.1.5.5.7.16.2"), ocsp({ revokedAt: YESTERDAY }));
    expect(await judgedWith({}, { crls: [wrapped] })).toBe(REVOKED);
  });

  it("a revocation after the proven time of the signature does not reach back", async () => {
    const stamp = { timeStampAuthority, timeStampTime: YESTERDAY - DAY };
    expect(await judgedWith({ crls: [crl({ revoked })] }, stamp)).toBe("TOTAL_PASSED");
    expect(await judgedWith({ crls: [crl({ revoked })] }, { ...stamp, timeStampTime: NOW - 1000 })).toBe(
      REVOKED,
    );
  });
});
