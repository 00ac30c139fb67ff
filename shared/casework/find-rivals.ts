import { isClosed } from "../domain/agreement/agreement-case.ts";
import type { CaseFile } from "../domain/agreement/case-file.ts";
import { contactOf } from "../domain/agreement/case-questions.ts";
import type { Rival } from "../domain/agreement/rival.ts";
import type { Cases } from "../ports/cases.ts";

/** More than these nobody reads. */
const shownAtMost = 5;

/** Other open applications for the same body, oldest first. From an index: to be shown, never to decide by. */
export async function findRivals(file: CaseFile, cases: Pick<Cases, "openFor" | "read">): Promise<Rival[]> {
  const others = (await cases.openFor(file.case)).filter((id) => id !== file.owner.id);
  const files = await Promise.all(others.slice(0, shownAtMost).map((id) => cases.read(id)));
  return files.flatMap((other) =>
    other && !isClosed(other.case)
      ? [
          {
            caseNumber: other.case.caseNumber,
            contact: contactOf(other),
            openedAt: other.case.openedAt,
            status: other.case.status,
          },
        ]
      : [],
  );
}
