import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { unsignedAgreementPdf } from "../../local/rehearsal/pdfs/agreement-pdfs.ts";
import { Visitor } from "../../local/rehearsal/visitor.ts";
import { startTestSystem, type TestSystem } from "../support/system.ts";

let system: TestSystem;
// The first start bundles and synthesizes; later ones find it done.
beforeAll(async () => {
  system = await startTestSystem();
}, 180_000);
afterAll(() => system.stop());

const organisationName = "Aarhus Kommune";
const cvr = "55133018";

interface Applied {
  statusUrl: string;
  upload: { url: string; fields: Record<string, string> };
}

async function apply(): Promise<Applied> {
  const response = await fetch(`${system.now.url}/api/agreements`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      kind: "member",
      organisation: {
        name: organisationName,
        cvr,
        gln: "5790000423408",
        authorityType: "municipality",
        population: 367_095,
        address: { street: "Rådhuspladsen 2", postalCode: "8000", city: "Aarhus C" },
      },
      signer: { name: "Anders Ærlig", title: "Direktør", hasAuthority: true },
      contact: { name: "Karen Kontakt", email: "karen@aarhus.example" },
      language: "da",
    }),
  });
  expect(response.status).toBe(201);
  return (await response.json()) as Applied;
}

async function upload({ url, fields }: Applied["upload"]): Promise<number> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  const pdf = unsignedAgreementPdf({ kind: "member", organisationName, cvr, signerName: "Anders Ærlig" });
  form.append("file", new Blob([new Uint8Array(pdf)], { type: "application/pdf" }), "aftale.pdf");
  return (await fetch(url, { method: "POST", body: form })).status;
}

/** Follows the newest mail that asks this person to decide. */
async function approve(person: string): Promise<number> {
  const asked = system.now.ses.mailbox
    .mails()
    .findLast(({ to, text }) => to.includes(person) && text.includes("Sagskode:"));
  const link = /^http\S+\/decisions\/(\S+)$/m.exec(asked?.text ?? "")?.[1];
  const caseCode = /^Sagskode: (\d{4})$/m.exec(asked?.text ?? "")?.[1] ?? "";
  const response = await fetch(`${system.now.url}/decisions/${link}`, {
    method: "POST",
    redirect: "manual",
    headers: { origin: system.now.url },
    body: new URLSearchParams({ decision: "approve", caseCode, reason: "" }),
  });
  return response.status;
}

const subjectsTo = (person: string) =>
  system.now.ses.mailbox.mails().flatMap(({ to, subject }) => (to.includes(person) ? [subject] : []));

describe("the product on the embedded AWS", () => {
  it("takes an authority from the form to a welcomed member, though it is killed at every wait", async () => {
    const { statusUrl, upload: slot } = await apply();
    const path = new URL(statusUrl).pathname;
    const status = async () => {
      const response = await fetch(system.now.url + path, { headers: { accept: "application/json" } });
      return ((await response.json()) as { status: string }).status;
    };
    await system.now.clock.idle();
    expect(await status()).toBe("awaiting-upload");
    await system.restartAfterKill();

    expect(await upload(slot)).toBe(201);
    await system.now.clock.idle();
    expect(await status()).toBe("awaiting-confirmation");
    await system.restartAfterKill();

    expect(await new Visitor(system.now.url).confirm("karen@aarhus.example")).toBeDefined();
    await system.now.clock.idle();
    expect(await status()).toBe("awaiting-secretariat");
    await system.restartAfterKill();

    expect(await approve("sekretaer1@os2.example")).toBe(303);
    await system.now.clock.idle();
    expect(await status()).toBe("awaiting-chair");
    await system.restartAfterKill();

    expect(await approve("formand@os2.example")).toBe(303);
    await system.now.clock.idle();
    expect(await status()).toBe("admitted");

    expect(subjectsTo("karen@aarhus.example")).toEqual([
      expect.stringContaining("Bekræft"),
      expect.stringContaining("Følg sagen"),
      expect.stringContaining("Velkommen"),
    ]);
    expect(system.now.stepFunctions.executions()).toMatchObject([
      // The file was judged and waited for the answer; the answer began the next attempt.
      { status: "SUCCEEDED" },
      { status: "SUCCEEDED" },
    ]);
    expect(system.now.refusals).toEqual([]);
    const dead = system.now.queues.arns().map((arn) => system.now.queues.counts(arn).visible);
    expect(dead.every((count) => count === 0)).toBe(true);
  }, 120_000);
});
