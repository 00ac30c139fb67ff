import type { Language } from "../domain/agreement/kind.ts";

/** Danish sets the shape, English must have all of it: a text that is missing in either fails to compile. */
export function bilingual<Texts>(texts: { da: Texts; en: NoInfer<Texts> }): Record<Language, Texts> {
  return texts;
}
