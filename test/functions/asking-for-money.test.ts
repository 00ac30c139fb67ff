import { describe, expect, it } from "vitest";
import { oere } from "../../shared/domain/dues/dues-rate.ts";
import type { Settings } from "../../shared/domain/settings/settings.ts";
import { confirmed } from "../support/fakes/fixed-settings.ts";
import { plainPrinter } from "../support/fakes/memory-invoices.ts";
import {
  anApplication,
  chair,
  contact,
  type Office,
  openOffice,
  otherSecretary,
  secretary,
} from "../support/office.ts";

/** Takes an application to membership. */
async function admitted(
  settings: Partial<Settings>,
  application = anApplication(),
  prepare: (office: Office) => void = () => undefined,
) {
  const office = await openOffice({ settings });
  prepare(office);
  const { caseId } = await office.apply(application);
  await office.upload(caseId, "the agreement");
  await office.decide(secretary, "approve");
  await office.decide(chair, "approve");
  expect(office.status(caseId)).toBe("admitted");
  return { office, caseId, member: () => office.memberFile(caseId) };
}

/** What asks for money: the e-invoice, which somebody hands over. */
const demands = (office: Office) => [...office.invoices.kept.values()].map(({ xml }) => xml);
const copies = (office: Office) =>
  office.mailsTo(contact).filter(({ subject }) => subject.startsWith("KOPI: Faktura"));

const exempt = {
  kind: "member",
  validFrom: "2017-01-01",
  amountOere: oere(2_500_000),
  vatCategory: "E",
  vatPercent: 0,
} as const;

describe("Money is not asked for", () => {
  it.each([
    { missing: "SENDER", payee: confirmed({ sender: undefined }) },
    { missing: "ACCOUNT", payee: confirmed({ account: undefined }) },
    { missing: "VAT", payee: confirmed({ vat: undefined }) },
    { missing: "VAT", payee: confirmed({ vat: { category: "E", percent: 0 } }) },
    { missing: "VAT", payee: confirmed({ vat: { category: "S", percent: 20 } }) },
    { missing: "SENDER", payee: confirmed({ sender: undefined, account: undefined, vat: undefined }) },
  ] as const)(
    "while $missing is not confirmed: welcome and task, no number and no demand",
    async ({ missing, payee }) => {
      const { office, member } = await admitted({ payee });
      expect(member().dues).toMatchObject([{ state: { kind: "not-invoice-ready", missing } }]);
      expect(member().tasks).toMatchObject([{ reason: "NOT_INVOICE_READY", detail: missing }]);
      expect(await office.invoiceNumbers.next()).toBe(1);
      expect(office.mailsTo(contact).map(({ subject }) => subject)).toContainEqual(
        expect.stringContaining("Velkommen"),
      );
      expect(demands(office)).toEqual([]);
    },
  );

  it("where the rate is exempt and the confirmed VAT is outside its scope: both are 0 percent, and not the same", async () => {
    const payee = confirmed({ vat: { category: "O", percent: 0 } });
    const { member } = await admitted({ payee, rates: [exempt] });
    expect(member().dues).toMatchObject([{ state: { kind: "not-invoice-ready", missing: "VAT" } }]);
  });

  it("from an authority whose GLN is missing, however well the payee is known", async () => {
    const { member } = await admitted({}, anApplication({ gln: undefined }));
    expect(member().dues).toMatchObject([{ state: { kind: "not-invoice-ready", missing: "GLN" } }]);
  });
});

describe("A demand", () => {
  it("names the confirmed sender and account, keeps them with the invoice, and never says that one is not set", async () => {
    const sender = { ...demandSender, cvr: "10000009" };
    const payee = confirmed({ sender, account: { registrationNumber: "4180", accountNumber: "7654321" } });
    const { office, member } = await admitted({ payee }, anApplication({ cvr: "41849983" }));
    const [xml] = demands(office);
    for (const part of ["4180", "7654321", "10000009"]) expect(xml).toContain(part);
    expect(xml).not.toMatch(/not set|55133018/);
    if (payee.kind !== "confirmed") throw new Error("not confirmed");
    expect(member().dues).toMatchObject([
      { state: { kind: "issued", invoiceNumber: 1, payee: payee.payee } },
    ]);
  });
});

