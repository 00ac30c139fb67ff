import type { Language } from "../../domain/agreement/kind.ts";

/** What stops nothing is only explained; everything else also says what to do. */
interface Explained {
  headline: string;
  meaning: string;
}
interface Advised extends Explained {
  advice: string;
}

export interface FindingText extends Explained {
  advice?: string;
}

/** Both languages for every code of a table of finding rules. */
export type TextsFor<Rules extends Record<string, { severity: string }>> = {
  readonly [Code in keyof Rules]: Readonly<
    Record<Language, Rules[Code]["severity"] extends "info" ? FindingText : Advised>
  >;
};
