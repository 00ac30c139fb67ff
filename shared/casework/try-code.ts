import { codeIsWrong, wrongCodesAllowed, wrongCodesOn } from "../domain/approval/case-code.ts";
import type { CodedLink } from "../domain/approval/link.ts";
import type { Change, FileOf } from "../domain/files.ts";
import type { NewId } from "../domain/filing/change.ts";
import type { OwnerKind, PersonId } from "../domain/owner.ts";
import type { People } from "../domain/settings/settings.ts";
import type { Clock } from "../ports/clock.ts";
import type { Filing } from "../ports/filing.ts";
import type { Limits } from "../ports/limits.ts";
import type { LinkTokens } from "../ports/link-tokens.ts";
import { changeFile, type Decided, placeOf } from "./change-file.ts";

export interface CodeTrying {
  filing: Filing;
  tokens: Pick<LinkTokens, "caseCode">;
  limits: Limits;
  clock: Clock;
  newId: NewId;
}

/** What somebody who holds a link typed, and from where. */
export interface Attempt {
  link: CodedLink;
  token: string;
  caseCode: string;
  /** Of the caller. */
  address: string;
}

export type Tried<Outcome> =
  | { kind: "answered"; outcome: Outcome }
  /** None left: the link is locked, and the secretariat is told in the same change. */
  | { kind: "wrong-code"; attemptsLeft: number }
  | { kind: "too-many"; retryAfterSeconds: number };

/**
 * Acts on a link if the code is right, and writes it down if it is wrong: read, compared and committed as one, on the
 * condition that nothing else was committed since the reading. So a thousand guesses in the same moment are five: each
 * that is answered stands in the trail before it is, and the next is compared with a file that knows of it. What the
 * fifth one brings (the lock, its line and its mails) is that same commit: nothing can be killed in between. A right
 * code is never counted, whatever becomes of the request.
 *
 * The caller's address is counted first, so that one who tries link after link is refused before anything is compared,
 * and gets back what was counted for a right code.
 * @param decide what a right code does, or what is the case instead when the link is no longer good for anything
 */
export async function tryCode<Kind extends OwnerKind, Outcome>(
  { link, token, caseCode, address }: Attempt,
  people: People,
  decide: (file: FileOf[Kind], now: number) => Decided<Kind, Outcome> | Promise<Decided<Kind, Outcome>>,
  { filing, tokens, limits, clock, newId }: CodeTrying,
): Promise<Tried<Outcome> | "no-such-file"> {
  const now = clock.now();
  const counted = await limits.hit("wrong-codes-per-address", address, now);
  if (!counted.allowed) return { kind: "too-many", retryAfterSeconds: counted.retryAfterSeconds };
  const isRight = caseCode === (await tokens.caseCode(token));
  if (isRight) await limits.giveBack("wrong-codes-per-address", address, now);
  const { shelf, id } = placeOf<Kind>(filing, link.owner);
  return changeFile<Kind, Tried<Outcome>>(shelf, id, async (file) => {
    const decided = await decide(file, clock.now());
    if (isRight || !decided.change)
      return { ...decided, outcome: { kind: "answered", outcome: decided.outcome } };
    const attemptsLeft = wrongCodesAllowed - wrongCodesOn(link, file) - 1;
    const change = codeIsWrong(file, link, people, newId() as PersonId, clock.now());
    // Every file can take it, which a generic kind doesn't show.
    return { change: change as Change<Kind>, outcome: { kind: "wrong-code", attemptsLeft } };
  });
}
