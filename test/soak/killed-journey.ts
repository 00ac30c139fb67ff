import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePortPair } from "../../embedded-aws/free-ports.ts";
import { REPOSITORY } from "../../infra/source-hash.ts";
import { signedAgreementPdf } from "../../local/rehearsal/pdfs/agreement-pdfs.ts";
import { type Applicant, type OpenedCase, Visitor } from "../../local/rehearsal/visitor.ts";
import { seededChance } from "../support/fakes/seeded-chance.ts";

export interface KilledJourney {
  kills: number;
  /** Mails of which nobody could know whether they were sent, and which a person had sent again. */
  resentByAPerson: number;
  /** What must never happen. */
  failures: string[];
}

const secretaries = ["sekretaer1@os2.example", "sekretaer2@os2.example"];
const chair = "formand@os2.example";
/** Authorities that exist, so that their numbers are right. */
const cvrs = ["55133018", "35209115", "29189900", "41849983", "29189668", "64942212", "29190623", "29189765"];

function applicantOf(turn: number): Applicant {
  const cvr = cvrs[turn % cvrs.length] ?? "";
  return {
    kind: turn < cvrs.length ? "member" : "partner",
    name: `Kommune ${String(turn + 1).padStart(2, "0")}`,
    cvr,
    gln: "5790000423408",
    email: `bo${turn}@kommune.example`,
  };
}

/** So long may a step take before the people get impatient and move the clock to the next sweep. */
const patienceMs = 4_000;

/**
 * Journeys from the form to the welcome mail on the real start command, one after the other until its process has
 * been killed (SIGKILL, node itself) so many times, at random moments, and started again. Nothing may be lost,
 * decided twice or sent twice.
 */
export async function killedJourney(seed: number, kills: number): Promise<KilledJourney> {
  const dataDir = mkdtempSync(join(tmpdir(), "killed-"));
  const port = await freePortPair();
  const house = new House(dataDir, port, seed, kills);
  const result: KilledJourney = { kills: 0, resentByAPerson: 0, failures: [] };
  try {
    await house.open();
    const visitor = new Visitor(`http://127.0.0.1:${port}`);
    for (let turn = 0; turn === 0 || (house.killed < kills && turn < 2 * cvrs.length); turn += 1)
      await travel(visitor, applicantOf(turn), house, result);
    await inspect(visitor, result);
  } catch (error) {
    result.failures.push(error instanceof Error ? error.message : String(error));
  } finally {
    result.kills = house.killed;
    await house.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
  result.failures = result.failures.map((failure) => `${failure} (seed ${seed}, ${kills} kills)`);
  return result;
}

/** The start command, killed after random delays until there are no kills left. */
class House {
  killed = 0;
  readonly #dataDir: string;
  readonly #port: number;
  readonly #kills: number;
  readonly #chance: ReturnType<typeof seededChance>;
  #child: ChildProcess | undefined;
  #ready: Promise<void> = Promise.resolve();

  constructor(dataDir: string, port: number, seed: number, kills: number) {
    this.#dataDir = dataDir;
    this.#port = port;
    this.#kills = kills;
    this.#chance = seededChance(`killed-${seed}`);
  }

  open(): Promise<void> {
    this.#ready = this.#start();
    return this.#ready;
  }

  /** Waits until a system is there to talk to. */
  ready(): Promise<void> {
    return this.#ready;
  }

  async close(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child && child.exitCode === null) await ended(child, "SIGKILL");
  }

  async #start(): Promise<void> {
    const child = spawn(process.execPath, ["local/start.ts"], {
      cwd: REPOSITORY,
      env: { ...process.env, DATA_DIR: this.#dataDir, PORT: String(this.#port) },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#child = child;
    await said(child, "ready in");
    if (this.killed < this.#kills) this.#killLater(child);
  }

  #killLater(child: ChildProcess): void {
    const [high = 0, low = 0] = this.#chance.bytes(2);
    const delayMs = ((high * 256 + low) / 65_536) * 3_000;
    setTimeout(() => {
      if (this.#child !== child) return;
      this.killed += 1;
      this.#ready = ended(child, "SIGKILL").then(() => this.#start());
    }, delayMs);
  }
}

function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.kill(signal);
  });
}

function said(child: ChildProcess, words: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let heard = "";
    const listen = (chunk: Buffer) => {
      heard += chunk.toString();
      if (heard.includes(words)) resolve();
    };
    child.stdout?.on("data", listen);
    child.stderr?.on("data", listen);
    child.once("exit", (code, signal) =>
      signal ? resolve() : reject(new Error(`the start ended with ${code}: ${heard.slice(-2_000)}`)),
    );
  });
}

