import type { Language } from "../domain/agreement/kind.ts";
import type { Judgement } from "../domain/judgement/judgement.ts";
import { bilingual } from "./bilingual.ts";
import { formatCvr } from "./formats.ts";

const texts = bilingual({
  da: {
    unknown: "Ukendt",
    platform: (name: string) => `Platformen ${name}`,
    results: { TOTAL_PASSED: "gyldig", INDETERMINATE: "kan ikke bekræftes", TOTAL_FAILED: "holder ikke" },
    sealIntact: "filen er uændret siden",
    nobody: "Ingen digital underskrift i filen",
  },
  en: {
    unknown: "Unknown",
    platform: (name: string) => `The platform ${name}`,
    results: { TOTAL_PASSED: "valid", INDETERMINATE: "can’t be confirmed", TOTAL_FAILED: "does not hold" },
    sealIntact: "the file is unchanged since",
    nobody: "No digital signature in the file",
  },
});

/** A file may hold fifty; whoever reads a list of five goes to the page. */
const shown = 5;

/**
 * Who signed, one line a signature: the name, whom for by the certificate, and whether it holds. Enough to decide by
 * where the file itself can't well be read, as on a phone.
 */
export function signedByLines(judgement: Judgement, language: Language): string[] {
  const text = texts[language];
  const signatures = judgement.signatures.filter(({ kind }) => kind === "signature");
  if (signatures.length === 0) return [text.nobody];
  return signatures.slice(0, shown).map(({ signer, platform, indication }) => {
    const passed = indication === "TOTAL_PASSED";
    const result = platform !== undefined && passed ? text.sealIntact : text.results[indication];
    const who = platform === undefined ? (signer?.commonName ?? text.unknown) : text.platform(platform);
    const whomFor =
      platform === undefined ? [signer?.organisation, signer?.cvr && `CVR ${formatCvr(signer.cvr)}`] : [];
    return `${[who, ...whomFor.filter(Boolean)].join(", ")}: ${result}`;
  });
}
