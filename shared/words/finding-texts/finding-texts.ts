import type { Language } from "../../domain/agreement/kind.ts";
import type { FindingCode, findingRules } from "../../domain/judgement/finding-codes.ts";
import { agreementTexts } from "./agreement.ts";
import { fileContentTexts } from "./file-content.ts";
import type { FindingText, TextsFor } from "./finding-text.ts";
import { refusedFileTexts } from "./refused-file.ts";
import { signaturePlaceTexts } from "./signature-place.ts";
import { signatureValueTexts } from "./signature-value.ts";
import { signingTexts } from "./signing.ts";

const texts: TextsFor<typeof findingRules> = {
  ...refusedFileTexts,
  ...fileContentTexts,
  ...agreementTexts,
  ...signingTexts,
  ...signaturePlaceTexts,
  ...signatureValueTexts,
};

/** A finding in plain words: what it is, what it means and what to do. */
export function findingText(code: FindingCode, language: Language): FindingText {
  return texts[code][language];
}
