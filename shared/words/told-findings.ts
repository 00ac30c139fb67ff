import type { FindingCode } from "../domain/judgement/finding-codes.ts";
import type { Finding } from "../domain/judgement/judgement.ts";

/** What another finding already says better; its advice would only contradict. */
const saidBy: Partial<Record<FindingCode, FindingCode>> = {
  SIGNATURE_FAILED: "CHANGED_AFTER_SIGNING",
  AGREEMENT_RECOGNISED: "AGREEMENT_CLAUSES_MISSING",
  NO_TEXT: "TEXT_COULD_NOT_BE_CHECKED",
};

/** Details that mean something to a person; the others are places in the file and stand under "all checks". */
const telling: ReadonlySet<FindingCode> = new Set<FindingCode>([
  "OTHER_CVR_IN_TEXT",
  "SIGNER_CVR_DIFFERS",
  "AGREEMENT_CLAUSES_MISSING",
  "SEALED_BY_PLATFORM_ONLY",
]);

/** The findings that a page or a mail tells one by one: none twice, and only details that tell something. */
export function toldFindings(findings: readonly Finding[]): Finding[] {
  const codes = new Set(findings.map((finding) => finding.code));
  return findings
    .filter(({ code }) => {
      const better = saidBy[code];
      return better === undefined || !codes.has(better);
    })
    .map(({ detail, ...finding }) =>
      detail !== undefined && telling.has(finding.code) ? { ...finding, detail } : finding,
    );
}
