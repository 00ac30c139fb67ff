import { describe, expect, it } from "vitest";
import { recordDecision } from "../../functions/record-decision/record-decision.ts";
import { planLinesOf } from "../../shared/casework/open-run.ts";
import { type PeriodOf, periodsOf } from "../support/dues-counts.ts";
import { decided2027, openDuesOffice } from "../support/dues-office.ts";
import { aRequest, chair, otherSecretary, secretary } from "../support/office.ts";

/** Days from the Monday on which every office opens (23 November 2026) to 4 January 2027, 9 o'clock. */
const toJanuary = 42;

async function openInJanuary(...given: Parameters<typeof openDuesOffice>) {
  const dues = await openDuesOffice(...given);
  await dues.office.pass(toJanuary);
  await dues.calendarCalls();
  return dues;
}

const numbersOf = ({ office }: Awaited<ReturnType<typeof openDuesOffice>>) =>
  [...office.invoices.kept.keys()].toSorted((a, b) => a - b);

describe("The January run", () => {
  it("is planned, shown to both secretaries, confirmed by one, waits an hour, and then makes an invoice a payer", async () => {
    const dues = await openInJanuary([{}, {}, { kind: "partner" }, { gln: undefined }]);
    expect(dues.run().run).toMatchObject({
      status: "awaiting-confirmation",
      plan: { summary: { lines: 4, charged: 2, notReady: 1, nothingDue: 1, totalOere: 6_500_000 } },
    });
    for (const address of [secretary, otherSecretary])
      expect(dues.linkOf(address).subject).toMatch(/^Kontingent 2027: 2 linjer, 65\.000\s?kr\. i alt$/u);
    expect(numbersOf(dues)).toEqual([]);

    expect(await dues.decide(secretary, "decision=approve")).toMatchObject({ outcome: "see-other" });
    expect(dues.run().run.status).toBe("waiting");
    expect(numbersOf(dues)).toEqual([]);
    await dues.office.pass(0.05);
    expect(dues.run().run).toMatchObject({
      status: "reported",
      report: { sent: 2, sentOere: 6_500_000, held: 0, changed: 0, failed: 0 },
    });
    expect(numbersOf(dues)).toEqual([1, 2]);
    expect(periodsOf(dues.member(0))).toEqual([
      { year: 2027, totalOere: 3_250_000, dueOn: "2027-02-03" },
    ] satisfies PeriodOf[]);
    expect(dues.office.wrongWays).toEqual([]);
  });

  it("gives nobody a copy before somebody says that the e-invoices are handed over, and then each payer one", async () => {
    const dues = await openInJanuary([{}, {}]);
    await dues.decide(secretary, "decision=approve");
    await dues.office.pass(0.05);
    const copies = () => dues.office.mailer.sent.filter(({ subject }) => subject.startsWith("KOPI"));
    expect(copies()).toEqual([]);
    expect(await dues.act(otherSecretary, "handed-over")).toMatchObject({ outcome: "see-other" });
    expect(copies().map(({ to }) => to)).toEqual(["bo1@kommune.example", "bo2@kommune.example"]);
    expect(await dues.act(otherSecretary, "handed-over")).toMatchObject({ outcome: "conflict" });
    expect(copies()).toHaveLength(2);
  });

  it.each([
    { day: 38, status: undefined, why: "31 December" },
    { day: 39, status: undefined, why: "New Year's Day" },
    { day: 41, status: undefined, why: "a Sunday" },
    { day: 42, status: "awaiting-confirmation", why: "the first working day" },
    { day: 45, status: "awaiting-confirmation", why: "a later day, where the first was missed" },
  ])("begins on the first working day and not before: $why", async ({ day, status }) => {
    const dues = await openDuesOffice([{}]);
    await dues.office.pass(day);
    await dues.calendarCalls();
    const begun = dues.office.files.of("run").find(({ run }) => run.year === 2027);
    expect(begun?.run.status).toBe(status);
  });

  it("is begun once, however often the calendar calls", async () => {
    const dues = await openInJanuary([{}]);
    const mails = dues.office.mailsTo(secretary).length;
    await Promise.all([dues.calendarCalls(), dues.calendarCalls()]);
    expect(dues.office.mailsTo(secretary)).toHaveLength(mails);
  });
});

