import type { Buffer } from "node:buffer";
import { type AgreementWish, agreementLines } from "./agreement-text.ts";
import { encryptedCopy } from "./encrypted-pdf.ts";
import { addSecurityStore, type SignWish, signPdf, timeStampPdf } from "./pdf-signer.ts";
import { appendRevision } from "./pdf-writer.ts";
import { FIRST_CONTENT, plainPdf, textContent } from "./plain-pdf.ts";
import { scanOf } from "./scanned-pdf.ts";
import { testAuthority, testSigner } from "./test-authority.ts";
import type { Identity } from "./test-certificates.ts";

export type { AgreementWish };

/** When the examples are signed, unless said otherwise. */
export const EXAMPLE_SIGNING_TIME = Date.UTC(2026, 8, 1, 10, 0, 0);

export interface SignedAgreementWish extends AgreementWish {
  /** Epoch ms. */
  readonly signingTime?: number;
  /** The certificate's CVR; the applicant's own unless said otherwise; null for a certificate without. */
  readonly certificateCvr?: string | null;
  readonly signer?: Identity;
  /** B-T: with the test authority's time-stamp (the default). */
  readonly timeStamped?: boolean;
  readonly sign?: Partial<SignWish>;
}

/** An agreement nobody has signed. */
export function unsignedAgreementPdf(wish: AgreementWish): Buffer {
  const pages = Array.from({ length: Math.max(1, wish.pages ?? 1) - 1 }, (_, index) => [
    `Bilag ${index + 1}`,
    "",
    "Dette bilag er en del af aftalen.",
  ]);
  return plainPdf({ title: agreementLines(wish)[0] ?? "Aftale", pages: [agreementLines(wish), ...pages] });
}

/** Signed by the test authority's signer, PAdES B-T, with the signature shown on the page. */
export function signedAgreementPdf(wish: SignedAgreementWish): Buffer {
  return signAgreement(unsignedAgreementPdf(wish), wish);
}

/** Signs any well-formed PDF as the applicant would, such as the prefilled agreement from the form. */
export function signAgreement(pdf: Buffer, wish: Omit<SignedAgreementWish, "kind" | "lines">): Buffer {
  const signingTime = wish.signingTime ?? EXAMPLE_SIGNING_TIME;
  const { intermediate, timeStampAuthority } = testAuthority();
  const cvr = wish.certificateCvr === null ? {} : { cvr: wish.certificateCvr ?? wish.cvr };
  return signPdf(pdf, {
    signer:
      wish.signer ?? testSigner({ commonName: wish.signerName, organisation: wish.organisationName, ...cvr }),
    signerName: wish.signerName,
    appearanceText: `Underskrevet digitalt af ${wish.signerName}`,
    rectangle: [64, 96, 330, 132],
    signingTime,
    ...wish.sign,
    cms: {
      chain: [intermediate.certificate],
      ...(wish.timeStamped === false ? {} : { timeStampAuthority, timeStampTime: signingTime }),
      ...wish.sign?.cms,
    },
  });
}

/** As an archive would keep it: B-T, then a security store, then a document time-stamp. */
export function archivedAgreementPdf(wish: SignedAgreementWish): Buffer {
  const { root, intermediate, timeStampAuthority } = testAuthority();
  const stored = addSecurityStore(signedAgreementPdf(wish), {
    certificates: [root.certificate, intermediate.certificate],
  });
  return timeStampPdf(stored, {
    authority: timeStampAuthority,
    time: (wish.signingTime ?? EXAMPLE_SIGNING_TIME) + 60_000,
  });
}

/** Signed, and then the text of the first page was replaced by an incremental update. */
export function changedAfterSigningPdf(wish: SignedAgreementWish): Buffer {
  const changed = agreementLines(wish).map((line) =>
    line.replace(/^3\..*/, "3. Kontingentet er 1 krone om året."),
  );
  return appendRevision(signedAgreementPdf(wish), {
    objects: new Map([[FIRST_CONTENT, textContent(changed)]]),
  });
}

/** Printed, signed by hand and scanned: a picture of the page, not a letter of text. */
export async function scannedAgreementPdf(wish: AgreementWish): Promise<Buffer> {
  return scanOf(unsignedAgreementPdf(wish), wish.signerName);
}

/** Encrypted with an empty user password: every viewer opens it, and we refuse it. */
export function encryptedPdf(wish: AgreementWish): Buffer {
  return encryptedCopy([agreementLines(wish)]);
}
