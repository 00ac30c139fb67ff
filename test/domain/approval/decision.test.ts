import { describe, expect, it } from "vitest";
import { type AgreementCase, isConfirmed } from "../../../shared/domain/agreement/agreement-case.ts";
import type { CaseRound } from "../../../shared/domain/agreement/case-file.ts";
import { decidable } from "../../../shared/domain/agreement/case-questions.ts";
import {
  askSecretariat,
  defaultDeadlines,
  receiveUpload,
  withdraw,
} from "../../../shared/domain/agreement/transitions.ts";
import { linkDetails, wrongCodesAllowed } from "../../../shared/domain/approval/case-code.ts";
import { linkStanding, needsReason } from "../../../shared/domain/approval/decision.ts";
import type { DecisionLink } from "../../../shared/domain/approval/link.ts";
import type { AuditEvent } from "../../../shared/domain/filing/audit-event.ts";
import type { RoundOutcome } from "../../../shared/domain/filing/round.ts";
import { type CaseId, ownerOf, type PersonId } from "../../../shared/domain/owner.ts";
import type { People } from "../../../shared/domain/settings/settings.ts";
import { address, aMonday, anOpening } from "../../support/builders/an-application.ts";
import { localSettings } from "../../support/fakes/fixed-settings.ts";

const opening = anOpening();
if (opening.case.status !== "awaiting-upload" || !isConfirmed(opening.case))
  throw new Error("a new case awaits a file");
const upload = { versionId: "v1", sha256: "ab" };
const reviewed = receiveUpload(opening.case, upload, aMonday);
const asked = askSecretariat(reviewed, aMonday, defaultDeadlines);
const round: CaseRound = { ...asked.round, ...upload };
const lastMoment = asked.round.expiresAt;

function file(
  given: { case?: AgreementCase; ended?: RoundOutcome; rounds?: CaseRound[]; audit?: AuditEvent[] } = {},
) {
  const byAPerson = given.ended && ["approved", "sent-back", "declined"].includes(given.ended);
  const ended = given.ended && {
    ended: { outcome: given.ended, at: aMonday, ...(byAPerson && { byId: "person-1" as PersonId }) },
  };
  const rounds = given.rounds ?? [{ ...round, ...ended }];
  return decidable({ case: given.case ?? asked, rounds, audit: given.audit ?? [] });
}

function link(given: Partial<DecisionLink> = {}): DecisionLink {
  return {
    purpose: "decision",
    linkHash: "hash",
    owner: ownerOf("case", "case-1" as CaseId),
    issuedAt: aMonday,
    round: 1,
    sha256: "ab",
    recipient: { role: "secretary", address: address("sekretaer1@os2.example") },
    expiresAt: lastMoment,
    ...given,
  };
}

/** The trail after so many wrong codes on one link. */
function wrongCodes(count: number, of = link()): AuditEvent[] {
  const place = { status: "awaiting-secretariat", previousHash: "", hash: "" };
  return Array.from({ length: count }, (_, sequence) => ({
    ...place,
    ...{ code: "WRONG_CASE_CODE", at: aMonday, actor: "system", details: linkDetails(of), sequence },
  }));
}

const newFile = receiveUpload(asked, { versionId: "v2", sha256: "cd" }, aMonday);
const nextRound = askSecretariat(newFile, aMonday, defaultDeadlines);
const both = [
  { ...round, ended: { outcome: "superseded" as const, at: aMonday } },
  { ...nextRound.round, versionId: "v2", sha256: "cd" },
];

const { people } = localSettings;

describe("A decision link", () => {
  const table: {
    when: string;
    link?: DecisionLink;
    file?: ReturnType<typeof file>;
    people?: People;
    now?: number;
    kind: string;
  }[] = [
    { when: "the round is open", kind: "open" },
    {
      when: "four wrong codes were typed",
      file: file({ audit: wrongCodes(wrongCodesAllowed - 1) }),
      kind: "open",
    },
    {
      when: "five wrong codes were typed",
      file: file({ audit: wrongCodes(wrongCodesAllowed) }),
      kind: "locked",
    },
    {
      when: "five wrong codes were typed on the other secretary's link",
      file: file({ audit: wrongCodes(wrongCodesAllowed, link({ linkHash: "another" })) }),
      kind: "open",
    },
    { when: "it is the last millisecond", now: lastMoment - 1, kind: "open" },
    { when: "the time is up", now: lastMoment, kind: "expired" },
    {
      when: "the link ran out before the round",
      link: link({ expiresAt: aMonday + 1 }),
      now: aMonday + 1,
      kind: "expired",
    },
    { when: "the round expired", file: file({ ended: "expired" }), kind: "expired" },
    { when: "a new file came", file: file({ case: newFile, ended: "superseded" }), kind: "superseded" },
    { when: "a new round is open", file: file({ case: nextRound, rounds: both }), kind: "superseded" },
    {
      when: "it names the new round but the old file",
      link: link({ round: 2 }),
      file: file({ case: nextRound, rounds: both }),
      kind: "superseded",
    },
    { when: "it names another file", link: link({ sha256: "cd" }), kind: "superseded" },
    { when: "it names a round there never was", link: link({ round: 7 }), kind: "superseded" },
    {
      when: "the application was withdrawn",
      file: file({ case: withdraw(asked, aMonday), ended: "withdrawn" }),
      kind: "superseded",
    },
    {
      when: "the case went on before the round's end was noted",
      file: file({ case: reviewed }),
      kind: "superseded",
    },
    {
      when: "its secretary has left",
      people: { ...people, secretaries: people.secretaries.slice(1) },
      kind: "retired",
    },
    {
      when: "a secretary tries it as the chair",
      link: link({ recipient: { role: "chair", address: address("sekretaer1@os2.example") } }),
      kind: "retired",
    },
    { when: "somebody approved", file: file({ ended: "approved" }), kind: "decided" },
    { when: "somebody sent it back", file: file({ ended: "sent-back" }), kind: "decided" },
    { when: "somebody declined", file: file({ ended: "declined" }), kind: "decided" },
    {
      when: "somebody decided, long after the link ran out",
      file: file({ ended: "approved" }),
      now: lastMoment * 2,
      kind: "decided",
    },
    {
      when: "somebody decided, and the link was locked",
      file: file({ ended: "approved", audit: wrongCodes(wrongCodesAllowed) }),
      kind: "decided",
    },
  ];
  it.each(table)("is $kind when $when", (row) => {
    expect(
      linkStanding(row.link ?? link(), row.file ?? file(), row.people ?? people, row.now ?? aMonday).kind,
    ).toBe(row.kind);
  });
});

describe("A link that has run out", () => {
  it.each([
    { when: "its round is open still", now: aMonday + 1, renewable: true },
    { when: "its round has run out too", now: lastMoment, renewable: false },
  ])("can be sent anew: $renewable when $when", ({ now, renewable }) => {
    const standing = linkStanding(link({ expiresAt: aMonday + 1 }), file(), people, now);
    expect(standing).toEqual({ kind: "expired", renewable });
  });
});

describe("A reason", () => {
  it.each([
    { decision: "approve", light: "green", owed: false },
    { decision: "approve", light: "yellow", owed: false },
    { decision: "approve", light: "red", owed: true },
    { decision: "approve", light: undefined, owed: false },
    { decision: "return", light: "green", owed: true },
    { decision: "decline", light: "green", owed: true },
  ] as const)("is owed for $decision on $light: $owed", ({ decision, light, owed }) => {
    expect(needsReason(decision, light)).toBe(owed);
  });
});