describe("A plan", () => {
  it("can't be confirmed while nobody has recorded the year's rate, and says so first", async () => {
    const dues = await openInJanuary([{}], { rates: decided2027.slice(0, -1) });
    expect(dues.run().run).toMatchObject({
      plan: { summary: { obstacles: [{ code: "RATE_NOT_DECIDED", kind: "member" }] } },
    });
    const reply = await dues.decide(secretary, "decision=approve");
    expect(reply).toMatchObject({ outcome: "malformed", page: expect.stringContaining("ikke noteret") });
    expect(dues.run().run.status).toBe("awaiting-confirmation");
  });

  it("can be made again, and then the old link is good for nothing", async () => {
    const dues = await openInJanuary([{}]);
    const old = dues.linkOf(secretary);
    await dues.decide(otherSecretary, "decision=return");
    await dues.office.pass(0.01);
    expect(dues.run().run.status).toBe("awaiting-confirmation");
    expect(dues.run().rounds).toHaveLength(2);
    const body = `decision=approve&caseCode=${old.caseCode}`;
    const late = await recordDecision(
      aRequest("POST /decisions/{token}", { token: old.token }, { body }),
      dues.office,
    );
    expect(late.outcome).toBe("conflict");
    expect(dues.run().run.status).toBe("awaiting-confirmation");
  });

  it("is cancelled with a reason only, and nothing is sent", async () => {
    const dues = await openInJanuary([{}]);
    expect(await dues.decide(secretary, "decision=decline")).toMatchObject({ outcome: "malformed" });
    expect(await dues.decide(secretary, "decision=decline&reason=Vi+venter")).toMatchObject({
      outcome: "see-other",
    });
    expect(dues.run().run.status).toBe("cancelled");
    await dues.office.pass(1);
    expect(numbersOf(dues)).toEqual([]);
  });

  it("takes no wrong code, and the fifth locks the link", async () => {
    const dues = await openInJanuary([{}]);
    const { caseCode } = dues.linkOf(secretary);
    const wrong = caseCode === "0000" ? "0001" : "0000";
    const outcomes = [];
    for (let attempt = 0; attempt < 6; attempt += 1)
      outcomes.push((await dues.decide(secretary, `decision=approve&caseCode=${wrong}`)).outcome);
    expect(outcomes.slice(0, 4)).toEqual(Array(4).fill("wrong-code"));
    expect(outcomes.at(-1)).toBe("locked");
    expect((await dues.decide(secretary, "decision=approve")).outcome).toBe("locked");
    expect(dues.run().run.status).toBe("awaiting-confirmation");
  });

  it("holds lines back, with a reason, and charges the others", async () => {
    const dues = await openInJanuary([{}, {}, {}]);
    expect(await dues.decide(secretary, "decision=approve&hold=M-0002")).toMatchObject({
      outcome: "malformed",
    });
    await dues.decide(secretary, "decision=approve&hold=M-0002&holdReason=Fusion");
    await dues.office.pass(0.05);
    expect(dues.run().run).toMatchObject({ report: { sent: 2, held: 1 } });
    expect(dues.member(1).dues).toEqual([]);
  });

  it("is a spreadsheet too, that runs nothing when it is opened", async () => {
    const dues = await openInJanuary([{ name: "=HYPERLINK(1)" }]);
    const reply = await dues.planCsv(dues.linkOf(secretary).token);
    const csv = "bytes" in reply ? new TextDecoder().decode(reply.bytes) : "";
    expect(csv.split("\r\n")).toHaveLength(3);
    expect(csv).toContain("'=HYPERLINK(1)");
    expect(csv).toContain("32500,00");
  });
});

