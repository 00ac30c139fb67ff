import { actOnRun } from "../../functions/act-on-run/act-on-run.ts";
import { beginDuesRunWhenDue } from "../../functions/begin-dues-run/begin-dues-run.ts";
import { chargeChunk } from "../../functions/charge-chunk/charge-chunk.ts";
import { recordDecision } from "../../functions/record-decision/record-decision.ts";
import { showRunFile } from "../../functions/show-run-file/show-run-file.ts";
import { beginDuesRun } from "../../shared/casework/begin-dues-run.ts";
import type { MembershipKind } from "../../shared/domain/agreement/kind.ts";
import { knownRates, oere } from "../../shared/domain/dues/dues-rate.ts";
import { duesRunId } from "../../shared/domain/dues/dues-run.ts";
import { emptyFiled } from "../../shared/domain/filing/filed.ts";
import type { Member } from "../../shared/domain/membership/member.ts";
import type { CvrNumber } from "../../shared/domain/organisation/cvr-number.ts";
import type { EmailAddress } from "../../shared/domain/organisation/email-address.ts";
import type { Gln } from "../../shared/domain/organisation/gln.ts";
import { type MemberId, ownerOf, type PersonId } from "../../shared/domain/owner.ts";
import type { Settings } from "../../shared/domain/settings/settings.ts";
import { aRequest, type Office, openOffice } from "./office.ts";

/** What a rate of 2027 that the general assembly has decided is. */
export const decided2027 = [
  ...knownRates,
  {
    kind: "member",
    validFrom: "2027-01-01",
    amountOere: oere(2_600_000),
    vatCategory: "S",
    vatPercent: 25,
    decision: { decidedOn: "2026-11-12", enteredBy: "sekretaer1@os2.example" },
  },
] satisfies Settings["rates"];

export interface GivenMember {
  name?: string;
  kind?: MembershipKind;
  joinedOn?: string;
  gln?: string | undefined;
  standing?: Member["standing"];
  lastInvoicedYear?: number;
}

let cvr = 10_000_000;

/** The next CVR number with a right check digit. */
function nextCvr(): CvrNumber {
  const weights = [2, 7, 6, 5, 4, 3, 2, 1];
  do cvr += 1;
  while ([...String(cvr)].reduce((sum, digit, at) => sum + Number(digit) * (weights[at] ?? 0), 0) % 11 !== 0);
  return String(cvr) as CvrNumber;
}

/** An office with a register as it stands after an import, on the morning of the year's first working day. */
export async function openDuesOffice(given: readonly GivenMember[], settings: Partial<Settings> = {}) {
  const office = await openOffice({ settings: { rates: decided2027, ...settings } });
  const ids = given.map((member, index) => placeMember(office, member, index + 1));
  const year = 2027;
  const run = () => {
    const file = office.files.get("run", duesRunId(year));
    if (!file) throw new Error("no run has begun");
    return file;
  };
  const linkOf = (address: string) => {
    const mail = office.mailsTo(address).findLast(({ text }) => text.includes("/decisions/"));
    const token = mail?.text.match(/\/decisions\/([\w.-]+)/)?.[1];
    const caseCode = mail?.text.match(/Sagskode: (\d{4})/)?.[1];
    if (!mail || !token || !caseCode) throw new Error(`nothing to decide on was mailed to ${address}`);
    return { token, caseCode, subject: mail.subject };
  };
  const settle = async <Answer>(answer: Promise<Answer>) => {
    const reply = await answer;
    await office.clock.idle();
    return reply;
  };
  return {
    office,
    run,
    linkOf,
    member: (index: number) => {
      const file = office.files.get("member", ids[index] as MemberId);
      if (!file) throw new Error(`no member ${index}`);
      return file;
    },
    calendarCalls: () => settle(beginDuesRunWhenDue({}, office)),
    planAgain: () =>
      settle(beginDuesRun(office.filing.run, year, { actor: "test", now: office.clock.now(), again: true })),
    /** As when a step's answer was lost: the first chunk once more, while it is sent. */
    chargeAgain: async () => {
      const file = run();
      if (!("confirmedAt" in file.run)) throw new Error("the run is not confirmed");
      const { id, plan, held, confirmedAt } = file.run;
      office.files.set({ ...file, run: { id, year, plan, held, confirmedAt, status: "charging" } });
      return settle(chargeChunk({ runId: id, chunk: 1 }, office));
    },
    decide: (address: string, fields: string) => {
      const { token, caseCode } = linkOf(address);
      const body = fields.includes("caseCode=") ? fields : `${fields}&caseCode=${caseCode}`;
      return settle(recordDecision(aRequest("POST /decisions/{token}", { token }, { body }), office));
    },
    act: (address: string, action: "stop" | "handed-over") => {
      const { token, caseCode } = linkOf(address);
      const request = aRequest(
        `POST /decisions/{token}/${action}`,
        { token },
        { body: `caseCode=${caseCode}` },
      );
      return settle(actOnRun({ ...request, path: `/decisions/${token}/${action}` }, office));
    },
    planCsv: (token: string) => showRunFile(aRequest("GET /decisions/{token}/plan.csv", { token }), office),
  };
}

function placeMember(office: Office, given: GivenMember, number: number): MemberId {
  const id = `member-${number}` as MemberId;
  const contactId = `contact-${number}` as PersonId;
  const { lastInvoicedYear } = given;
  const member: Member = {
    id,
    memberNumber: `M-${String(number).padStart(4, "0")}`,
    kind: given.kind ?? "member",
    organisation: {
      name: given.name ?? `Prøveby ${number} Kommune`,
      cvr: nextCvr(),
      gln: ("gln" in given ? given.gln : "5790000423408") as Gln | undefined,
    },
    language: "da",
    joinedOn: given.joinedOn ?? "2020-03-01",
    standing: given.standing ?? { status: "current" },
    origin: {
      kind: "import",
      importedAt: 0,
      planSha256: "0",
      opening: { ...(lastInvoicedYear !== undefined && { lastInvoicedYear }) },
    },
    references: { person: { value: "BP", since: "2026-11-01" } },
  };
  office.files.set({
    ...emptyFiled(ownerOf("member", id)),
    member,
    contactId,
    persons: new Map([
      [
        contactId,
        {
          id: contactId,
          role: "contact",
          name: "Bo Prøve",
          email: `bo${number}@kommune.example` as EmailAddress,
        },
      ],
    ]),
    dues: [],
    postings: [],
  });
  return id;
}