const demandSender = {
  name: "OS2",
  cvr: "55133018",
  gln: "5790000423408",
  street: "Prøvegade 1",
  postalCode: "8000",
  city: "Aarhus C",
  email: anApplication().contact.email as Settings["sender"]["email"],
};

describe("An e-invoice that is to be handed over", () => {
  it("is a task, and the contact gets its copy when somebody says that it went: once, with the PDF", async () => {
    const { office, member } = await admitted({});
    expect(copies(office)).toEqual([]);
    expect(office.invoices.kept.get(1)?.xml).toContain("<cbc:ID>1</cbc:ID>");
    await office.resolve(office.taskOf(secretary), "handed-over");
    await office.resolve(office.taskOf(otherSecretary), "handed-over");
    expect(copies(office)).toHaveLength(1);
    expect(copies(office)[0]?.attachments?.map(({ fileName }) => fileName)).toEqual(["OS2-1.pdf"]);
    expect(member().dues).toMatchObject([{ state: { delivery: { state: "handed-over" } } }]);
  });

  it("that can't be made holds up no other mail, and is made when it can be", async () => {
    const { office, caseId } = await admitted({}, anApplication(), (opened) => {
      opened.invoicePrinter.print = () => Promise.reject(new Error("no paper"));
    });
    expect(office.mailsTo(contact).map(({ subject }) => subject)).toContainEqual(
      expect.stringContaining("Velkommen"),
    );
    expect(office.invoices.kept.size).toBe(0);
    office.invoicePrinter.print = plainPrinter.print;
    await office.pass(1);
    expect(office.invoices.kept.size).toBe(1);
    expect(office.memberFile(caseId).outbox).toEqual([]);
  });
});

describe("A line that waited", () => {
  it("is charged when a person tries again and everything is confirmed: next number, today's date, one demand", async () => {
    const { office, member } = await admitted({ payee: confirmed({ account: undefined }) });
    await office.pass(10);
    office.set({ payee: confirmed() });
    await office.resolve(office.taskOf(secretary), "retry");
    expect(member().dues).toMatchObject([
      { state: { kind: "issued", invoiceNumber: 1 }, invoicedOn: "2026-12-03", dueOn: "2027-01-04" },
    ]);
    expect(await office.invoiceNumbers.next()).toBe(2);
    expect(demands(office)).toHaveLength(1);
    await office.resolve(office.taskOf(otherSecretary), "retry");
    expect(demands(office)).toHaveLength(1);
    expect(await office.invoiceNumbers.next()).toBe(2);
    expect(member().tasks).toMatchObject([
      { reason: "NOT_INVOICE_READY", resolved: { resolution: "retry" } },
      { reason: "INVOICE_TO_HAND_OVER" },
    ]);
  });

  it("still waits where something else is missing, and a new task says what", async () => {
    const { office, member } = await admitted({ payee: confirmed({ sender: undefined }) });
    office.set({ payee: confirmed({ account: undefined }) });
    await office.resolve(office.taskOf(secretary), "retry");
    expect(member().tasks).toMatchObject([
      { detail: "SENDER", resolved: { resolution: "retry" } },
      { detail: "ACCOUNT" },
    ]);
    expect(await office.invoiceNumbers.next()).toBe(1);
    expect(demands(office)).toEqual([]);
    office.set({ payee: confirmed() });
    await office.resolve(office.taskOf(secretary), "retry");
    expect(demands(office)).toHaveLength(1);
  });

  it("is charged by the rate as it has been mended meanwhile", async () => {
    const payee = confirmed({ vat: { category: "E", percent: 0 } });
    const { office, member } = await admitted({ payee });
    office.set({ payee, rates: [exempt] });
    await office.resolve(office.taskOf(secretary), "retry");
    expect(member().dues).toMatchObject([
      { state: { kind: "issued" }, vatCategory: "E", vatOere: 0, totalOere: 1_250_000 },
    ]);
  });

  it("is not charged by a task that a person only marks as done", async () => {
    const { office, member } = await admitted({ payee: confirmed({ vat: undefined }) });
    office.set({ payee: confirmed() });
    await office.resolve(office.taskOf(secretary), "mark-done");
    expect(member().dues).toMatchObject([{ state: { kind: "not-invoice-ready", missing: "VAT" } }]);
    expect(demands(office)).toEqual([]);
  });
});
