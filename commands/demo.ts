import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePortPair } from "../embedded-aws/free-ports.ts";
import { startSystem } from "../embedded-aws/system.ts";
import { productThatTrusts } from "../local/product.ts";
import {
  encryptedPdf,
  scannedAgreementPdf,
  signedAgreementPdf,
} from "../local/rehearsal/pdfs/agreement-pdfs.ts";
import { testRootPem } from "../local/rehearsal/pdfs/test-authority.ts";
import { type Applicant, type OpenedCase, Visitor } from "../local/rehearsal/visitor.ts";

/**
 * `npm run demo`: plays the main job on the real thing, on a data folder of its own: a member and a partner from
 * form to welcome, and the ways it can go otherwise. The clock is moved where people would wait.
 */
const secretary = "sekretaer1@os2.example";
const chair = "formand@os2.example";

const aarhus: Applicant = {
  kind: "member",
  name: "Aarhus Kommune",
  cvr: "55133018",
  gln: "5790000423408",
  email: "bo@aarhus.example",
};
const supplier: Applicant = {
  kind: "partner",
  name: "Åben Kode ApS",
  cvr: "41849983",
  email: "ida@aabenkode.example",
};
const odense: Applicant = {
  kind: "member",
  name: "Odense Kommune",
  cvr: "35209115",
  email: "eva@odense.example",
};

const dataDir = mkdtempSync(join(tmpdir(), "os2aftale-demo-"));
process.env["TZ"] = "UTC";
tell("The house is being opened …");
const system = await startSystem({
  app: productThatTrusts([testRootPem()]),
  dataDir,
  port: await freePortPair(),
});
const visitor = new Visitor(system.url);
try {
  await member();
  await partner();
  await rejectedAndSentBack();
  await declined();
  tell(`\nAll mails can be counted: ${(await visitor.mails()).length} were sent, none twice.`);
} finally {
  await system.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
process.exit(0);

async function member(): Promise<void> {
  chapter("A municipality becomes a member");
  const opened = await applied(aarhus);
  await visitor.send(opened.upload, signedAgreementPdf({ ...paper(aarhus), signerName: "Anna Eksempel" }));
  tell("It sends the agreement, signed with a certificate that names it.");
  await reached(opened, "awaiting-secretariat");
  await decided(opened, secretary, "approve");
  await reached(opened, "awaiting-chair");
  await decided(opened, chair, "approve");
  await reached(opened, "admitted");
  await mailed(aarhus.email, 3);
  await until(async () => (await visitor.tasksOf(secretary)).length > 0, "a task for the secretariat");
  for (const task of await visitor.tasksOf(secretary)) await visitor.resolve(task, "handed-over");
  tell(`${secretary} hands the first dues' e-invoice over and says so; the contact gets a copy.`);
  await mailed(aarhus.email, 4);
}

async function partner(): Promise<void> {
  chapter("A supplier becomes a partner, and pays nothing");
  const opened = await applied(supplier);
  await visitor.send(
    opened.upload,
    await scannedAgreementPdf({ ...paper(supplier), signerName: "Anna Eksempel" }),
  );
  tell("It sends a scan, signed by hand: nothing in it can be verified, so people look closely.");
  await reached(opened, "awaiting-secretariat");
  await decided(opened, secretary, "approve");
  await reached(opened, "awaiting-chair");
  await decided(opened, chair, "approve");
  await reached(opened, "admitted");
  await mailed(supplier.email, 3);
}

async function rejectedAndSentBack(): Promise<void> {
  chapter("A file that can't be read, and one that is sent back");
  const opened = await applied(odense);
  await visitor.send(opened.upload, encryptedPdf({ ...paper(odense), signerName: "Anna Eksempel" }));
  tell("It sends a file with a password.");
  await reached(opened, "rejected");
  await mailed(odense.email, 3);
  await visitor.sendAgain(
    opened.statusUrl,
    await scannedAgreementPdf({ ...paper(odense), signerName: "Anna Eksempel" }),
  );
  tell("It sends another, without one.");
  await reached(opened, "awaiting-secretariat");
  await decided(opened, secretary, "return", "Side 2 er ikke med. Scan hele aftalen.");
  await reached(opened, "awaiting-upload");
  await mailed(odense.email, 4);
  tell("Nobody sends anything for 31 days.");
  await visitor.pass("P31D");
  await reached(opened, "expired");
}

async function declined(): Promise<void> {
  chapter("An application that is declined");
  const opened = await applied({ ...odense, name: "Odense Kommune, IT" });
  await visitor.send(opened.upload, signedAgreementPdf({ ...paper(odense), signerName: "Anna Eksempel" }));
  await reached(opened, "awaiting-secretariat");
  await decided(opened, secretary, "decline", "En afdeling kan ikke være medlem. Søg for hele kommunen.");
  await reached(opened, "declined");
  await mailed(odense.email, 8);
}

function paper({ kind, name, cvr }: Applicant) {
  return { kind, organisationName: name, cvr };
}

async function applied(applicant: Applicant): Promise<OpenedCase> {
  const opened = await visitor.apply(applicant);
  tell(`${applicant.name} fills in the form and gets case number ${opened.caseNumber}.`);
  await until(
    async () => (await visitor.confirm(applicant.email, opened.caseNumber)) !== undefined,
    `${applicant.email} to be asked to confirm`,
  );
  tell(`${applicant.email} follows the link in the mail and confirms the address.`);
  return opened;
}

async function reached(opened: OpenedCase, wanted: string): Promise<void> {
  await until(
    async () => (await visitor.status(opened.statusUrl)).status === wanted,
    `${opened.caseNumber} to be ${wanted}`,
  );
  tell(`  → ${wanted}`);
}

async function decided(opened: OpenedCase, who: string, decision: string, reason = ""): Promise<void> {
  await until(
    async () => (await visitor.decide(who, decision, reason, opened.caseNumber)) === 303,
    `${who} to ${decision}`,
  );
  tell(
    `${who} follows the link in the mail, types the case code and chooses: ${decision}.${reason && ` "${reason}"`}`,
  );
}

/** Waits until an address has got so many mails in all, and reads the newest one's subject aloud. */
async function mailed(address: string, count: number): Promise<void> {
  await until(async () => (await visitor.mails(address)).length >= count, `${count} mails to ${address}`);
  for (const { subject } of (await visitor.mails(address)).slice(-Math.min(2, count)))
    tell(`  ✉ ${address}: ${subject}`);
}

async function until(holds: () => Promise<boolean>, what: string): Promise<void> {
  for (let patience = 0; patience < 200; patience += 1) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`waited in vain for ${what}`);
}

function chapter(title: string): void {
  console.log(`\n\u001b[1m${title}\u001b[0m`);
}

function tell(what: string): void {
  console.log(what);
}