/** Everybody does their part whenever there is something to do, and again when the house fell on them. */
async function travel(
  visitor: Visitor,
  applicant: Applicant,
  house: House,
  result: KilledJourney,
): Promise<void> {
  const mails = applicant.kind === "member" ? 4 : 3;
  let opened: OpenedCase | undefined;
  let sent = false;
  let confirmed = false;
  let lastStatus = "";
  let lastTrouble = "no trouble";
  const settled = new Set<string>();
  let movedAt = performance.now();
  const until = performance.now() + 150_000;
  while (performance.now() < until) {
    try {
      await house.ready();
      opened ??= await openOrFind(visitor, applicant);
      if (opened && !sent) sent = (await visitor.send(opened.upload, agreement(applicant))) === 201;
      if (!confirmed) confirmed = (await visitor.confirm(applicant.email, opened?.caseNumber)) !== undefined;
      const statusUrl = opened?.statusUrl ?? "";
      const { status } = await visitor.status(statusUrl);
      if (status === "admitted" && (await visitor.mails(applicant.email)).length >= mails) return;
      if (status === "admitted") await handOver(visitor);
      if (status !== lastStatus) movedAt = performance.now();
      lastStatus = status;
      if (status === "awaiting-secretariat") await decideAs(visitor, secretaries, applicant);
      if (status === "awaiting-chair") await decideAs(visitor, [chair], applicant);
      if (performance.now() - movedAt > patienceMs) {
        movedAt = performance.now();
        // A confirmation that was lost on the way is the applicant's to ask for again: it is nobody's task.
        if (!confirmed && statusUrl) await fetch(`${statusUrl}/confirmation`, { method: "POST" });
        await visitor.pass("PT6H");
        result.resentByAPerson += await sendUncertainMailsAgain(visitor, settled);
      }
    } catch (error) {
      // The house fell in the middle of it: everybody tries again.
      lastTrouble = String(error);
    }
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  result.failures.push(`${applicant.name} stuck in ${lastStatus || "the beginning"} after ${lastTrouble}`);
}

/** Whoever looks first says that the e-invoice went; the contact's copy is the last of its mails. */
async function handOver(visitor: Visitor): Promise<void> {
  for (const link of (await Promise.all(secretaries.map((who) => visitor.tasksOf(who)))).flat())
    await visitor.resolve(link, "handed-over");
}

/** One secretary goes through the tasks; each is settled once. */
async function sendUncertainMailsAgain(visitor: Visitor, settled: Set<string>): Promise<number> {
  let resent = 0;
  for (const link of (await Promise.all(secretaries.map((who) => visitor.tasksOf(who)))).flat()) {
    if (settled.has(link)) continue;
    if ((await visitor.resolve(link, "send-again")) === 303) resent += 1;
    settled.add(link);
  }
  return resent;
}

function agreement(applicant: Applicant): Uint8Array {
  return signedAgreementPdf({
    kind: applicant.kind,
    organisationName: applicant.name,
    cvr: applicant.cvr,
    signerName: "Anna Eksempel",
  });
}

/** The answer to an application may be lost: the mail that asks to confirm it then leads to the case. */
async function openOrFind(visitor: Visitor, applicant: Applicant): Promise<OpenedCase | undefined> {
  const statusUrl = await visitor.confirm(applicant.email);
  if (statusUrl === undefined) return visitor.apply(applicant);
  const response = await fetch(`${statusUrl}/uploads`, { method: "POST" });
  const { upload } = (await response.json()) as Pick<OpenedCase, "upload">;
  return { agreementId: "", caseNumber: "", statusUrl, upload };
}

async function decideAs(visitor: Visitor, approvers: readonly string[], applicant: Applicant): Promise<void> {
  // A mail names the case in its subject; an old one would only show what was decided before.
  for (const approver of approvers)
    if ((await visitor.decide(approver, "approve", "", applicant.name)) === 303) return;
}

async function inspect(visitor: Visitor, result: KilledJourney): Promise<void> {
  const seen = new Map<string, number>();
  for (const { to, subject, text } of await visitor.mails()) {
    // Two mails about two rounds say different things; one mail sent twice differs in its link and code at most.
    const words = text.replace(/https?:\S+/g, "").replace(/^Sagskode: \d{4}$/m, "");
    const key = `${to.join()}: ${subject}\n${words}`;
    seen.set(key, (seen.get(key) ?? 0) + 1);
  }
  const doubled = [...seen].filter(([, times]) => times > 1);
  // A mail that a person had sent again may be there twice: that is what the person decided.
  if (doubled.length > result.resentByAPerson)
    result.failures.push(`sent twice: ${doubled.map(([key]) => key.split("\n")[0]).join("; ")}`);
  const running = (await visitor.executions()).filter(({ status }) => status === "RUNNING");
  if (running.length > 1) result.failures.push(`${running.length} executions still run`);
}