describe("Whoever", () => {
  it.each([
    { who: "is a member since before pays the whole year", joinedOn: "2020-03-01" },
    { who: "joined this year, before the run, pays the whole year", joinedOn: "2027-01-02" },
  ])("$who", async ({ joinedOn }) => {
    const dues = await openInJanuary([{ joinedOn }]);
    expect((await linesOf(dues))[0]?.verdict).toMatchObject({
      kind: "charge",
      charge: { period: "full-year", totalOere: 3_250_000 },
    });
  });

  it("left, or was invoiced before the import, or has an invoice for the year, pays nothing", async () => {
    const gone = { on: "2026-12-01", enteredAt: 0, byId: "p", reasonId: "r" };
    const dues = await openInJanuary([
      { standing: { status: "left", ...gone } as never },
      { lastInvoicedYear: 2027 },
      {},
    ]);
    await dues.decide(secretary, "decision=approve");
    await dues.office.pass(0.05);
    await dues.planAgain();
    expect((await linesOf(dues)).map(({ verdict }) => verdict)).toMatchObject([
      { kind: "nothing-due", why: "GONE" },
      { kind: "nothing-due", why: "INVOICED_BEFORE_IMPORT" },
      { kind: "already-invoiced", invoiceNumber: 1 },
    ]);
  });
});

describe("Between confirming and sending", () => {
  it.each([secretary, otherSecretary, chair])("%s can stop it, and nothing is sent", async (who) => {
    const dues = await openInJanuary([{}]);
    await dues.decide(secretary, "decision=approve");
    expect(await dues.act(who, "stop")).toMatchObject({ outcome: "see-other" });
    await dues.office.pass(1);
    expect(dues.run().run.status).toBe("stopped");
    expect(numbersOf(dues)).toEqual([]);
    expect(dues.office.mailsTo(otherSecretary).at(-1)?.subject).toBe("Kontingent 2027: stoppet");
  });

  it("a payer whose file has changed is left out and reported, and is in the next plan", async () => {
    const dues = await openInJanuary([{}, {}]);
    await dues.decide(secretary, "decision=approve");
    const file = dues.member(1);
    const { name: _, ...organisation } = file.member.organisation;
    dues.office.files.set({
      ...file,
      member: { ...file.member, organisation: { ...organisation, name: "Nyby Kommune" } },
    });
    await dues.office.pass(0.05);
    expect(dues.run().run).toMatchObject({ report: { sent: 1, changed: 1 } });
    await dues.planAgain();
    expect(dues.run().run).toMatchObject({ plan: { summary: { charged: 1, alreadyInvoiced: 1 } } });
    await dues.decide(secretary, "decision=approve");
    await dues.office.pass(0.05);
    expect(numbersOf(dues)).toEqual([1, 2]);
  });
});

describe("While it sends", () => {
  it("a chunk that breaks for good is in the next run, and one that is run again makes no second invoice", async () => {
    const dues = await openInJanuary([{}, {}, {}]);
    await dues.decide(secretary, "decision=approve");
    dues.office.breaks.set("charge-chunk", "Lambda.ServiceException");
    await dues.office.pass(0.2);
    expect(dues.run().run).toMatchObject({ status: "reported", report: { sent: 0, failed: 3 } });
    dues.office.breaks.delete("charge-chunk");
    await dues.planAgain();
    await dues.decide(secretary, "decision=approve");
    await dues.office.pass(0.2);
    expect(await dues.chargeAgain()).toEqual({ left: 0 });
    expect(numbersOf(dues)).toEqual([1, 2, 3]);
    for (const index of [0, 1, 2]) expect(dues.member(index).dues).toHaveLength(1);
  });

  it("numbers are consecutive though chunks are charged side by side", async () => {
    const dues = await openInJanuary(Array.from({ length: 60 }, () => ({})));
    await dues.decide(secretary, "decision=approve");
    await dues.office.pass(0.05);
    expect(numbersOf(dues)).toEqual(Array.from({ length: 60 }, (_, index) => index + 1));
    expect(dues.run().run).toMatchObject({ plan: { chunks: 3 }, report: { sent: 60 } });
  });
});

type Dues = Awaited<ReturnType<typeof openDuesOffice>>;

function linesOf(dues: Dues) {
  return planLinesOf(dues.run(), dues.office.plans);
}
