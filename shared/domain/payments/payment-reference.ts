/** Modulus 10 over all fifteen digits: from the right, every second counts twice, by the sum of its digits. */
function hasRightDigit(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, place) => {
    const weighed = Number(digit) * (place % 2 === 0 ? 1 : 2);
    return total + (weighed > 9 ? weighed - 9 : weighed);
  }, 0);
  return sum % 10 === 0;
}

/** "71/…" in camt, "+71<…+81234567<" as it is typed, the bare fifteen digits in a text. */
const fikLine = /(?<![0-9])(?:\+?71\s?[</#+\s]\s?)?([0-9]{15})(?:\s?\+[0-9]{8}<?)?(?![0-9])/gu;

/**
 * The FIK references in a text, each once: fifteen digits of which the last is the right one.
 * Source: FI-Kreditor, card type 71; in camt as `71/` and the digits.
 */
export function fiksIn(text: string): string[] {
  const found = [...text.matchAll(fikLine)].map((match) => match[1] ?? "");
  return [...new Set(found)].filter(hasRightDigit);
}

/** The digits of a FIK line where that is what it is, else the reference as the payer wrote it. */
export function normalisedReference(text: string): string {
  const [fik, ...others] = fiksIn(text);
  return fik !== undefined && others.length === 0 ? fik : text.replace(/\s+/gu, " ").trim();
}

export interface NumberInText {
  number: string;
  /** It stands by itself, or the text calls it an invoice: not a date, an amount, or a part of an account. */
  isAlone: boolean;
}

/** What comes before a number that is an invoice's; "Opkrævning" and "Demand" are what our own mails ask for. */
const calledInvoice =
  /(?<!\p{L})(?:faktura|fakt|fak|fa|regning|opkrævning|opkr|invoice|inv|demand|dues)\p{L}*[^\p{L}\p{N}]{0,3}(?:nummer|number|nr|no|id)?[^\p{L}\p{N}]{0,3}$/iu;

/** Four digits may be a year, and fewer may be anything. */
const tellingLength = 5;

/**
 * The whole numbers in a text, each as often as it stands. Of digits that dots, dashes or slashes join (a date, an
 * amount, an account) each part is there too, but never alone. A FIK line is no number.
 */
export function numbersIn(said: string): NumberInText[] {
  const text = said.replace(fikLine, " · ");
  const runs = [...text.matchAll(/[0-9]+(?:[.,/:–-][0-9]+)*/gu)];
  return runs.flatMap((run) => {
    const parts = run[0].split(/[^0-9]/u);
    const before = text.slice(Math.max(0, run.index - 40), run.index);
    const after = text.slice(run.index + run[0].length);
    const isBare = !/(?:\p{L}|[0-9] )$/u.test(before) && !/^(?:\p{L}| [0-9])/u.test(after);
    const isTelling = run[0].length >= tellingLength || text.trim() === run[0];
    const isCalled = calledInvoice.test(before) && !/^\p{L}/u.test(after);
    const isAlone = parts.length === 1 && (isCalled || (isBare && isTelling));
    return parts.map((number) => ({ number, isAlone }));
  });
}
