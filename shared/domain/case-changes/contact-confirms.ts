import { isGone, isUnconfirmed } from "../agreement/agreement-case.ts";
import type { CaseFile } from "../agreement/case-file.ts";
import { isAbout, uploadOf } from "../agreement/case-questions.ts";
import { awaitConfirmation, confirm } from "../agreement/transitions.ts";
import { caseMail } from "../errands/mail-errands.ts";
import type { CaseChange } from "../files.ts";
import { theContact } from "./parts.ts";

/**
 * Somebody at the contact's address says that the application is theirs. The receipt goes out, and a file that came
 * before is looked at by the next attempt, which asks the secretariat.
 */
export function contactConfirms(file: CaseFile, now: number): CaseChange | undefined {
  const agreement = file.case;
  if (!isUnconfirmed(agreement) || isGone(agreement, now)) return undefined;
  const after = confirm(agreement, now);
  return {
    after,
    audit: [{ code: "CONTACT_CONFIRMED", at: now, actor: "submitter", details: {} }],
    errands: [
      caseMail(theContact(file), "receipt", "1", {}),
      ...(after.status === "under-review" ? [{ type: "start" } as const] : []),
    ],
  };
}

/** The file is read and may be opened; the execution ends here, and confirming starts the next one. */
export function fileAwaitsConfirmation(
  file: CaseFile,
  versionId: string,
  now: number,
): CaseChange | undefined {
  const agreement = file.case;
  if (!isUnconfirmed(agreement) || agreement.status !== "under-review" || !isAbout(file, versionId))
    return undefined;
  if (uploadOf(file, versionId)?.scan?.verdict !== "NO_THREATS_FOUND") return undefined;
  return {
    after: awaitConfirmation(agreement, now),
    audit: [{ code: "CONFIRMATION_AWAITED", at: now, actor: "system", details: { versionId } }],
  };
}

const day = 24 * 60 * 60 * 1000;

/** One with the form and two more: whoever needs a fourth in a day has a mailbox that doesn't get them. */
const askedAgainADay = 2;

/** Mails the confirmation again to the same address. Nothing new while one is on its way. */
export function confirmationIsAskedAgain(
  file: CaseFile,
  now: number,
): { outcome: "asked" | "limit" | "not-awaited"; change?: CaseChange } {
  const agreement = file.case;
  if (!isUnconfirmed(agreement)) return { outcome: "not-awaited" };
  const waiting = file.outbox.some((item) => item.type === "mail" && item.mail === "confirm-contact");
  if (waiting) return { outcome: "asked" };
  const again = file.audit.filter(
    ({ code, details }) => code === "LINK_RENEWED" && details["purpose"] === "confirmation",
  );
  if (again.filter(({ at }) => at > now - day).length >= askedAgainADay) return { outcome: "limit" };
  const mail = caseMail(theContact(file), "confirm-contact", `again-${again.length + 1}`, {});
  const details = { purpose: "confirmation" };
  return {
    outcome: "asked",
    change: { audit: [{ code: "LINK_RENEWED", at: now, actor: "submitter", details }], errands: [mail] },
  };
}
