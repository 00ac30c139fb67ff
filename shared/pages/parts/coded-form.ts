import type { Language } from "../../domain/agreement/kind.ts";
import { bilingual } from "../../words/bilingual.ts";
import { textField } from "../kit/form-field.ts";
import type { Html } from "../kit/html.ts";

/** Why a form behind a coded link was refused, whatever it decides or settles. */
export type CodedProblem =
  | { code: "REASON_TOO_LONG"; maxLength: number }
  | { code: "CODE_MALFORMED" }
  | { code: "CODE_WRONG"; attemptsLeft: number };

const texts = bilingual({
  da: {
    caseCode: "Sagskode",
    caseCodeHint: "De fire cifre fra mailen",
    REASON_TOO_LONG: (maxLength: number) => `Skriv begrundelsen med højst ${maxLength} tegn`,
    CODE_MALFORMED: "Skriv sagskoden med fire cifre. Den står i mailen med linket",
    CODE_WRONG: (left: number) =>
      `Sagskoden passer ikke. Se mailen med netop dette link. Du har ${left === 1 ? "ét forsøg" : `${left} forsøg`} igen`,
  },
  en: {
    caseCode: "Case code",
    caseCodeHint: "The four digits from the email",
    REASON_TOO_LONG: (maxLength: number) => `Write the reason in ${maxLength} characters at most`,
    CODE_MALFORMED: "Enter the case code with four digits. It is in the email with the link",
    CODE_WRONG: (left: number) =>
      `The case code does not match. See the email with this very link. You have ${left === 1 ? "one attempt" : `${left} attempts`} left`,
  },
});

/** The refusal as the error summary lists it. */
export function codedError(problem: CodedProblem, language: Language): { field: string; message: string } {
  const text = texts[language];
  switch (problem.code) {
    case "REASON_TOO_LONG":
      return { field: "reason", message: text.REASON_TOO_LONG(problem.maxLength) };
    case "CODE_MALFORMED":
      return { field: "caseCode", message: text.CODE_MALFORMED };
    case "CODE_WRONG":
      return { field: "caseCode", message: text.CODE_WRONG(problem.attemptsLeft) };
  }
}

/** The code proves that a person read the mail. What was typed is never put back. */
export function caseCodeField(error: string | undefined, language: Language): Html {
  const text = texts[language];
  return textField(
    {
      name: "caseCode",
      label: text.caseCode,
      hint: text.caseCodeHint,
      value: "",
      error,
      width: "xs",
      inputmode: "numeric",
      autocomplete: "off",
    },
    language,
  );
}
